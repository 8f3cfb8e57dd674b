import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import type { CounterRow } from '../evidence/counters.ts'
import { evidenceOf, type Section } from '../evidence/evidence.ts'
import { isNotable } from '../evidence/items.ts'
import { medianTexts } from '../markdown/table.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { outputLines } from '../text/fence.ts'
import { formatChange, formatInterval } from '../text/format.ts'
import { aligned, wrapped } from '../text/lines.ts'
import { causeWords, findingWord } from '../words/finding.ts'
import { measuredFacts } from '../words/measured.ts'
import { worstFirst } from '../words/order.ts'
import { remarksOf, statusParts } from '../words/status.ts'

const QUIET_ROWS = 20
const EVIDENCE_SHOWN = 10
const OUTPUT_LINES = 20
const DEPTH = { items: 10, rows: 20 }

/** The report as a terminal or a job log shows it at the end of a run; no line of it is a command to the runner. */
export function logText(report: Report): string {
  const ordered = worstFirst(report.benchmarks)
  const explained = ordered.filter(({ decision, cause }) => decision === 'slower' || cause !== undefined)
  const lines = [
    '',
    ...wrapped(report.sentence, ''),
    statusParts(report).join(' · ').replaceAll('`', ''),
    ...remarksOf(report).flatMap(text => wrapped(text, '')),
    ...report.errors.flatMap(({ what, detail = '' }) => [
      '',
      ...(report.sentence.startsWith(what.replace(/\.$/, '')) ? [] : wrapped(what, '')),
      ...outputLines(detail, OUTPUT_LINES).map(line => `  ${line}`),
    ]),
    ...tableLines(ordered),
    ...ordered.flatMap(reasonLines),
    ...explained.slice(0, EVIDENCE_SHOWN).flatMap(evidenceLines),
    ...measuredFacts(report).flatMap(({ title, sentences }) => [
      '',
      title,
      ...sentences.flatMap(sentence => wrapped(sentence, '  - ')),
    ]),
  ]
  return `${lines.map(plainLine).join('\n')}\n`
}

function tableLines(ordered: readonly BenchmarkReport[]): readonly string[] {
  const quiet = ordered.filter(row => !isNotable(row))
  const rows = [...ordered.filter(isNotable), ...quiet.slice(0, QUIET_ROWS)].map(rowTexts)
  if (rows.length === 0) return []
  const rest = quiet.length - QUIET_ROWS
  return [
    '',
    ...aligned([['benchmark', 'change', 'interval', 'base', 'head', 'finding'], ...rows]),
    ...(rest > 0 ? [`and ${rest} more that did not change`] : []),
  ]
}

function rowTexts(benchmark: BenchmarkReport): readonly string[] {
  const { change, cause } = benchmark
  const finding = cause
    ? `${findingWord(benchmark)}: ${causeWords(cause, benchmark)}`
    : findingWord(benchmark)
  return [
    plainName(benchmark.name, 40),
    change ? formatChange(change.ratio) : '',
    change ? formatInterval(change.low, change.high) : '',
    ...medianTexts(benchmark),
    finding,
  ]
}

function reasonLines({ name, reason, decision }: BenchmarkReport): readonly string[] {
  return reason === undefined || decision === 'unchanged'
    ? []
    : ['', ...wrapped(`${quoted(name)}: ${reason}`, '')]
}

function evidenceLines(benchmark: BenchmarkReport): readonly string[] {
  return [
    '',
    `Why ${quoted(benchmark.name)} is ${findingWord(benchmark)}`,
    ...evidenceOf(benchmark, DEPTH).flatMap(sectionLines),
  ]
}

function sectionLines(section: Section): readonly string[] {
  const { title, paragraphs = [], items = [], numbered, more = 0, rows = [], chart = [] } = section
  return [
    '',
    `  ${title}`,
    ...paragraphs.flatMap(text => wrapped(text, '    ')),
    ...items.flatMap((text, index) => wrapped(text, numbered ? `    ${index + 1}. ` : '    - ')),
    ...(more > 0 ? [`    and ${more} more`] : []),
    ...[...counterLines(rows), ...chart].map(line => `    ${line}`),
  ]
}

function counterLines(rows: readonly CounterRow[]): readonly string[] {
  return aligned(rows.map(({ label, base, head, change }) => [label, base, '→', head, change]))
}
