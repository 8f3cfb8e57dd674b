import { creepsOf, extentOf } from '../../core/history/creep.ts'
import type { HistoryRecord } from '../../core/history/record.ts'
import { type Timeline, timelinesOf } from '../../core/history/timeline.ts'
import { formatChange } from '../text/format.ts'

const COLUMNS = [
  'benchmark',
  'commit',
  'date',
  'decision',
  'ratio',
  'low',
  'high',
  'chain',
  'cause',
  'title',
] as const

/** Every step of every benchmark as RFC 4180 lines; what a spreadsheet would take for a formula is text. */
export function historyCsv(records: readonly HistoryRecord[]): string {
  const rows = timelinesOf(records).flatMap(({ name, points }) =>
    points.map(({ commit, at, row, chain, title }) => [
      name,
      commit,
      at,
      row.decision,
      String(row.ratio ?? ''),
      String(row.low ?? ''),
      String(row.high ?? ''),
      String(Number(chain.toPrecision(6))),
      row.cause ?? '',
      title,
    ]),
  )
  return [COLUMNS, ...rows].map(row => `${row.map(field).join(',')}\r\n`).join('')
}

/** A spreadsheet takes a text with such a beginning for a formula; our figures have none. */
function field(text: string): string {
  const safe = /^\s*[=+@\t\r-]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A badge in the endpoint format of shields.io: the worst creep that stands, or what the last comparison with a release or an older commit said. */
export function historyBadge(records: readonly HistoryRecord[]): string {
  const [worst] = creepsOf(records).toSorted((one, other) => extentOf(other) - extentOf(one))
  const { message, color } = worst
    ? { message: `${formatChange(extentOf(worst))} since ${worst.called.slice(0, 40)}`, color: COLORS[0] }
    : withoutCreep(records)
  return `${JSON.stringify({ schemaVersion: 1, label: 'performance', message, color })}\n`
}

function withoutCreep(records: readonly HistoryRecord[]): {
  readonly message: string
  readonly color: string
} {
  const anchored =
    records.findLast(({ relation }) => relation === 'release') ??
    records.findLast(({ relation }) => relation === 'past')
  if (!anchored) return { message: lastCommit(timelinesOf(records)), color: COLORS[3] }
  const against = (anchored.called ?? anchored.against.slice(0, 10)).slice(0, 40)
  const open = anchored.rows.filter(({ decision }) => OPEN.has(decision)).length
  const taken = anchored.rows.filter(({ accepted }) => accepted !== undefined).length
  // What could not be decided is not said to be well.
  if (open > 0)
    return { message: `${open} of ${anchored.rows.length} not known since ${against}`, color: COLORS[1] }
  if (taken > 0) return { message: `${taken} accepted since ${against}`, color: COLORS[2] }
  return { message: `not slower since ${against}`, color: COLORS[2] }
}

const OPEN: ReadonlySet<string> = new Set(['undecided', 'unmeasured', 'masked'])

const COLORS = ['red', 'orange', 'brightgreen', 'lightgrey'] as const

/** The badge that has the worst to say; a text that is no badge is passed over. */
export function worstBadge(badges: readonly string[]): string {
  const read = badges.flatMap(text => {
    try {
      const { color } = JSON.parse(text) as { readonly color?: unknown }
      const rank = (COLORS as readonly unknown[]).indexOf(color)
      return rank < 0 ? [] : [{ text, rank }]
    } catch {
      return []
    }
  })
  return read.toSorted((one, other) => one.rank - other.rank)[0]?.text ?? badges[0] ?? ''
}

function lastCommit(lines: readonly Timeline[]): string {
  return lines.length === 0 ? 'no history' : `${lines.length} tracked`
}
