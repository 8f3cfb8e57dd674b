import { success } from '../model/result.ts'
import { median } from '../statistics/median.ts'
import type { Harness } from './harness.ts'
import { listAt, memberOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { readNumber, readUnit, SECONDS } from './units.ts'

/**
 * nanobench: its Markdown tables, and what `templates::json()` and `templates::csv()` render, in which times are seconds for one
 * operation. All show instructions an operation too, where the machine counts them.
 */
export const nanobench: Harness = {
  name: 'nanobench',
  title: 'nanobench',
  boundByTime: true,
  recognises: output =>
    output.lines.some(line => isHeader(cellsOf(line)) || CSV.test(line)) || output.documents.some(isDocument),
  read(output) {
    const documents = output.documents.filter(isDocument)
    if (documents.length > 0) return readDocuments(documents)
    const csv = output.lines.findIndex(line => CSV.test(line))
    return csv < 0 ? readTables(output) : readCsv(output.lines.slice(csv + 1))
  },
}

function isDocument(document: unknown): boolean {
  const results = listAt(document, 'results')
  return (
    results.length > 0 &&
    results.every(
      each => textAt(each, 'name') !== undefined && memberOf(each, 'median(elapsed)') !== undefined,
    )
  )
}

function readDocuments(documents: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const row of documents.flatMap(document => listAt(document, 'results'))) {
    const name = textAt(row, 'name')!
    const measured = listAt(row, 'measurements').flatMap(each => numberAt(each, 'elapsed') ?? [])
    const value = numberAt(row, 'median(elapsed)') ?? (measured.length > 0 ? median(measured) : undefined)
    if (value === undefined) return unread(quotedLine(name), 'median')
    const instructions = numberAt(row, 'median(instructions)')
    const iterations =
      numberAt(row, 'sum(iterations)') ??
      listAt(row, 'measurements').reduce<number>((sum, each) => sum + (numberAt(each, 'iterations') ?? 0), 0)
    results.push({
      name,
      ...amountOf({ value }, SECONDS),
      ...(iterations > 0 && { iterations }),
      ...(instructions !== undefined && instructions > 0 && { metrics: { instructions } }),
    })
  }
  return success(results)
}

const CSV = /^"title";"name";"unit";"batch";"elapsed";/
/** Title, name and unit are not escaped; figures follow. */
const CSV_ROW = /^"(.*?)";"(.*)";"([^"]*)";([^;"]+);([^;"]+);([^;"]*);([^;"]*);/

function readCsv(lines: readonly string[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const line of lines) {
    const row = CSV_ROW.exec(line)
    if (!row) {
      if (line.startsWith('"') && !CSV.test(line)) return unread(quotedLine(line), 'csv-row')
      continue
    }
    const [value, instructions] = [readNumber(row[5]!), readNumber(row[7]!)]
    if (value === undefined) return unread(quotedLine(line), 'time')
    const counted = instructions !== undefined && instructions > 0
    results.push({
      name: row[2]!,
      ...amountOf({ value, digits: row[5]! }, SECONDS),
      ...(counted && { metrics: { instructions } }),
    })
  }
  return success(results)
}

function cellsOf(line: string): readonly string[] {
  if (!line.startsWith('|')) return []
  return line
    .split('|')
    .slice(1)
    .map(cell => cell.trim())
}

const TIME = /^(ps|ns|us|µs|ms|s)\/(\S+)$/

function isHeader(cells: readonly string[]): boolean {
  return cells.some(cell => TIME.test(cell)) && cells.includes('err%') && cells.includes('total')
}

function readTables({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  let columns: readonly string[] | undefined
  for (const line of lines) {
    const cells = cellsOf(line)
    if (cells.length === 0) {
      columns = undefined
      continue
    }
    if (isHeader(cells)) {
      columns = cells
      continue
    }
    if (!columns || /^-+:?$/.test(cells[0]!) || cells.length < columns.length) continue
    const at = columns.findIndex(column => TIME.test(column))
    const unit = readUnit(TIME.exec(columns[at]!)![1]!)!
    const value = readNumber(cells[at]!)
    // The last cell is the name: `` `sort` ``, with a sign before it when the measurement was unstable; a name may have bars of its own.
    const name = cells
      .slice(columns.length - 1)
      .join(' | ')
      .replace(/^:wavy_dash:\s*/, '')
      .replace(/\s*\(Unstable with.*$/, '')
      .replace(/^`(.*)`$/, '$1')
    if (value === undefined) return unread(quotedLine(line), 'time')
    const ins = columns.findIndex(column => /^ins\//.test(column))
    const instructions = ins < 0 ? undefined : readNumber(cells[ins]!)
    results.push({
      name,
      ...amountOf({ value, digits: cells[at]! }, unit),
      ...(instructions !== undefined && { metrics: { instructions } }),
    })
  }
  return success(results)
}
