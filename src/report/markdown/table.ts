import type { BenchmarkReport, Trend } from '../../core/model/report.ts'
import { cell } from '../text/encode.ts'
import { formatChange, formatExtent, formatInterval, formatValues } from '../text/format.ts'
import { cellProse, typeset } from '../text/prose.ts'
import { trendline } from '../text/sparkline.ts'
import { causeWords, findingWord, mainFunction } from '../words/finding.ts'
import { isBroken } from '../words/order.ts'
import { otherText } from '../words/other-measurement.ts'

/** The head of the table of benchmarks in Markdown; what a phone has no room for is on the right. */
export const TABLE_HEAD = ['| Benchmark | Change | Finding | Base | Head |', '|:--|--:|:--|--:|--:|'].join(
  '\n',
)

const NOTHING = '–'
const SYMBOL_LIMIT = 40
const RELEASE_LIMIT = 20

/** One benchmark as a row of Markdown; the interval and the cause stand below what they belong to, so that the table is narrow. */
export function tableRow(benchmark: BenchmarkReport, label = benchmark.name): string {
  const [base, head] = medians(benchmark)
  return `| ${[cell(label), change(benchmark), finding(benchmark), base, head].join(' | ')} |`
}

/** The medians of both sides in one unit, as text of any form; a dash where a side has none. */
export function medianTexts({ base, head, unit }: BenchmarkReport): readonly [string, string] {
  const present = [base, head].flatMap(series => (series ? [series.median] : []))
  const texts = formatValues(present, unit)
  if (base && head) return [texts[0] ?? NOTHING, texts[1] ?? NOTHING]
  return [base ? (texts[0] ?? NOTHING) : NOTHING, head ? (texts[0] ?? NOTHING) : NOTHING]
}

function medians(benchmark: BenchmarkReport): readonly string[] {
  return medianTexts(benchmark).map(text => (text === NOTHING ? text : cellProse(text)))
}

function change(benchmark: BenchmarkReport): string {
  const { change: found, decision, trend } = benchmark
  if (!found) return NOTHING
  const ratio = typeset(formatChange(found.ratio))
  const weight = decision === 'slower' || decision === 'faster' ? `**${ratio}**` : ratio
  const way = trend ? `<br><sub>${trendWords(trend)}</sub>` : ''
  const otherLine = otherText(benchmark)
  const other = otherLine === undefined ? '' : `<br><sub>${typeset(otherLine)}</sub>`
  return `${weight}<br><sub>${typeset(formatInterval(found)).replaceAll(' ', '\u00a0')}</sub>${other}${way}`
}

/** The last commits of the default branch as a line that leads to the whole of it, and where the last release was against now. */
function trendWords({ levels, since, link }: Trend): string {
  const line = trendline(levels)
  // Levels that no number holds draw no line; a link without a text would be there and not be seen.
  const drawn = link === undefined ? line : `[${line || 'history'}](${link})`
  const release = since
    ? `${typeset(formatChange(since.ratio))} since ${cell(since.called, RELEASE_LIMIT)}`
    : ''
  return [drawn, release].filter(part => part !== '').join(' ')
}

function finding(benchmark: BenchmarkReport): string {
  const { cause, decision, detectable } = benchmark
  const word = findingWord(benchmark)
  const bold = decision === 'slower' || isBroken(benchmark) ? `**${word}**` : word
  if (cause) return `${bold}<br><sub>${causeWords(cause, benchmark)}${inFunction(benchmark)}</sub>`
  if (decision === 'undecided' && detectable !== undefined) {
    return `${bold}<br><sub>${typeset(`would have seen ${formatExtent(detectable)}`)}</sub>`
  }
  return bold
}

/** The function to look at first, where one is known: the first suspect, or the hottest that the change touches. */
function inFunction(benchmark: BenchmarkReport): string {
  const symbol = mainFunction(benchmark)
  return symbol === undefined ? '' : `<br>${cell(symbol, SYMBOL_LIMIT)}`
}
