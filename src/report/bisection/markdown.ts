import type { Bisection, BisectionStep } from '../../core/bisection/bisection.ts'
import { listMarkdown } from '../markdown/markdown.ts'
import { cell } from '../text/encode.ts'
import { formatChange, formatInterval } from '../text/format.ts'
import { cellProse, prose, typeset } from '../text/prose.ts'
import { bisectionFacts, bisectionStatus } from './facts.ts'
import { shortSha, stepWord } from './steps.ts'

/** `bisect.md`: the sentence, what was measured at each step, and what the answer rests on. */
export function bisectionMarkdown(bisection: Bisection): string {
  const { sentence, steps, outcome } = bisection
  const blocks = [
    `**${prose(sentence)}**`,
    `<sub>${bisectionStatus(bisection).map(prose).join(' · ')}</sub>`,
    ...(steps.length > 0 ? [[HEAD, ...steps.map(row)].join('\n')] : []),
    ...bisectionFacts(bisection).map(({ title, sentences }) => listMarkdown(title, sentences)),
    ...(outcome === 'unfinished' ? [] : [REST]),
  ]
  return `${blocks.join('\n\n')}\n`
}

const HEAD = ['| Commit | Against | Change | Finding |', '|:--|:--|--:|:--|'].join('\n')
const REST =
  'The gate that this rests on is in `report.md`, `report.html` and `report.json` in the same folder.'

function row(step: BisectionStep): string {
  const { base, head, reason, answer } = step
  const against = step.kind === 'last' ? `${sha(base)}, the last gate` : sha(base)
  const why = reason !== undefined && (answer === 'open' || answer === 'broken') ? reason : undefined
  const word = answer === 'above' ? `**${stepWord(step)}**` : stepWord(step)
  const finding = why === undefined ? word : `${word}<br><sub>${cellProse(why)}</sub>`
  return `| ${[`${sha(head)} ${title(head.title)}`, against, change(step), finding].join(' | ')} |`
}

const sha = (commit: BisectionStep['head']) => cell(shortSha(commit))
const title = (text = '') => (text === '' ? '' : cell(text))

function change({ change: found }: BisectionStep): string {
  if (!found) return '–'
  const interval = typeset(formatInterval(found)).replaceAll(' ', '\u00a0')
  return `${typeset(formatChange(found.ratio))}<br><sub>${interval}</sub>`
}
