import type { BenchmarkReport } from '../model/report.ts'

/**
 * A row that is not slower though it executes more than its threshold allows: its layout may hide the work, and that luck ends with the
 * next change. Only for rows timed around the whole run, since totals of a run that is bounded by time are no evidence. The ratio of
 * instructions where that is so.
 */
export function hiddenWork(row: BenchmarkReport): number | undefined {
  const { decision, change, counters, cpuTime, threshold, metric, better } = row
  if (decision !== 'faster' && decision !== 'unchanged' && decision !== 'masked') return undefined
  if (metric !== 'time' || better !== 'lower' || !cpuTime || !change) return undefined
  const [base, head] = [counters?.base.instructions, counters?.head.instructions]
  return base !== undefined && head !== undefined && head > base * (1 + threshold) ? head / base : undefined
}

/** The row with what its layout trial shows: `masked` where the whole interval over layouts lies above the threshold. */
export function maskedByLayout(row: BenchmarkReport): BenchmarkReport {
  const layout = row.trials?.layout
  if (!layout || hiddenWork(row) === undefined || row.decision === 'masked') return row
  return layout.low > 1 + row.threshold ? { ...row, decision: 'masked' } : row
}
