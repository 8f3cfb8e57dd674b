import { hasCause } from '../../core/model/metric.ts'
import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import { counted, numbered } from '../../core/text/text.ts'
import { type Depth, evidenceOf } from '../evidence/evidence.ts'
import { type Item, isNotable, shownBenchmarks } from '../evidence/items.ts'
import { code, htmlCode, NAME_LIMIT } from '../text/encode.ts'
import { fence, outputLines } from '../text/fence.ts'
import { prose } from '../text/prose.ts'
import { repeatCommand } from '../text/repeat.ts'
import { causeWords, findingWord } from '../words/finding.ts'
import { labelsOf } from '../words/labels.ts'
import { lastWords } from '../words/last-words.ts'
import { measuredFacts } from '../words/measured.ts'
import { sharedReasons } from '../words/reasons.ts'
import { remarksOf, statusParts } from '../words/status.ts'
import { verdictTitle } from '../words/title.ts'
import { linkedLines, linksOf, type ReportLinks } from './links.ts'
import { folded, listMarkdown, sectionMarkdown } from './markdown.ts'
import { TABLE_HEAD, tableRow } from './table.ts'

/** How a report is laid out in Markdown, apart from how much room there is. */
export interface DocumentLayout {
  readonly depth: Depth
  /** Where the rest is to be found, in plain text. */
  readonly rest: string
  /** Rows without a change are folded away from this many on. */
  readonly foldFrom: number
  /** Name of the gate, where there may be several. */
  readonly key?: string
  /** Address of the run, from the runner and not from the report. */
  readonly link?: string
}

const OUTPUT_LINES = 20
const ERRORS_SHOWN = 5
const REASONS_SHOWN = 20

/** The sentence and the small print, which every Markdown form starts with. */
export function heading(report: Report, layout: DocumentLayout): readonly string[] {
  const links = linksOf(layout.link, report)
  const parts = statusParts(report).map(part => linkedCommits(prose(part), report, links))
  const link = links ? [`[run](${links.run})`] : []
  const sentence = prose(report.sentence) || prose(verdictTitle(report))
  const gate = layout.key === undefined ? [] : [prose(layout.key)]
  return [`**${sentence}**`, `<sub>${[...parts, ...gate, ...link].join(' · ')}</sub>`]
}

function linkedCommits(part: string, { base, head }: Report, links: ReportLinks | undefined): string {
  if (!links) return part
  return [base, head].reduce((text, { sha }) => {
    const [short, address] = [`\`${sha.slice(0, 8)}\``, links.commit(sha)]
    return address === undefined ? text : text.replace(short, () => `[${short}](${address})`)
  }, part)
}

/**
 * Writes a report in Markdown with the items it is given, and a note on those left out. Rows and evidence are made once,
 * however often it is asked while the largest text that fits is looked for.
 */
export function documentWriter(report: Report, layout: DocumentLayout): (items: readonly Item[]) => string {
  const labels = labelsOf(report.benchmarks, NAME_LIMIT)
  const row = remembered(benchmark => tableRow(benchmark, labels.of(benchmark)))
  const links = linksOf(layout.link, report)
  const evidence = remembered(benchmark => linkedLines(evidenceBlock(benchmark, layout), benchmark, links))
  const measured = measuredBlock(report)
  const start = [...heading(report, layout), ...remarks(report), ...errorBlocks(report)]
  return items => {
    const rows = shownBenchmarks(items, 'row')
    const blocks = [
      ...start,
      ...tables(rows, { row, prefix: labels.prefix, layout }),
      ...leftOut(report, items, layout),
      ...reasonBlocks(rows),
      ...lastWordBlocks(rows),
      ...shownBenchmarks(items, 'evidence').map(evidence),
      ...(items.some(({ kind }) => kind === 'measured') ? [measured] : []),
    ]
    return `${blocks.join('\n\n')}\n`
  }
}

type Write = (benchmark: BenchmarkReport) => string

function remembered(write: Write): Write {
  const written = new Map<BenchmarkReport, string>()
  return benchmark => {
    const text = written.get(benchmark) ?? write(benchmark)
    written.set(benchmark, text)
    return text
  }
}

/** In one block, so that many of them do not push the table out of sight. */
function remarks(report: Report): readonly string[] {
  const [first, ...rest] = remarksOf(report)
  if (first === undefined) return []
  return [prose(first), ...(rest.length > 0 ? [rest.map(text => `- ${prose(text)}`).join('\n')] : [])]
}

function errorBlocks({ errors, sentence }: Report): readonly string[] {
  const shown = errors
    .slice(0, ERRORS_SHOWN)
    .flatMap(({ what, detail }) => [
      ...(sentence.startsWith(what.replace(/\.$/, '')) ? [] : [prose(what)]),
      ...(detail === undefined || detail.trim() === '' ? [] : [fence(outputLines(detail, OUTPUT_LINES))]),
    ])
  const rest = errors.length - ERRORS_SHOWN
  return rest > 0 ? [...shown, `${counted(rest, 'more fault')} not shown.`] : shown
}

