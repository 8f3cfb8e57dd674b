import type { Timeline } from '../../core/history/timeline.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatChange } from '../text/format.ts'
import { typeset } from '../text/prose.ts'

const MOST_ACCEPTED = 60

/** The slowdowns that somebody answers for, newest first: which commit, by how much, who and why. */
export function acceptedItems(
  lines: readonly Timeline[],
  link: (commit: string) => string,
): readonly string[] {
  return lines
    .flatMap(({ name, points }) => points.map(point => ({ name, ...point })))
    .filter(({ row }) => row.accepted !== undefined)
    .toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
    .slice(0, MOST_ACCEPTED)
    .map(({ name, commit, at, row }) => {
      const { by = '', reason = '', on } = row.accepted ?? {}
      const change = row.ratio === undefined ? '' : typeset(html(formatChange(row.ratio)))
      return `${htmlCode(name)} ${change} at ${link(commit)} on ${html((on ?? at).slice(0, 10))}, accepted by ${htmlCode(by)}: ${html(reason)}`
    })
}
