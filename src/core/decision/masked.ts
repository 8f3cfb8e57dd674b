import { isTime } from '../model/metric.ts'
import type { BenchmarkReport } from '../model/report.ts'

/**
 * A row that is not slower though it executes more than its threshold allows: its layout may hide the work, and that luck ends with the
 * next change. Only where both sides were counted over the same work, since totals of a run that is bounded by time are no evidence. The
 * ratio of instructions where that is so.
 */
export function hiddenWork(row: BenchmarkReport): number | undefined {
  const { decision, change, counters, threshold, metric } = row
  if (decision !== 'faster' && decision !== 'unchanged' && decision !== 'masked') return undefined
  if (!isTime(metric) || !counters?.fixedWork || !change) return undefined
  const [base, head] = [counters.base.instructions, counters.head.instructions]
  return base !== undefined && head !== undefined && head > base * (1 + threshold) ? head / base : undefined
}

/** Head over base in time: of what is better the more there is of it, the reciprocal. */
export function ratioInTime({ change, better }: BenchmarkReport): number {
  const ratio = change?.ratio ?? 1
  return better === 'higher' ? 1 / ratio : ratio
}

/** Whether a row was timed in rounds and did not change, so that nothing else asks what it executes. */
export function mayHideWork({ decision, metric, rounds }: BenchmarkReport): boolean {
  return decision === 'unchanged' && isTime(metric) && rounds > 0
}

/** The row with what its layout trial shows: `masked` where the whole interval over layouts is above the threshold. */
export function maskedByLayout(row: BenchmarkReport): BenchmarkReport {
  const layout = row.trials?.layout
  if (!layout || hiddenWork(row) === undefined || row.decision === 'masked') return row
  return layout.low > 1 + row.threshold ? { ...row, decision: 'masked' } : row
}
