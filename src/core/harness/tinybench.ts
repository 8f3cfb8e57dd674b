import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, unread } from './result.ts'
import { readNumber, readUnit } from './units.ts'

/** tinybench: `console.table(bench.table())`, whose columns carry their unit in brackets and differ from version to version. */
export const tinybench: Harness = {
  name: 'tinybench',
  title: 'tinybench',
  boundByTime: true,
  recognises: output => output.lines.some(line => isHeader(cellsOf(line))),
  read({ lines }) {
    const results: HarnessResult[] = []
    let columns: readonly string[] | undefined
    for (const line of lines) {
      const cells = cellsOf(line)
      if (cells.length === 0) continue
      if (isHeader(cells)) {
        columns = cells
        continue
      }
      if (columns && cells.length > columns.length) return unread(quotedLine(line), 'fewer-cells')
      if (!columns || cells.length !== columns.length) continue
      const at = COLUMNS.map(pattern => columns!.findIndex(column => pattern.test(column))).find(
        index => index >= 0,
      )!
      const unit = readUnit(/\((\S+)\)/.exec(columns[at]!)?.[1] ?? '\0')
      const digits = unquoted(cells[at]!).replace(/\s*±.*$/, '')
      const value = readNumber(digits)
      const name = unquoted(cells[columns.findIndex(column => NAME.test(column))]!)
      if (value === undefined || !unit) {
        const failed = columns.findIndex(column => /^Error$/i.test(column))
        if (failed >= 0)
          results.push({
            name,
            value: 0,
            unit: 's',
            failed: { rule: 'failed-with', text: quotedLine(cells[failed]!) },
          })
        else return fault('unreadable', { rule: 'unread-cell', text: quotedLine(line), column: columns[at]! })
        continue
      }
      const samples = readNumber(cells[columns.findIndex(column => /^Samples$/i.test(column))] ?? '')
      results.push({
        name,
        ...amountOf({ value, digits }, unit),
        ...(samples !== undefined && samples > 0 && { iterations: samples }),
      })
    }
    return success(results)
  },
}

const NAME = /^Task name$/i
/** Best first: a median is steadier than a mean. */
const COLUMNS = [/^Latency med(?:ian)? \(/i, /^Latency avg|^Latency average/i, /^Average Time \(/i]

function cellsOf(line: string): readonly string[] {
  if (!line.startsWith('│')) return []
  return line
    .split('│')
    .slice(1, -1)
    .map(cell => cell.trim())
}

function isHeader(cells: readonly string[]): boolean {
  return (
    cells.some(cell => NAME.test(cell)) && COLUMNS.some(pattern => cells.some(cell => pattern.test(cell)))
  )
}

function unquoted(cell: string): string {
  return /^'.*'$|^".*"$/.test(cell) ? cell.slice(1, -1) : cell
}
