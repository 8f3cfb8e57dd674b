import { z } from 'zod'
import type { Report } from '../model/report.ts'

/** What a commit is compared with: its predecessor on the branch, the last release, the tip of some time ago, or a commit that somebody chose. */
export const RELATIONS = ['previous', 'release', 'past', 'chosen'] as const
export type Relation = (typeof RELATIONS)[number]

const ratio = z.number().positive().finite()
const name = z.string().min(1).max(1000)
const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/)

/** One benchmark of one comparison; names are short because a history has a hundred thousand of these. */
const rowSchema = z.object({
  name,
  unit: z.string().max(60),
  better: z.enum(['lower', 'higher']),
  decision: z.enum(['slower', 'faster', 'unchanged', 'undecided', 'masked', 'unmeasured', 'new', 'removed']),
  threshold: z.number().nonnegative().finite(),
  ratio: ratio.optional(),
  low: ratio.optional(),
  high: ratio.optional(),
  cause: z.string().max(40).optional(),
  /** Whether that cause was shown, not only likely. */
  shown: z.boolean().optional(),
  base: z.number().finite().optional(),
  head: z.number().finite().optional(),
  /** Instructions of head over those of base, where both were counted. */
  instructions: ratio.optional(),
  accepted: z
    .object({
      by: z.string().max(200),
      reason: z.string().max(500),
      bound: ratio.optional(),
      on: z.string().max(10).optional(),
    })
    .optional(),
  /** The commit whose gain by a lucky layout this slowdown lost again. */
  lost: sha.optional(),
})
export type HistoryRow = z.infer<typeof rowSchema>

/** One gate on the default branch: a commit against another, measured together. One line of a history. */
const recordSchema = z.object({
  v: z.literal(1),
  commit: sha,
  against: sha,
  relation: z.enum(RELATIONS),
  /** What the other commit is called where it has a name, such as `v1.2`. */
  called: z.string().max(200).optional(),
  /** When the other commit was made, by its own clock. */
  dated: z.iso.datetime().optional(),
  title: z.string().max(200).optional(),
  at: z.iso.datetime(),
  /** The machine that measured; ratios do not depend on it, medians do. */
  machine: z.string().max(200),
  rows: z.array(rowSchema).max(10_000),
})
export type HistoryRecord = z.infer<typeof recordSchema>

/** A history as it was read: what could be read of it, and which lines could not. */
export interface HistoryFile {
  readonly records: readonly HistoryRecord[]
  /** Numbers of the lines that are not records, from 1. */
  readonly unreadable: readonly number[]
}

/** A line longer than this is nobody's record. */
const LONGEST_LINE = 8 * 1024 * 1024

/** Reads JSON lines; a line that is torn, foreign or hostile costs itself and nothing else. */
export function parseHistory(text: string): HistoryFile {
  const records: HistoryRecord[] = []
  const unreadable: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const record = readLine(line)
    if (record) records.push(record)
    else unreadable.push(index + 1)
  }
  return { records, unreadable }
}

function readLine(line: string): HistoryRecord | undefined {
  if (line.length > LONGEST_LINE) return undefined
  try {
    const parsed = recordSchema.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** One record as a line, with its end. */
export function historyLine(record: HistoryRecord): string {
  return `${JSON.stringify(record)}\n`
}

/** How the two commits of a gate are related, for its record. */
export interface RecordedComparison {
  readonly relation: Relation
  readonly called?: string
  readonly dated?: string
}

const FIGURES = 6

/** What of a report the history keeps: ratios with intervals and causes, medians for reference, and no samples. */
export function recordOf(report: Report, { relation, called, dated }: RecordedComparison): HistoryRecord {
  const { base, head, startedAt, machine, benchmarks } = report
  return {
    v: 1,
    commit: head.sha,
    against: base.sha,
    relation,
    ...(called === undefined ? {} : { called: called.slice(0, 200) }),
    ...(dated === undefined ? {} : { dated }),
    ...(head.title === undefined ? {} : { title: head.title }),
    at: startedAt,
    machine: machineName(machine),
    rows: benchmarks.map(
      ({ name, unit, better, decision, threshold, change, cause, base, head, counters, accepted, luck }) => {
        const [before, after] = [counters?.base.instructions, counters?.head.instructions]
        return {
          name,
          unit,
          better,
          decision,
          threshold,
          ...(change && {
            ratio: rounded(change.ratio),
            low: rounded(change.low),
            high: rounded(change.high),
          }),
          ...(cause && { cause: cause.kind, ...(cause.confidence === 'shown' && { shown: true }) }),
          ...(base && { base: rounded(base.median) }),
          ...(head && { head: rounded(head.median) }),
          ...(accepted && { accepted: kept(accepted) }),
          ...(luck && { lost: luck.commit }),
          ...(before && after && { instructions: rounded(after / before) }),
        }
      },
    ),
  }
}

/** A reason is a person's text and may be as long as they like; a line that is too long would be no record. */
function kept(accepted: NonNullable<Report['benchmarks'][number]['accepted']>) {
  return { ...accepted, by: accepted.by.slice(0, 200), reason: accepted.reason.slice(0, 500) }
}

function machineName(machine: Report['machine']): string {
  const facts = ['cpu', 'kernel'].flatMap(fact => machine[fact] ?? [])
  return facts.length === 0 ? 'unknown' : facts.join(', ').slice(0, 200)
}

function rounded(value: number): number {
  return Number(value.toPrecision(FIGURES))
}
