import type { BenchmarkReport, Report } from '../model/report.ts'
import { readPercent } from '../text/amounts.ts'
import { nearest } from '../text/nearest.ts'
import { spokenLines } from '../text/spoken-lines.ts'
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
  /** The day of the acceptance, where GitHub knows it. */
  readonly on?: string
}

const LINE =
  /^(.{1,200}?)(?:\s*=\s*|\s+up\s+to\s+)\+?(\d{1,4}(?:\.\d+)?\s*%)(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?\s*:\s*(\S.{0,400})$/

/**
 * Reads `NAME=12% [until 2027-01-31]: reason` or `NAME up to +12 %: reason`; undefined for anything else. A reason is required: it is what
 * the history keeps.
 */
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

/** A day of the calendar: 31 February would be compared as text and hold into March. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/**
 * The lines of a comment or a description that accept something: `perf accept NAME=12%: reason`, each on a line of its own. What is
 * quoted, code, or hidden from readers accepts nothing. Of several lines on one benchmark the last one stands.
 */
export function acceptancesIn(text: string, by: string): readonly Acceptance[] {
  const found = spokenLines(text).flatMap(line => {
    const asked = /^\/?perf accept\s+(.+)$/i.exec(line.trim())?.[1]
    return (asked === undefined ? undefined : readAcceptance(asked, by)) ?? []
  })
  return newestWords(found.toReversed()).toReversed()
}

/** Of each benchmark the first of these: a newer word replaces an older one, even a stricter one or one that has run out. */
export function newestWords(newestFirst: readonly Acceptance[]): readonly Acceptance[] {
  const seen = new Set<string>()
  return newestFirst.filter(({ benchmark }) => !seen.has(benchmark) && seen.add(benchmark))
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
    const { by, reason, bound, on } = own
    return { ...bare, accepted: { by, reason, bound, ...(on === undefined ? {} : { on }) } }
  })
  const { errors, policies = DEFAULT_POLICIES } = report
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  const verdict =
    benchmarks.some(({ accepted }) => accepted !== undefined) ||
    report.benchmarks.some(({ accepted }) => accepted !== undefined)
      ? verdictOf({ benchmarks, errors, failedBuilds, policies })
      : report.verdict
  // What is still looked for may fail what is accepted so far.
  return { ...report, benchmarks, verdict: report.unfinished && verdict === 'pass' ? 'error' : verdict }
}

function covers(
  { benchmark, bound }: Acceptance,
  { name, decision, change, better }: BenchmarkReport,
): boolean {
  if (benchmark !== name || decision !== 'slower' || !change) return false
  return (better === 'lower' ? change.ratio : 1 / change.ratio) <= bound
}

/** A bound as somebody writes it. */
function percentOf({ bound }: Acceptance): string {
  return `${Number(((bound - 1) * 100).toPrecision(4))} %`
}

/** What accepts nothing although its author may think so, a sentence each: a name that no row has, a slowdown beyond the bound, and one whose last day is over. */
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
    if (row?.decision !== 'slower' || row.accepted !== undefined) return []
    if (!covers(acceptance, row))
      return [
        `${quoted(benchmark)} is slower than the ${percentOf(acceptance)} that ${by} accepts, so it counts.`,
      ]
    return until !== undefined && until < today
      ? [`The slowdown of ${quoted(benchmark)} was accepted by ${by} until ${until}, which is over.`]
      : []
  })
  return [...new Set(sentences)]
}
