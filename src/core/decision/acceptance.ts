import type { BenchmarkReport, Report } from '../model/report.ts'
import { readPercent } from '../text/amounts.ts'
import { nearest } from '../text/nearest.ts'
import { quoted } from '../text/text.ts'
import { DEFAULT_POLICIES } from './policy.ts'
import { verdictOf } from './verdict.ts'

/** A slowdown that somebody answers for: of which benchmark, up to which ratio, who and why. */
export interface Acceptance {
  readonly benchmark: string
  /** The largest slowdown taken, as a ratio: 1.12 is +12 %. */
  readonly bound: number
  readonly by: string
  readonly reason: string
  /** The last day on which it holds, `YYYY-MM-DD`; for as long as it stands where it is written when absent. */
  readonly until?: string
}

const LINE =
  /^(.{1,200}?)\s*=\s*(\d{1,4}(?:\.\d+)?\s*%)(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?\s*:\s*(\S.{0,400})$/

/** Reads `NAME=12% [until 2027-01-31]: reason`; undefined for anything else. A reason is required: it is what the history keeps. */
export function readAcceptance(line: string, by: string): Acceptance | undefined {
  const [, benchmark, bound, until, reason] = LINE.exec(line.trim()) ?? []
  const percent = bound === undefined ? undefined : readPercent(bound)
  if (benchmark === undefined || percent === undefined || percent <= 0 || reason === undefined)
    return undefined
  if (until !== undefined && !isDay(until)) return undefined
  return {
    benchmark,
    bound: 1 + percent,
    by,
    reason: reason.trim(),
    ...(until === undefined ? {} : { until }),
  }
}

/** Whether a calendar has this day: a 31 February would hold for as long as it sorts after today. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/** The lines of a comment that accept something: `perf accept NAME=12%: reason`, each on a line of its own. */
export function acceptancesIn(comment: string, by: string): readonly Acceptance[] {
  return comment.split(/\r?\n/).flatMap(line => {
    const asked = /^\/?perf accept\s+(.+)$/i.exec(line.trim())?.[1]
    return (asked === undefined ? undefined : readAcceptance(asked, by)) ?? []
  })
}

/**
 * The report with the slowdowns that are accepted, and its verdict made anew. A slowdown beyond its bound stays a breach, and so does
 * one whose acceptance has run out; whatever the rows said of acceptances before is dropped. `today` is `YYYY-MM-DD`.
 */
export function accept<Given extends Omit<Report, 'sentence'>>(
  report: Given,
  acceptances: readonly Acceptance[],
  today: string,
): Given {
  const standing = acceptances.filter(({ until }) => until === undefined || until >= today)
  const benchmarks = report.benchmarks.map((row): BenchmarkReport => {
    const { accepted: _, ...bare } = row
    const own = standing.find(acceptance => covers(acceptance, row))
    if (!own) return row.accepted === undefined ? row : bare
    return { ...bare, accepted: { by: own.by, reason: own.reason, bound: own.bound } }
  })
  const { errors, policies = DEFAULT_POLICIES } = report
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  const verdict =
    benchmarks.some(({ accepted }) => accepted !== undefined) ||
    report.benchmarks.some(({ accepted }) => accepted !== undefined)
      ? verdictOf({ benchmarks, errors, failedBuilds, policies })
      : report.verdict
  return { ...report, benchmarks, verdict }
}

function covers(
  { benchmark, bound }: Acceptance,
  { name, decision, change, better }: BenchmarkReport,
): boolean {
  if (benchmark !== name || decision !== 'slower' || !change) return false
  return (better === 'lower' ? change.ratio : 1 / change.ratio) <= bound
}

/** What accepts nothing although its author may think so, a sentence each: a name that no row has, and a slowdown whose last day is over. */
export function idleAcceptances(
  { benchmarks, shard }: Pick<Report, 'benchmarks' | 'shard'>,
  acceptances: readonly Acceptance[],
  today: string,
): readonly string[] {
  // A shard has a part of the rows, and a run that measured nothing has none.
  if (shard !== undefined || benchmarks.length === 0) return []
  const names = benchmarks.map(({ name }) => name)
  const sentences = acceptances.flatMap(acceptance => {
    const { benchmark, until, by } = acceptance
    if (!names.includes(benchmark)) {
      const close = nearest(benchmark, names)
      const meant = close === undefined ? '' : ` (did you mean ${quoted(close)}?)`
      return [
        `${quoted(benchmark)}, for which ${by} accepts a slowdown, is no row of this table${meant}, so that accepts nothing.`,
      ]
    }
    const row = benchmarks.find(({ name }) => name === benchmark)
    const isOver = until !== undefined && until < today && row !== undefined && covers(acceptance, row)
    return isOver && row.accepted === undefined
      ? [`The slowdown of ${quoted(benchmark)} was accepted by ${by} until ${until}, which is over.`]
      : []
  })
  return [...new Set(sentences)]
}
