import { DEFAULT_POLICIES } from '../../core/decision/policy.ts'
import { verdictOf } from '../../core/decision/verdict.ts'
import { lostLuck } from '../../core/history/luck.ts'
import type { HistoryRecord } from '../../core/history/record.ts'
import { joined, keysOf, segmentsOf } from '../../core/history/store.ts'
import { trendsOf } from '../../core/history/trend.ts'
import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import type { GitHub } from '../../shell/github/ports.ts'
import type { LogPort } from '../../shell/ports/ports.ts'

/** Which history to look into. */
export interface HistoryPlace {
  readonly branch: string
  readonly key: string
}

/** What the default branch did before. */
export interface Past {
  readonly records: readonly HistoryRecord[]
  /** Where the whole of it is shown. */
  readonly link?: string
}

/** The history of the gate's own key, or the only one that there is; empty where there is none, and where it cannot be read, which the log says. */
export async function readPast(
  { branch, key }: HistoryPlace,
  { branches }: Pick<GitHub, 'branches'>,
  log: LogPort,
): Promise<readonly HistoryRecord[]> {
  const read = await branches.read(branch, paths => {
    const own = segmentsOf(key, paths)
    const keys = keysOf(paths)
    return own.length > 0 ? own : keys.length === 1 ? segmentsOf(keys[0]!, paths) : []
  })
  if (!read.ok) {
    log.line(`history: ${read.fault.sentence}`)
    return []
  }
  return joined(Object.values(read.value)).records
}

/**
 * The report with what the history knows of each row that changed: its trend, and whether a slowdown only lost an earlier gain that was
 * luck, which is not counted against the commit that lost it. The rows' own word on either is dropped.
 */
export function withPast<Given extends Omit<Report, 'sentence'>>(
  report: Given,
  { records, link }: Past,
): Given {
  const trends = trendsOf(records)
  const benchmarks = report.benchmarks.map((row): BenchmarkReport => {
    const { luck: _, trend: __, ...bare } = row
    if (row.decision !== 'slower' && row.decision !== 'faster') return bare
    const trend = trends.get(row.name)
    const luck = luckOf(row, report.base.sha, records)
    return {
      ...bare,
      ...(trend && { trend: { ...trend, ...(link !== undefined && { link }) } }),
      ...(luck && { luck }),
    }
  })
  const bearsOnVerdict = [...report.benchmarks, ...benchmarks].some(({ luck }) => luck?.excused)
  if (!bearsOnVerdict) return { ...report, benchmarks }
  const { errors, policies = DEFAULT_POLICIES } = report
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  return { ...report, benchmarks, verdict: verdictOf({ benchmarks, errors, failedBuilds, policies }) }
}

function luckOf(
  { name, better, threshold, decision, change, cause }: BenchmarkReport,
  base: string,
  records: readonly HistoryRecord[],
) {
  if (decision !== 'slower' || !change) return undefined
  const worst = better === 'lower' ? change.high : 1 / change.low
  const byPlacement = cause?.kind === 'placement' && cause.confidence === 'shown'
  return lostLuck(records, base, { name, better, threshold, ratio: change.ratio, worst, byPlacement })
}
