import type { Creep } from '../../core/history/creep.ts'
import type { Peak } from '../../core/history/peaks.ts'
import { listed, numbered, quoted } from '../../core/text/text.ts'
import { formatChange, formatInterval } from '../text/format.ts'

/** `parse` is +8.0 % against v1.2 …: what was measured directly, and what the commits between tell of where it came from. */
export function creepSentence({ name, called, row, steps, complete, since }: Creep): string {
  const { ratio = 1, low, high } = row
  const interval = low !== undefined && high !== undefined ? ` (${formatInterval({ ratio, low, high })})` : ''
  const largest = steps[0]
  const from =
    largest === undefined
      ? 'none of the commits between was compared with the one before'
      : largest.share > 0.5
        ? `more than half of it came with ${quoted(largest.commit.slice(0, 10))}`
        : `it came in ${numbered(steps.filter(({ share }) => share > 0).length, 'small step')}, none of them half of it`
  const partly = complete || largest === undefined ? '' : '; some commits between were not compared'
  const stands =
    since === undefined
      ? ''
      : ` The comparison of ${quoted(since.commit.slice(0, 10))} has no answer on it (${since.says}), so this stands until one has.`
  const taken = steps
    .filter(({ accepted }) => accepted)
    .map(({ commit, ratio: one }) => `${formatChange(one)} in ${quoted(commit.slice(0, 10))}`)
  const accepted = taken.length === 0 ? '' : ` Of that was accepted: ${listed(taken.slice(0, 5))}.`
  return `${quoted(name)} is ${formatChange(ratio)} against ${quoted(called)}, compared directly${interval}; ${from}${partly}.${accepted}${stands}`
}

/** `call_method`: a peak by placement of +70 % from 0a…, gone at 36af35…; a cause that was not looked for is called unknown. */
export function peakSentence({ name, from, until, ratio, cause, luck }: Peak): string {
  const what = ratio > 1 ? 'a peak' : 'a dip'
  const by = cause === undefined ? '' : ` by ${cause}`
  const blame = luck
    ? '; code placement both times, so neither commit is to blame'
    : until.row.cause === undefined && until.row.decision === 'unchanged'
      ? '; the gate did not look for the reason, because that comparison only showed that nothing got slower'
      : until.row.cause === undefined || until.row.cause === cause
        ? ''
        : ` by ${until.row.cause}`
  return `${quoted(name)}: ${what}${by} of ${formatChange(ratio)} from ${quoted(from.commit.slice(0, 10))}, gone at ${quoted(until.commit.slice(0, 10))}${blame}.`
}
