import type { Cause, CauseKind } from '../../core/model/explanation.ts'
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

const MEMORY = { misses: 'data-cache misses', faults: 'page faults' } as const

/** A cause in two or three words: `code placement`, `likely more work`. */
export function causeWords({ kind, confidence }: Cause, benchmark: BenchmarkReport): string {
  const words = wordsOf(kind, benchmark)
  return confidence === 'likely' && kind !== 'unexplained' ? `likely ${words}` : words
}

function wordsOf(kind: CauseKind, benchmark: BenchmarkReport): string {
  const lucky = benchmark.decision === 'faster'
  if (kind === 'memory') return `${lucky ? 'fewer ' : ''}${MEMORY[memoryEvent(benchmark)]}`
  return kind === 'work' && lucky ? 'less work' : CAUSES[kind]
}

/** What was found of a benchmark in one or two words; the cause, where there is one, is told apart. */
export function findingWord(benchmark: BenchmarkReport): string {
  if (isBroken(benchmark)) return 'broken'
  if (isIdentical(benchmark)) return 'same code'
  const words: Readonly<Record<Decision, string>> = {
    slower: 'slower',
    faster: 'faster',
    unchanged: 'unchanged',
    undecided: 'undecided',
    unmeasured: 'not measured',
    new: 'new',
    removed: 'gone',
  }
  return words[benchmark.decision]
}
