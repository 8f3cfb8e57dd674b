import { hasCause } from '../../core/model/metric.ts'
import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import type { CounterRow } from '../evidence/counters.ts'
import { evidenceOf, type Section } from '../evidence/evidence.ts'
import { isNotable } from '../evidence/items.ts'
import { medianTexts } from '../markdown/table.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { outputLines } from '../text/fence.ts'
import { formatChange, formatInterval } from '../text/format.ts'
import { aligned, FULL_WIDTH, wrapped } from '../text/lines.ts'
import { repeatCommand } from '../text/repeat.ts'
import { causeWords, findingWord, mainFunction } from '../words/finding.ts'
import { labelsOf } from '../words/labels.ts'
import { lastWords } from '../words/last-words.ts'
import { measuredFacts } from '../words/measured.ts'
import { worstFirst } from '../words/order.ts'
import { otherText } from '../words/other-measurement.ts'
import { sharedReasons } from '../words/reasons.ts'
import { remarksOf, statusParts } from '../words/status.ts'

/** Rows without a change, and rows without an answer, that are shown of each. */
const QUIET_ROWS = 20
const LABEL_LIMIT = 40
const EVIDENCE_SHOWN = 10
const REPEATS_SHOWN = 3
const OUTPUT_LINES = 20
/** What nobody reads in a log; the summary, the comment and the HTML report have it. */
const ELSEWHERE: readonly string[] = ['Machine', 'Noise before measuring']
const DEPTH = { items: 10, rows: 20 }

/** The report as a terminal or a job log shows it at the end of a run; no line of it is a command to the runner. */
export function logText(report: Report, width = FULL_WIDTH): string {
  const ordered = worstFirst(report.benchmarks)
  const explained = ordered.filter(
    ({ decision, cause, metric }) => cause !== undefined || (decision === 'slower' && hasCause(metric)),
  )
  const lines = [
    '',
    ...wrapped(report.sentence, '', width),
    statusParts(report).join(' · ').replaceAll('`', ''),
    ...remarksOf(report).flatMap(text => wrapped(text, '', width)),
    ...report.errors.flatMap(({ what, detail = '' }) => [
      '',
      ...(report.sentence.startsWith(what.replace(/\.$/, '')) ? [] : wrapped(what, '', width)),
      ...outputLines(detail, OUTPUT_LINES).map(line => `  ${line}`),
    ]),
    ...tableLines(ordered),
    ...reasonLines(ordered, width),
    ...lastWords(ordered).flatMap(({ what, detail }) => [
      '',
      ...wrapped(what, '', width),
      ...outputLines(detail, OUTPUT_LINES).map(line => `  ${line}`),
    ]),
    ...explained.slice(0, EVIDENCE_SHOWN).flatMap(row => evidenceLines(row, width)),
    ...repeatLines(ordered),
    ...measuredFacts(report)
      .filter(({ title }) => !ELSEWHERE.includes(title))
      .flatMap(({ title, sentences }) => [
        '',
        title,
        ...sentences.flatMap(sentence => wrapped(sentence, '  - ', width)),
      ]),
  ]
  return `${lines.map(plainLine).join('\n')}\n`
}

/** The verdict in one line. */
export function verdictLine({ verdict, sentence }: Report): string {
  return `${plainLine(`${verdict}: ${sentence}`).replaceAll('`', '')}\n`
}

function tableLines(ordered: readonly BenchmarkReport[]): readonly string[] {
  const quiet = ordered.filter(row => !isNotable(row))
  const open = ordered.filter(({ decision }) => decision === 'undecided')
  const shown = new Set([...quiet.slice(0, QUIET_ROWS), ...open.slice(0, QUIET_ROWS)])
  const labels = labelsOf(ordered, LABEL_LIMIT)
  const rows = ordered
    .filter(row => shown.has(row) || (isNotable(row) && row.decision !== 'undecided'))
    .map(row => rowTexts(row, labels.of(row)))
  if (rows.length === 0) return []
  const rest = (count: number, what: string) => (count > 0 ? [`and ${count} more ${what}`] : [])
  return [
    '',
    ...(labels.prefix === '' ? [] : [`each name starts with ${plainName(labels.prefix)}`]),
    ...aligned([['benchmark', 'change', 'interval', 'base', 'head', 'finding'], ...rows]),
    ...rest(open.length - QUIET_ROWS, 'undecided'),
    ...rest(quiet.length - QUIET_ROWS, 'that did not change'),
  ]
}

function rowTexts(benchmark: BenchmarkReport, label: string): readonly string[] {
  const { change, cause } = benchmark
  const symbol = mainFunction(benchmark)
  const place = symbol === undefined ? '' : ` in ${plainName(symbol, LABEL_LIMIT)}`
  const finding = cause
    ? `${findingWord(benchmark)}: ${causeWords(cause, benchmark)}${place}`
    : findingWord(benchmark)
  return [
    plainName(label, LABEL_LIMIT),
    change ? formatChange(change.ratio) : '',
    change ? formatInterval(change) : '',
    ...medianTexts(benchmark),
    [finding, otherText(benchmark)].filter(Boolean).join('; '),
  ]
}

function reasonLines(ordered: readonly BenchmarkReport[], width: number): readonly string[] {
  const open = ordered.filter(({ decision }) => decision !== 'unchanged')
  return sharedReasons(open).flatMap(sentence => ['', ...wrapped(sentence, '', width)])
}

function evidenceLines(benchmark: BenchmarkReport, width: number): readonly string[] {
  return [
    '',
    `Why ${quoted(benchmark.name)} is ${findingWord(benchmark)}`,
    ...evidenceOf(benchmark, DEPTH).flatMap(section => sectionLines(section, width)),
  ]
}

/** Not wrapped, so that each can be copied as one line. */
function repeatLines(ordered: readonly BenchmarkReport[]): readonly string[] {
  const commands = ordered.flatMap(row => repeatCommand(row) ?? [])
  if (commands.length === 0) return []
  const shown = commands.slice(0, REPEATS_SHOWN)
  return ['', 'Repeat in a clone', ...shown.map(command => `  ${command}`)]
}

function sectionLines(section: Section, width: number): readonly string[] {
  const { title, paragraphs = [], items = [], numbered, more = 0, rows = [], chart = [] } = section
  return [
    '',
    `  ${title}`,
    ...paragraphs.flatMap(text => wrapped(text, '    ', width)),
    ...items.flatMap((text, index) => wrapped(text, numbered ? `    ${index + 1}. ` : '    - ', width)),
    ...(more > 0 ? [`    and ${more} more`] : []),
    ...[...counterLines(rows), ...chart].map(line => `    ${line}`),
  ]
}

function counterLines(rows: readonly CounterRow[]): readonly string[] {
  return aligned(rows.map(({ label, base, head, change }) => [label, base, '→', head, change]))
}
