import type { BenchmarkReport } from '../model/report.ts'

/**
 * The row of a benchmark that head's table lacks and that was run with base's command all the same: where head gave no answer it is
 * `removed`, which is for the base side to allow, and not merely unmeasured.
 */
export function removedWhereBroken(row: BenchmarkReport): BenchmarkReport {
  const { fault, ...rest } = row
  if (row.decision !== 'unmeasured') return row
  const unanswered = fault ? fault.side !== 'base' : row.base !== undefined && row.head === undefined
  if (!unanswered) return row
  const why = row.reason === undefined ? '' : ` ${row.reason}`
  return {
    ...rest,
    decision: 'removed',
    reason: `This change removes it from the table of benchmarks, and with base's command head gave no answer.${why}`,
  }
}
