import type { BenchmarkReport } from '../../core/model/report.ts'
import { medianTexts } from '../markdown/table.ts'
import { html, htmlCode, NAME_LIMIT } from '../text/encode.ts'
import { formatChange, formatInterval, formatShare } from '../text/format.ts'
import { htmlProse, typeset } from '../text/prose.ts'
import { causeWords, findingWord, mainFunction } from '../words/finding.ts'
import { labelsOf } from '../words/labels.ts'
import { isBroken } from '../words/order.ts'
import { otherText } from '../words/other-measurement.ts'

/** Columns with the text of their heads; numbers stand at the right. */
const COLUMNS = [
  ['Benchmark', 'text'],
  ['Change', 'figure'],
  ['Finding', 'text'],
  ['Base', 'figure'],
  ['Head', 'figure'],
  ['Control', 'figure'],
  ['Rounds', 'figure'],
] as const

/** Tools that only the script can work are shown from so many rows on. */
const TOOLS_FROM = 10

/** All benchmarks as one table that the page's script can sort and filter; `anchor` is where a benchmark is explained, if anywhere. */
export function benchmarkTable(
  benchmarks: readonly BenchmarkReport[],
  anchor: (benchmark: BenchmarkReport) => string | undefined,
): string {
  if (benchmarks.length === 0) return ''
  const labels = labelsOf(benchmarks, NAME_LIMIT)
  const heads = COLUMNS.map(
    ([text, kind]) =>
      `<th scope="col"${kind === 'figure' ? ' class="figure"' : ''}><button type="button">${text}</button></th>`,
  )
  const rows = benchmarks.map(benchmark => row(benchmark, labels.of(benchmark), anchor(benchmark)))
  const prefix = labels.prefix === '' ? '' : ` Each name starts with ${htmlCode(labels.prefix)}.`
  return [
    benchmarks.length >= TOOLS_FROM ? tools(benchmarks) : '',
    `<div class="scroll tall" tabindex="0" role="region" aria-label="Benchmarks"><table id="benchmarks"><caption>Benchmarks, worst first.${prefix}</caption>`,
    `<thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`,
  ].join('\n')
}

function tools(benchmarks: readonly BenchmarkReport[]): string {
  const context = [...new Set(benchmarks.map(findingWord))]
  const options = context.map(word => `<option>${word}</option>`).join('')
  return `<form class="tools" hidden><label>Name <input type="search" autocomplete="off"></label> <label>Finding <select><option value="">all</option>${options}</select></label> <output></output></form>`
}

function row(benchmark: BenchmarkReport, label: string, anchor: string | undefined): string {
  const { name, change, control, rounds, threshold, base, head } = benchmark
  const [baseText, headText] = medianTexts(benchmark)
  const other = otherText(benchmark)
  const otherCell = other === undefined ? '' : `<small>${figure(other)}</small>`
  const changed = change
    ? `${figure(formatChange(change.ratio))}<small>${figure(formatInterval(change))}</small>${otherCell}`
    : '–'
  const copies = control
    ? `${figure(formatChange(control.ratio))}<small>${control.fit ? 'fit' : 'not fit'}</small>`
    : '–'
  const shown = anchor === undefined ? htmlCode(label) : `<a href="#${anchor}">${htmlCode(label)}</a>`
  const cells = [
    `<th scope="row">${shown}<small>threshold ${figure(formatShare(threshold))}</small></th>`,
    cell(changed, change?.ratio),
    finding(benchmark),
    cell(figure(baseText), base?.median),
    cell(figure(headText), head?.median),
    cell(copies, control?.ratio),
    cell(String(rounds), rounds),
  ]
  return `<tr data-name="${html(name)}" data-finding="${findingWord(benchmark)}">${cells.join('')}</tr>`
}

function cell(content: string, value: number | undefined): string {
  const sorts = value !== undefined && Number.isFinite(value) ? ` data-value="${value}"` : ''
  return `<td class="figure"${sorts}>${content}</td>`
}

function figure(text: string): string {
  return typeset(html(text))
}

function finding(benchmark: BenchmarkReport): string {
  const { cause, decision, reason } = benchmark
  const kind =
    decision === 'slower' || decision === 'masked' || isBroken(benchmark) ? 'bad' : (TONES[decision] ?? '')
  const symbol = mainFunction(benchmark)
  const where = symbol === undefined ? '' : ` ${htmlCode(symbol)}`
  const why = reason === undefined || decision === 'undecided' ? '' : htmlProse(reason)
  const small = cause ? `${html(causeWords(cause, benchmark))}${where}` : why
  return `<td><span class="${kind}">${findingWord(benchmark)}</span>${small === '' ? '' : `<small>${small}</small>`}</td>`
}

const TONES: Partial<Record<BenchmarkReport['decision'], string>> = {
  faster: 'good',
  undecided: 'open',
  unmeasured: 'open',
  removed: 'open',
}
