import type { BenchmarkReport } from '../../core/model/report.ts'
import type { CounterRow } from '../evidence/counters.ts'
import { evidenceOf, type Section } from '../evidence/evidence.ts'
import { html, htmlCode } from '../text/encode.ts'
import { htmlProse, typeset } from '../text/prose.ts'
import { repeatCommand } from '../text/repeat.ts'
import { causeWords, findingWord } from '../words/finding.ts'
import { annotatedCode } from './annotated-code.ts'
import { distributionPicture } from './distribution.ts'
import { flameSection } from './flame.ts'
import { hotTable } from './hot.ts'
import { ratiosPicture } from './ratios.ts'
import { setsPicture } from './sets.ts'
import { suspectsTable } from './suspects.ts'

const DEPTH = { items: 20, rows: 40 }

/** Everything about one benchmark that changed or is open, drawn and in words. */
export function benchmarkArticle(benchmark: BenchmarkReport, anchor: string, open: boolean): string {
  const { name, cause, reason } = benchmark
  const why = cause ? `: ${html(causeWords(cause, benchmark))}` : ''
  const sections = evidenceOf(benchmark, DEPTH).filter(({ drawing }) => drawing !== 'samples')
  return [
    `<article id="${anchor}"><details${open ? ' open' : ''}><summary><h2>${htmlCode(name, 200)} is ${findingWord(benchmark)}${why}</h2></summary>`,
    ...(reason === undefined ? [] : [`<p>${htmlProse(reason)}</p>`]),
    samplesFigures(benchmark),
    ...sections.map(section =>
      section.drawing === 'sets'
        ? `${suspectsTable(benchmark)}\n${figureOf(section, benchmark)}`
        : `${sectionHtml(section)}\n${figureOf(section, benchmark)}`,
    ),
    flameSection(benchmark),
    annotatedCode(benchmark),
    hotTable(benchmark),
    repeatBlock(benchmark),
    '</details></article>',
  ].join('\n')
}

function repeatBlock(benchmark: BenchmarkReport): string {
  const command = repeatCommand(benchmark)
  return command === undefined
    ? ''
    : `<h3>Repeat it in a clone</h3>\n<div class="scroll" tabindex="0" role="region" aria-label="Command that repeats it"><pre><code>${html(command)}</code></pre></div>`
}

function figureOf({ drawing }: Section, benchmark: BenchmarkReport): string {
  if (drawing === 'layouts') return layoutsFigure(benchmark)
  return drawing === 'sets' ? figure(setsPicture(benchmark), SETS_KEY) : ''
}

const RATIOS_KEY =
  '<span class="key head"></span>head/base <span class="key ring"></span>control, base/base; the band is the interval of the median'
const SETS_KEY =
  '<span class="key base"></span>base <span class="key head"></span>head <span class="key crowded"></span>shared by several suspects'

function samplesFigures(benchmark: BenchmarkReport): string {
  const { base, head, unit } = benchmark
  const both = { title: 'Values of both sides', unit, base: base?.samples ?? [], head: head?.samples ?? [] }
  return `${figure(ratiosPicture(benchmark), RATIOS_KEY)}\n${figure(distributionPicture(both), 'All measured values')}`
}

function layoutsFigure({ trials, unit, base, head }: BenchmarkReport): string {
  const layout = trials?.layout
  if (!layout) return ''
  const marks = [
    ...(base ? [{ value: base.median, name: 'base as built' }] : []),
    ...(head ? [{ value: head.median, name: 'head as built' }] : []),
  ]
  const drawn = distributionPicture({
    title: 'Layout trial',
    unit,
    base: layout.base,
    head: layout.head,
    marks,
  })
  return figure(drawn, `Median of each of ${layout.layouts} random layouts a side`)
}

function figure(drawing: string, caption: string): string {
  return drawing === ''
    ? ''
    : `<figure><div class="scroll" tabindex="0" role="region" aria-label="${caption.replace(/<[^>]*>/g, '')}">${drawing}</div><figcaption>${caption}</figcaption></figure>`
}

function sectionHtml(section: Section): string {
  const { title, paragraphs = [], items = [], numbered, more = 0, rows = [] } = section
  const list = items.map(item => `<li>${htmlProse(item)}</li>`).join('')
  return [
    `<h3>${html(title)}</h3>`,
    ...paragraphs.map(text => `<p>${htmlProse(text)}</p>`),
    ...(list === '' ? [] : [numbered ? `<ol>${list}</ol>` : `<ul>${list}</ul>`]),
    ...(more > 0 ? [`<p>and ${more} more</p>`] : []),
    ...(rows.length > 0 ? [counterTable(rows)] : []),
  ].join('\n')
}

function counterTable(rows: readonly CounterRow[]): string {
  const body = rows.map(({ label, base, head, change, differs }) => {
    const cells = [base, head, change].map(text => `<td class="figure">${typeset(html(text))}</td>`).join('')
    return `<tr${differs ? ' class="differs"' : ''}><td>${html(label)}</td>${cells}</tr>`
  })
  const heads = ['Base', 'Head', 'Change'].map(text => `<th class="figure">${text}</th>`).join('')
  return `<div class="scroll" tabindex="0" role="region" aria-label="Counters"><table><thead><tr><th>Counter</th>${heads}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}
