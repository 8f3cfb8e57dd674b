import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { listAt, memberOf, membersOf, numberAt, textAt } from './json-members.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, quotedValue, type ResultsRead } from './result.ts'
import type { Unit } from './units.ts'

/**
 * asv (airspeed velocity): the JSON that it writes for a commit, in which a benchmark has a value for each combination of its
 * parameters. Its names tell what it measures: `time_…` seconds, `mem_…` and `peakmem_…` bytes, `track_…` plain numbers.
 */
export const asv: Harness = {
  name: 'asv',
  title: 'asv',
  boundByTime: true,
  recognises: output => output.documents.some(isResult),
  read(output) {
    const results: HarnessResult[] = []
    for (const document of output.documents.filter(isResult)) {
      const columns = listAt(document, 'result_columns')
      for (const [name, row] of Object.entries(membersOf(memberOf(document, 'results'))!)) {
        const read = rowsOf(name, row, columns)
        if (!read.ok) return read
        results.push(...read.value)
      }
    }
    return success(results)
  },
}

function isResult(document: unknown): boolean {
  return (
    membersOf(memberOf(document, 'results')) !== undefined &&
    numberAt(document, 'version') !== undefined &&
    (textAt(document, 'commit_hash') !== undefined || listAt(document, 'result_columns').length > 0)
  )
}

function rowsOf(name: string, row: unknown, columns: readonly unknown[]): ResultsRead {
  const cell = (column: string): unknown =>
    Array.isArray(row) ? row[Math.max(0, columns.indexOf(column))] : memberOf(row, column)
  const values = Array.isArray(row) && columns.length === 0 ? row[0] : cell('result')
  const parameters: unknown = Array.isArray(row)
    ? columns.includes('params')
      ? row[columns.indexOf('params')]
      : []
    : memberOf(row, 'params')
  const labels = combinations(Array.isArray(parameters) ? parameters : [])
  const list: readonly unknown[] = Array.isArray(values) ? values : [values]
  if (values === null) return success([{ name, value: 0, unit: unitOf(name), failed: { rule: 'failed' } }])
  if (list.length > MOST_ROWS)
    return fault('flood', { rule: 'too-many-values', most: MOST_ROWS, name: quotedLine(name) })
  const results: HarnessResult[] = []
  for (const [at, value] of list.entries()) {
    const label = list.length > 1 ? `${name}(${labels[at] ?? at + 1})` : name
    if (value === null)
      results.push({ name: label, value: 0, unit: unitOf(name), failed: { rule: 'failed' } })
    // What it skips is no number, which JSON has no form for.
    else if (value === 'NaN')
      results.push({ name: label, value: 0, unit: unitOf(name), failed: { rule: 'skipped' } })
    else if (typeof value === 'number')
      results.push({ name: label, ...amountOf({ value, unitText: '' }, { base: unitOf(name), factor: 1 }) })
    else
      return fault('unreadable', {
        rule: 'unread-of',
        value: quotedValue(value),
        name: quotedLine(label),
      })
  }
  return success(results)
}

const MOST_ROWS = 10_000

function unitOf(name: string): Unit['base'] {
  const own = name.slice(name.lastIndexOf('.') + 1)
  if (/^(?:time|timeraw)_/i.test(own)) return 's'
  return /^(?:peak)?mem_/i.test(own) ? 'B' : ''
}

/** The values of each combination of parameters, the last one changing fastest. */
function combinations(parameters: readonly unknown[]): readonly string[] {
  let labels: readonly string[] = ['']
  for (const values of parameters) {
    if (!Array.isArray(values) || labels.length * values.length > MOST_ROWS) return []
    labels = labels.flatMap(label =>
      values.map(value => (label === '' ? String(value) : `${label}, ${String(value)}`)),
    )
  }
  return labels
}