/** What stands around the rows of a table. */
interface TableForm {
  readonly row: Write
  readonly prefix: string
  readonly layout: DocumentLayout
}

/** The rows to act on, then those without an answer and those without a change, each folded where they are many. */
function tables(rows: readonly BenchmarkReport[], { row, prefix, layout }: TableForm): readonly string[] {
  const open = rows.filter(({ decision }) => decision === 'undecided')
  const quiet = rows.filter(benchmark => !isNotable(benchmark))
  const folds = (some: readonly BenchmarkReport[]) =>
    some.length >= layout.foldFrom && some.length < rows.length
  const [foldsOpen, foldsQuiet] = [folds(open), folds(quiet)]
  const main = rows.filter(benchmark =>
    benchmark.decision === 'undecided' ? !foldsOpen : isNotable(benchmark) || !foldsQuiet,
  )
  const table = (some: readonly BenchmarkReport[]) => [TABLE_HEAD, ...some.map(row)].join('\n')
  return [
    ...(prefix !== '' && rows.length > 0 ? [`<sub>Each name starts with ${code(prefix)}.</sub>`] : []),
    ...(main.length > 0 ? [table(main)] : []),
    ...(foldsOpen ? [folded(`${numbered(open.length, 'benchmark')} undecided`, table(open))] : []),
    ...(foldsQuiet ? [folded(`${numbered(quiet.length, 'benchmark')} did not change`, table(quiet))] : []),
  ]
}

function leftOut(
  { benchmarks }: Report,
  items: readonly Item[],
  { rest }: DocumentLayout,
): readonly string[] {
  const missingRows = benchmarks.length - items.filter(({ kind }) => kind === 'row').length
  const explained = benchmarks.filter(
    ({ decision, cause, metric }) => cause !== undefined || (decision === 'slower' && hasCause(metric)),
  ).length
  const missingEvidence = explained - items.filter(({ kind }) => kind === 'evidence').length
  const missing = [
    ...(missingRows > 0 ? [counted(missingRows, 'row')] : []),
    ...(missingEvidence > 0 ? [counted(missingEvidence, 'explanation')] : []),
  ]
  if (missing.length === 0) return []
  return [`<sub>For want of room, ${missing.join(' and ')} of the least interest ${rest}.</sub>`]
}

function evidenceBlock(benchmark: BenchmarkReport, { depth }: DocumentLayout): string {
  const sections = evidenceOf(benchmark, depth).map(sectionMarkdown)
  const { cause } = benchmark
  const why = cause
    ? `: ${causeWords(cause, benchmark)}${cause.confidence === 'shown' && cause.kind !== 'unexplained' ? ', shown' : ''}`
    : ''
  return folded(
    `<b>Why ${htmlCode(benchmark.name)} is ${findingWord(benchmark)}</b>${why}`,
    [...sections, ...repeatBlock(benchmark)].join('\n\n'),
  )
}

/** How to see it again, in a block that can be copied as one line. */
function repeatBlock(benchmark: BenchmarkReport): readonly string[] {
  const command = repeatCommand(benchmark)
  return command === undefined ? [] : ['**Repeat it in a clone**', fence([command])]
}

/** What failed runs said at their end. */
function lastWordBlocks(rows: readonly BenchmarkReport[]): readonly string[] {
  return lastWords(rows).flatMap(({ what, detail }) => [
    prose(what),
    fence(outputLines(detail, OUTPUT_LINES)),
  ])
}

/** Why benchmarks have no answer and what to do about it, and which of them only one side has. */
function reasonBlocks(rows: readonly BenchmarkReport[]): readonly string[] {
  const open = rows.filter(({ decision }) => decision === 'undecided' || decision === 'unmeasured')
  const single = rows.filter(({ decision }) => decision === 'new' || decision === 'removed')
  return [...reasonList('Not settled', open), ...reasonList('New or gone', single)]
}

function reasonList(title: string, rows: readonly BenchmarkReport[]): readonly string[] {
  const sentences = sharedReasons(rows)
  const rest = sentences.length - REASONS_SHOWN
  if (sentences.length === 0) return []
  return [
    listMarkdown(title, [...sentences.slice(0, REASONS_SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])]),
  ]
}

function measuredBlock(report: Report): string {
  const facts = measuredFacts(report)
  const count = report.limitations.length
  const title =
    count > 0 ? `How this was measured, with ${counted(count, 'limitation')}` : 'How this was measured'
  return folded(title, facts.map(({ title, sentences }) => listMarkdown(title, sentences)).join('\n\n'))
}
