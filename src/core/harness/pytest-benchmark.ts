import { success } from '../model/result.ts'
import type { Arrangement, Harness } from './harness.ts'
import { listAt, memberOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, quotedValue, type ResultsRead, unread } from './result.ts'
import { readNumber, readUnit, SECONDS } from './units.ts'

/**
 * pytest-benchmark: its tables, each of which picks its unit by the size of its values and tells it in its first cell, and the JSON of
 * `--benchmark-json`. pytest reads arguments from PYTEST_ADDOPTS too, so that it may be called by anything.
 */
export const pytestBenchmark: Harness = {
  name: 'pytest-benchmark',
  title: 'pytest-benchmark',
  boundByTime: true,
  recognises: output => output.lines.some(line => HEADER.test(line)) || output.documents.some(isDocument),
  read(output) {
    const documents = output.documents.filter(isDocument)
    return documents.length > 0 ? readDocuments(documents) : readTables(output)
  },
  short: run =>
    withOptions(run, /--benchmark-(?:max-time|min-rounds|min-time)\b/, [
      '--benchmark-max-time=0.1',
      '--benchmark-min-rounds=3',
      '--benchmark-min-time=0.000005',
    ]),
  select(run, names) {
    const tests = [...new Set(names.map(name => name.replace(/\[.*$/s, '')))]
    if (!tests.every(test => /^\w+$/.test(test))) return undefined
    return withOptions(run, /(?:^|\s)-k\b/, [`-k '${tests.join(' or ')}'`])
  },
}

function withOptions(run: Arrangement, given: RegExp, options: readonly string[]): Arrangement | undefined {
  if (given.test(run.command)) return undefined
  const words = [run.env?.PYTEST_ADDOPTS, ...options].filter(word => word !== undefined)
  return { ...run, env: { ...run.env, PYTEST_ADDOPTS: words.join(' ') } }
}

function isDocument(document: unknown): boolean {
  const rows = listAt(document, 'benchmarks')
  return (
    memberOf(document, 'machine_info') !== undefined &&
    rows.every(row => memberOf(row, 'stats') !== undefined)
  )
}

function readDocuments(documents: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const row of documents.flatMap(document => listAt(document, 'benchmarks'))) {
    const name = textAt(row, 'name')
    const stats = memberOf(row, 'stats')
    const value = numberAt(stats, 'median')
    if (name === undefined || value === undefined)
      return fault('unreadable', { rule: 'no-name-or-median', text: quotedValue(row) })
    const [rounds, each] = [numberAt(stats, 'rounds') ?? 0, numberAt(stats, 'iterations') ?? 0]
    results.push({
      name,
      ...amountOf({ value }, SECONDS),
      ...(rounds * each > 0 && { iterations: rounds * each }),
    })
  }
  return success(results)
}

const HEADER = /^Name \(time in (\S+)\)\s+(.*)$/

function readTables({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  let table: { readonly columns: readonly string[]; readonly factor: number } | undefined
  for (const line of lines) {
    const header = HEADER.exec(line)
    if (header) {
      const unit = readUnit(header[1]!)
      const columns = header[2]!.trim().split(/\s{2,}|\s(?=[A-Z])/)
      if (!unit || !columns.includes('Median')) return unread(quotedLine(line), 'median-column')
      table = { columns, factor: unit.factor }
      continue
    }
    if (!table || /^-+$/.test(line)) continue
    if (line.trim() === '') {
      table = undefined
      continue
    }
    const row = readRow(line, table)
    if (!row) return unread(quotedLine(line), 'table-row')
    results.push(row)
  }
  return success(results)
}

/** Cells of figures, each with its relation to the best of the column in brackets, after a name that may hold anything. */
const FIGURES = /\s+(?:\d+;\d+|-?(?:[\d,]+\.?\d*|inf|nan)(?: \([^()]*\))?)/g

function readRow(
  line: string,
  { columns, factor }: { readonly columns: readonly string[]; readonly factor: number },
): HarnessResult | undefined {
  const cells: string[] = line.match(FIGURES) ?? []
  const own = cells.slice(-columns.length)
  if (own.length < columns.length) return undefined
  const figures = own.join('')
  const name = line.slice(0, line.length - figures.length).trim()
  const digitsOf = (column: string) => (own[columns.indexOf(column)] ?? '').replace(/\(.*$/, '')
  const cell = (column: string) => readNumber(digitsOf(column))
  const value = cell('Median')
  if (name === '' || !line.endsWith(figures) || value === undefined) return undefined
  const [rounds, each] = [cell('Rounds') ?? 0, cell('Iterations') ?? 0]
  const amount = amountOf({ value, digits: digitsOf('Median') }, { base: 's', factor })
  return { name, ...amount, ...(rounds * each > 0 && { iterations: rounds * each }) }
}
