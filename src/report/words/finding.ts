import { lostToWaiting } from '../../core/decision/cpu-time.ts'
import type { Cause, CauseKind } from '../../core/model/explanation.ts'
import type { Metric } from '../../core/model/metric.ts'
import type { BenchmarkReport, Decision } from '../../core/model/report.ts'
import { memoryEvent } from './memory-words.ts'
import { isBroken, isIdentical } from './order.ts'

const CAUSES: Readonly<Record<Exclude<CauseKind, 'memory'>, string>> = {
  work: 'more work',
  codegen: 'other compiled code',
  branches: 'branch mispredictions',
  placement: 'code placement',
  mixed: 'work and placement',
  unexplained: 'no cause shown',
}

/** From this share on a function is hot. */
const HOT = 0.01
const MEMORY = { misses: 'data-cache misses', faults: 'page faults' } as const

/** A cause in two or three words: `code placement`, `likely more work`. */
export function causeWords(cause: Cause, benchmark: BenchmarkReport): string {
  const { kind, confidence } = cause
  if (lostToWaiting(benchmark.decision, benchmark.cpuTime) === 'parallelism') return 'lost parallelism'
  if (isUnreproducible(cause)) return 'build not reproducible'
  if (isSourceUnknown(cause))
    return `${benchmark.decision === 'faster' ? 'less' : 'more'} work, source unknown`
  const words = `${wordsOf(kind, benchmark)}${benchmark.luck ? ', loses earlier luck' : ''}`
  return confidence === 'likely' && kind !== 'unexplained' ? `likely ${words}` : words
}

/** Whether no cause is named because the build itself differs from one time to the next. */
export function isUnreproducible({ kind, signs = [] }: Cause): boolean {
  return (
    kind === 'unexplained' &&
    signs.some(({ rule, supports }) => rule === 'build-not-reproducible' && supports)
  )
}

/** Whether no cause is named although changed code executes more, because nobody knows whether its source changed or the compiler's mind. */
export function isSourceUnknown({ kind, signs = [] }: Cause): boolean {
  const against = (id: string) => signs.some(({ rule, supports }) => rule === id && !supports)
  return kind === 'unexplained' && against('instructions-explain') && against('changed-code-unknown')
}

/** Whether compiler options are the cause although the sources could not be compared. */
export function infersSource({ kind, signs = [] }: Cause): boolean {
  return kind === 'codegen' && signs.some(({ rule, supports }) => rule === 'most-code-resized' && supports)
}

function wordsOf(kind: CauseKind, benchmark: BenchmarkReport): string {
  const lucky = benchmark.decision === 'faster'
  if (kind === 'memory') return `${lucky ? 'fewer ' : ''}${MEMORY[memoryEvent(benchmark)]}`
  return kind === 'work' && lucky ? 'less work' : CAUSES[kind]
}

/** More and less of a metric that is no speed. */
const AMOUNTS: Partial<Readonly<Record<Metric, readonly [string, string]>>> = {
  memory: ['more memory', 'less memory'],
  allocations: ['more allocations', 'fewer allocations'],
  'allocated-bytes': ['more allocated', 'less allocated'],
  size: ['larger', 'smaller'],
}

/** What was found of a benchmark in one or two words; the cause, where there is one, is given separately. */
export function findingWord(benchmark: BenchmarkReport): string {
  if (isBroken(benchmark)) return 'broken'
  if (benchmark.accepted !== undefined) return 'accepted'
  if (benchmark.luck?.excused) return 'luck lost'
  if (benchmark.untouched) return 'not touched'
  if (isIdentical(benchmark)) return 'same code'
  if (seemsFaster(benchmark)) return 'not slower'
  const words: Readonly<Record<Decision, string>> = {
    slower: AMOUNTS[benchmark.metric]?.[0] ?? 'slower',
    faster: AMOUNTS[benchmark.metric]?.[1] ?? 'faster',
    unchanged: 'unchanged',
    undecided: 'undecided',
    masked: 'masked',
    unmeasured: 'not measured',
    new: 'new',
    removed: 'gone',
  }
  return words[benchmark.decision]
}

/** Unchanged as far as the gate asks, with a change for the better that was not put to the question. */
function seemsFaster({ decision, change, better, threshold }: BenchmarkReport): boolean {
  if (decision !== 'unchanged' || !change) return false
  const [ratio, worst] = better === 'lower' ? [change.ratio, change.high] : [1 / change.ratio, 1 / change.low]
  return ratio < 1 && (worst < 1 || ratio < 1 - threshold)
}

/** The one function that a row names with its cause: the first suspect of placement, or the hottest function that the change touches. */
export function mainFunction({ cause, suspects = [], touched = [] }: BenchmarkReport): string | undefined {
  if (cause === undefined || cause.kind === 'unexplained') return undefined
  if (cause.kind === 'placement') return suspects.toSorted((one, other) => one.rank - other.rank)[0]?.symbol
  const [hottest] = touched
    .filter(({ share }) => share >= HOT)
    .toSorted((one, other) => other.share - one.share)
  return hottest?.function
}
