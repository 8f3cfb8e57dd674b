import type { Choice } from '../../core/counters/choose-work.ts'
import { titleOf, type WhyWhole } from '../../core/counters/same-work.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { PerSide } from '../../core/model/side.ts'
import { listed } from '../../core/text/text.ts'

/** What the report says of a benchmark whose command starts its program through others. */

/** Only the work was counted, and not what starts it. */
export function onlyWork({ base, head }: PerSide<Choice>): Limitation {
  const [onBase, onHead] = [titleOf(base.works), titleOf(head.works)]
  const renamed = onBase === onHead ? '' : ` (on base: ${onBase})`
  const who = head.works.length === 1 ? 'the process that does the work' : 'the processes that do the work'
  return {
    what: `The benchmark starts its program through others: ${startersOf(head)}.`,
    instead: `Only ${who} ${head.works.length === 1 ? 'was' : 'were'} counted: ${onHead}${renamed}.`,
  }
}

/** What starts the work could not be left out. */
export const startersCounted = (why: WhyWhole, choice: Choice): Limitation => ({
  what: `The counts include what only starts the program: ${startersOf(choice)}. ${WHY[why]}`,
  instead: `A change of ${titleOf(choice.works)} is a smaller part of them; give a command that starts it directly with count-with.`,
})

const WHY: Readonly<Record<WhyWhole, string>> = {
  input: 'The program reads from a pipe and cannot be started by itself.',
  'at-once': 'Its programs run at the same time and cannot be started one after another.',
  many: 'It starts too many programs to start each by itself.',
  'other-starters':
    'They take much more processor time on one side than on the other, and may be what changed.',
  'other-alone': 'Started by itself, the program does not do the same.',
}

/** The sides work in programs that are not comparable. */
export const otherWork = ({ base, head }: PerSide<Choice>): Limitation => ({
  what: `Another program does the work on each side: ${titleOf(base.works)} on base, ${titleOf(head.works)} on head.`,
  instead: 'Their counts are not compared; name the program to count with count-with.',
})

function startersOf({ starters, startSeconds, seconds }: Choice): string {
  const share = Math.min(99, Math.round((startSeconds / seconds) * 100))
  const time = `${startSeconds.toFixed(startSeconds < 0.1 ? 3 : 2)} s of processor time, ${share} % of all`
  return starters.length === 0 ? time : `${listed(starters)} (${time})`
}
