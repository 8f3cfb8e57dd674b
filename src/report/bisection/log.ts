import type { Bisection, BisectionStep } from '../../core/bisection/bisection.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { formatChange, formatInterval } from '../text/format.ts'
import { aligned, wrapped } from '../text/lines.ts'
import { bisectionFacts, bisectionStatus } from './facts.ts'
import { shortSha, stepWord } from './steps.ts'

/** A bisection as a terminal shows it at its end. */
export function bisectionLog(bisection: Bisection): string {
  const { sentence, steps } = bisection
  const lines = [
    '',
    ...wrapped(sentence, ''),
    bisectionStatus(bisection).join(' · ').replaceAll('`', ''),
    '',
    ...aligned([['commit', 'against', 'change', 'interval', 'finding'], ...steps.map(rowTexts)]),
    ...bisectionFacts(bisection).flatMap(({ title, sentences }) => [
      '',
      title,
      ...sentences.flatMap(text => wrapped(text, '  - ')),
    ]),
  ]
  return `${lines.map(plainLine).join('\n')}\n`
}

function rowTexts(step: BisectionStep): readonly string[] {
  const { base, head, change, kind } = step
  return [
    `${shortSha(head)} ${plainName(head.title ?? '', 50)}`,
    shortSha(base),
    change ? formatChange(change.ratio) : '',
    change ? formatInterval(change) : '',
    `${stepWord(step)}${kind === 'last' ? ' (the last gate)' : ''}`,
  ]
}
