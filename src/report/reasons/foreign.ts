import type { Side } from '../../core/model/side.ts'
import { counted } from '../../core/text/text.ts'

/** Sentences on a report that a fork's own run made; the report's own sentences are not repeated. */

/** What the reader of a fork's figures must know before the figures. */
export const OF_A_FORK =
  'These figures come from the fork’s own run: its author decides what runs there, and nothing here has measured them again.'

/** The verdict of a fork's figures, in its sentence. */
export const byItsFigures = (sentence: string): string => `By the fork’s own figures: ${sentence}`

/** A fault that its report holds. */
export const faultThere = (side: Side | undefined): string =>
  side === undefined
    ? 'The fork’s run reports a fault; its log says which.'
    : `The ${side} side did not build in the fork’s run; its log says why.`

/** Its report has sentences of its own. */
export const remarksThere = (count: number): string =>
  `The fork’s report has ${counted(count, 'further remark')}; see the summary of its run.`

/** Why a row has no comparison, by what its report says. */
export const REPORTED = {
  untouched: 'Its run reports that nothing it is built from changed.',
  identical: 'Its run reports that both sides built to the same code.',
  new: 'Its run reports no benchmark of this name on base.',
  removed: 'Its run reports no benchmark of this name on head.',
  'no-values': 'The report holds no values for it.',
  spans: 'The interval spans the threshold.',
} as const

/** No run of one side, or of both, gave a value. */
export const noValueOn = (side: Side | 'both'): string =>
  `It gave no value on ${side === 'both' ? 'both sides' : side}.`

/** Why its report is not shown; `why` is a sentence. */
export const reportRefused = (why: string): string =>
  `The measuring run's report was refused: ${why} Nothing is known about this commit.`

/** The artifact is more than is unpacked. */
export const artifactTooLarge = (mostBytes: number): string => `it is larger than ${mostBytes} bytes.`

/** It tells of something else than GitHub does; `what` names it, as far as "than". */
export const notOfItsRun = (what: string): string => `${what} than the run that it came from.`

/** It cannot be read at all. */
export const NO_REPORT = 'it is no report.'
