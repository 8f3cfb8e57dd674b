import { joined, segmentsOf } from '../../core/history/store.ts'
import { trendsOf } from '../../core/history/trend.ts'
import type { Report } from '../../core/model/report.ts'
import type { GitHub } from '../../shell/github/ports.ts'
import type { LogPort } from '../../shell/ports/ports.ts'

/** Which history to look into. */
export interface HistoryPlace {
  readonly branch: string
  readonly key: string
}

/**
 * The report with the trend of each row that changed. The history of the gate's own key is taken, or the only one that there is; without
 * a history, or when it cannot be read, the rows stay as they are.
 */
export async function withTrends(
  report: Report,
  { branch, key }: HistoryPlace,
  { branches }: Pick<GitHub, 'branches'>,
  log: LogPort,
): Promise<Report> {
  const changed = report.benchmarks.filter(({ decision }) => decision === 'slower' || decision === 'faster')
  if (changed.length === 0) return report
  const read = await branches.read(branch, paths => {
    const own = segmentsOf(key, paths)
    const keys = new Set(paths.flatMap(path => /^history\/([^/]+)\/\d+\.jsonl$/.exec(path)?.[1] ?? []))
    return own.length > 0 ? own : keys.size === 1 ? segmentsOf([...keys][0]!, paths) : []
  })
  if (!read.ok) {
    log.line(`history: ${read.fault.sentence}`)
    return report
  }
  const trends = trendsOf(joined(Object.values(read.value)).records)
  const benchmarks = report.benchmarks.map(row => {
    const trend = changed.includes(row) ? trends.get(row.name) : undefined
    return trend ? { ...row, trend } : row
  })
  return { ...report, benchmarks }
}
