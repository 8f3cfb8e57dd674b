import { type Marker, readMarker, writeMarker } from '../../core/github/marker.ts'
import { prose } from '../text/prose.ts'

/** Where the text of an earlier commit begins, so that it is not folded into itself when runs die one after another. */
const EARLIER = '<!-- perf-verdict-earlier -->'
/** GitHub takes 65,536 characters; what somebody has edited may be longer than ours. */
const MOST = 64_000

/**
 * The comment while a newer commit is measured: it says so above the answer for the earlier one, which would otherwise pass for this
 * commit's if the runner died. It takes the place of a report until there is one.
 */
export function measuringText(earlier: string, marker: Omit<Marker, 'standIn'>, link?: string): string {
  const { key, head, run, attempt } = marker
  const parts = [
    'if this stays, the run was ended before it had an answer',
    ...(link === undefined ? [] : [`[run](${link})`]),
  ]
  const text = earlier.slice(earlier.indexOf('-->') + 3).trim()
  const [, before = text] = text.split(EARLIER)
  const start = [
    `${writeMarker({ key, head, run, attempt, standIn: true })}\n**${prose(`\`${head.slice(0, 8)}\` is being measured, and nothing is known about it yet.`)}**`,
    `<sub>${parts.join(' · ')}</sub>`,
  ]
  const rest = ['What follows is about an earlier commit.', `${EARLIER}\n${before.trim()}`]
  const whole = `${[...start, ...rest].join('\n\n')}\n`
  return whole.length <= MOST ? whole : `${start.join('\n\n')}\n`
}

/** Whether a comment is about another commit than this. */
export function isOfAnother(body: string, head: string): boolean {
  const theirs = readMarker(body)
  return theirs !== undefined && theirs.head !== head
}
