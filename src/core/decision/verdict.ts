import type { BenchmarkReport, Verdict } from '../model/report.ts'
import type { Side } from '../model/side.ts'

/** What the verdict rests on. */
export interface VerdictInput {
  readonly benchmarks: readonly BenchmarkReport[]
  /** Faults that made the run an error, as in the report. */
  readonly errors: readonly unknown[]
  /** The sides whose build failed. */
  readonly failedBuilds?: readonly Side[]
  /** What a slowdown does that is shown to be placement and nothing else. */
  readonly onPlacement: 'fail' | 'warn'
  /** What a benchmark does that base has and head has not. */
  readonly onRemoved: 'fail' | 'warn'
}

/**
 * The verdict for the whole run. A breach that was shown outweighs an error elsewhere, an error outweighs what is open,
 * and only a table in which every row has its answer passes.
 */
export function verdictOf(input: VerdictInput): Verdict {
  const { benchmarks, errors, failedBuilds = [] } = input
  if (failedBuilds.includes('head') && !failedBuilds.includes('base')) return 'fail'
  if (benchmarks.some(benchmark => isFailure(benchmark, input))) return 'fail'
  if (failedBuilds.length > 0 || errors.length > 0 || benchmarks.length === 0) return 'error'
  if (!benchmarks.some(isMeasured) && benchmarks.some(isOpen)) return 'error'
  return benchmarks.some(isOpen) ? 'undecided' : 'pass'
}

/** The exit code of the command line and of the step. */
export function exitCode(verdict: Verdict): 0 | 1 | 2 {
  if (verdict === 'pass') return 0
  return verdict === 'fail' ? 1 : 2
}

/** Whether this row alone fails the gate: a slowdown not excused, a head that broke, a removal where that is forbidden. */
export function isFailure(
  { decision, cause, fault }: BenchmarkReport,
  { onPlacement, onRemoved }: Pick<VerdictInput, 'onPlacement' | 'onRemoved'>,
): boolean {
  switch (decision) {
    case 'slower':
      return !(onPlacement === 'warn' && cause?.kind === 'placement' && cause.confidence === 'shown')
    case 'unmeasured':
      return fault?.side === 'head'
    case 'removed':
      return onRemoved === 'fail'
    case 'faster':
    case 'unchanged':
    case 'undecided':
    case 'new':
      return false
  }
}

function isMeasured({ decision }: BenchmarkReport): boolean {
  return decision !== 'unmeasured' && decision !== 'new' && decision !== 'removed'
}

function isOpen({ decision }: BenchmarkReport): boolean {
  return decision === 'undecided' || decision === 'unmeasured'
}
