import type { CounterRow } from '../evidence/counters.ts'
import type { Section } from '../evidence/evidence.ts'
import { html } from '../text/encode.ts'
import { fence } from '../text/fence.ts'
import { cellProse, prose } from '../text/prose.ts'

/** A group of evidence in Markdown. */
export function sectionMarkdown(section: Section): string {
  const { title, paragraphs = [], items = [], numbered, more = 0, rows = [], chart = [] } = section
  const mark = (index: number) => (numbered ? `${index + 1}.` : '-')
  const list = items.map((item, index) => `${mark(index)} ${prose(item)}`).join('\n')
  const blocks = [
    `**${title}**`,
    ...paragraphs.map(prose),
    ...(list === '' ? [] : [list]),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(rows.length > 0 ? [counterTable(rows)] : []),
    ...(chart.length > 0 ? [fence(chart)] : []),
  ]
  return blocks.join('\n\n')
}

function counterTable(rows: readonly CounterRow[]): string {
  const body = rows.map(({ label, base, head, change, differs }) => {
    const text = cellProse(change)
    return `| ${[cellProse(label), cellProse(base), cellProse(head), differs ? `**${text}**` : text].join(' | ')} |`
  })
  return ['| Counter | Base | Head | Change |', '|:--|--:|--:|--:|', ...body].join('\n')
}

/** A block that is folded until it is clicked; `summary` is HTML, `body` Markdown. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** A list of plain sentences under a bold title. */
export function listMarkdown(title: string, sentences: readonly string[]): string {
  return `**${html(title)}**\n\n${sentences.map(sentence => `- ${prose(sentence)}`).join('\n')}`
}
