import type { BenchmarkReport, Cause, CauseKind, Decision } from '../core/model.ts'
import { isBroken, isIdentical } from './order.ts'

const CAUSES: Readonly<Record<CauseKind, string>> = {
  work: 'more work',
  codegen: 'other compiled code',
  memory: 'data-cache misses',
  branches: 'branch mispredictions',
  placement: 'code placement',
  mixed: 'work and placement',
  unexplained: 'no cause shown',
}

const LUCKY: Partial<Record<CauseKind, string>> = { work: 'less work', memory: 'fewer data-cache misses' }

/** A cause in two or three words: `code placement`, `likely more work`. */
export function causeWords({ kind, confidence }: Cause, decision: Decision): string {
  const words = (decision === 'faster' ? LUCKY[kind] : undefined) ?? CAUSES[kind]
  return confidence === 'likely' && kind !== 'unexplained' ? `likely ${words}` : words
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
