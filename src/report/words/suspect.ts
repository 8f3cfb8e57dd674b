import type { JudgedSuspect } from '../../core/cause/suspect-candidate.ts'
import type { Suspect } from '../../core/model/explanation.ts'
import { percent } from '../../core/text/figures.ts'
import { listed } from '../../core/text/text.ts'

/** The suspect as the report carries it, with the sentence that says why it is one. */
export function describeSuspect({ why, ...suspect }: JudgedSuspect): Suspect {
  return { ...suspect, because: sentenceOf(why, suspect) }
}

function sentenceOf(
  why: JudgedSuspect['why'],
  { symbol, evidence }: Pick<JudgedSuspect, 'symbol' | 'evidence'>,
): string {
  if (why.rule === 'crowded-set') {
    const verb = why.slower === 'head' ? 'now shares' : 'no longer shares'
    return `${symbol} ${verb} L1 ${why.cache}-cache set ${why.sets.join(', ')} with ${listed(why.others, 3)}: ${why.lines} hot lines for ${why.ways} ways.`
  }
  const { lines } = why
  const covers = ` and covers ${lines.head} instead of ${lines.base} lines`
  if (why.rule === 'loop-offset') {
    const { base, head } = why.offset
    return `A hot loop of ${symbol} starts at offset ${head} of its cache line instead of ${base}${lines.base === lines.head ? '' : covers}.`
  }
  const direction = why.bytes < 0 ? 'down' : 'up'
  return `${symbol} (${percent(evidence.share)} of the profile) moved by ${Math.abs(why.bytes)} bytes ${direction}${lines.head > lines.base ? covers : ''}; its code is the same.`
}
