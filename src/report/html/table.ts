import type { BenchmarkReport } from '../../core/model/report.ts'
import { isNotable } from '../evidence/items.ts'
import { medianTexts } from '../markdown/table.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatChange, formatInterval, formatShare } from '../text/format.ts'
import { htmlProse, typeset } from '../text/prose.ts'
import { causeWords, findingWord } from '../words/finding.ts'
import { isBroken } from '../words/order.ts'

/** Longest name in the table; the whole is in report.json. */
const NAME_LIMIT = 200

/** Rows without a change are folded away from this many on. */
const FOLD_FROM = 20

/** All benchmarks as a table, those without a change folded where they are many; with the control, which the comment has no room for. */
export function benchmarkTable(benchmarks: readonly BenchmarkReport[]): string {
  const quiet = benchmarks.filter(row => !isNotable(row))
  if (quiet.length < FOLD_FROM || quiet.length === benchmarks.length) return table(benchmarks)
  return `${table(benchmarks.filter(isNotable))}<details><summary>${quiet.length} benchmarks did not change</summary>${table(quiet)}</details>`
}

function table(benchmarks: readonly BenchmarkReport[]): string {
  if (benchmarks.length === 0) return ''
  const heads = ['Benchmark', 'Change', 'Finding', 'Base', 'Head', 'Control', 'Rounds']
  const head = heads.map(
    (text, column) => `<th${column === 0 || column === 2 ? '' : ' class="figure"'}>${text}</th>`,
  )
  return `<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>${benchmarks.map(row).join('\n')}</tbody></table></div>`
}

function row(benchmark: BenchmarkReport): string {
  const { name, change, control, rounds, threshold } = benchmark
  const [base, head] = medianTexts(benchmark)
  const changed = change
    ? `${figure(formatChange(change.ratio))}<small>${figure(formatInterval(change.low, change.high))}</small>`
    : '–'
  const copies = control
    ? `${figure(formatChange(control.ratio))}<small>${control.fit ? 'fit' : 'not fit'}</small>`
    : '–'
  return `<tr><td>${htmlCode(name, NAME_LIMIT)}<small>threshold ${figure(formatShare(threshold))}</small></td>${[
    cell(changed),
    finding(benchmark),
    cell(figure(base)),
    cell(figure(head)),
    cell(copies),
    cell(String(rounds)),
  ].join('')}</tr>`
}

function cell(content: string): string {
  return `<td class="figure">${content}</td>`
}

function figure(text: string): string {
  return typeset(html(text))
}

function finding(benchmark: BenchmarkReport): string {
  const { cause, decision, reason } = benchmark
  const kind = decision === 'slower' || isBroken(benchmark) ? 'bad' : (TONES[decision] ?? '')
  const small = cause ? html(causeWords(cause, benchmark)) : reason === undefined ? '' : htmlProse(reason)
  return `<td><span class="${kind}">${findingWord(benchmark)}</span>${small === '' ? '' : `<small>${small}</small>`}</td>`
}

const TONES: Partial<Record<BenchmarkReport['decision'], string>> = {
  faster: 'good',
  undecided: 'open',
  unmeasured: 'open',
  removed: 'open',
}
