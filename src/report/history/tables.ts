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

function field(text: string): string {
  const safe = /^[=+@\t\r-](?!\d)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A badge in the endpoint format of shields.io: the worst level against the last release, or the state of the last commit. */
export function historyBadge(records: readonly HistoryRecord[]): string {
  const anchored = records.findLast(({ relation }) => relation === 'release' || relation === 'past')
  const worst = (anchored?.rows ?? [])
    .filter(({ ratio }) => ratio !== undefined)
    .map(({ ratio = 1, better, decision }) => ({ worse: better === 'lower' ? ratio : 1 / ratio, decision }))
    .toSorted((one, other) => other.worse - one.worse)
  const slower = worst.filter(({ decision }) => decision === 'slower')
  const against = anchored?.called ?? anchored?.against.slice(0, 10)
  const message =
    anchored === undefined
      ? lastCommit(timelinesOf(records))
      : slower.length > 0
        ? `${formatChange(slower[0]!.worse)} since ${against}`
        : `not slower since ${against}`
  const color = slower.length > 0 ? 'red' : 'brightgreen'
  return `${JSON.stringify({ schemaVersion: 1, label: 'performance', message, color })}\n`
}

function lastCommit(lines: readonly Timeline[]): string {
  return lines.length === 0 ? 'no history' : `${lines.length} tracked`
}
