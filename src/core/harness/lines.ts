import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { fault, type HarnessResult, quotedLine } from './result.ts'
import { readNumber, readUnit } from './units.ts'

/**
 * The plain form for programs without a harness: a line `NAME VALUE UNIT` for each result, for example `parse/small 12.5 ms`. A name
 * may hold spaces; `:` or `=` may follow it. Lines of another form are passed over, but one that begins so and cannot be read is a fault.
 */
export const lines: Harness = {
  name: 'lines',
  title: 'lines of NAME VALUE UNIT',
  boundByTime: false,
  recognises: () => false,
  read(output) {
    const results: HarnessResult[] = []
    for (const line of output.lines) {
      const found = line.length > LONGEST ? null : LINE.exec(line)
      if (!found) continue
      const [, name, number, unitText = ''] = found
      const value = readNumber(number!)
      const unit = readUnit(unitText)
      // A sentence that ends in a number and a word is no result; one whose value has an unknown unit must not be lost.
      if (value === undefined) continue
      if (unit === undefined)
        return fault('unit', `printed ${quotedLine(line)}, whose unit ${quotedLine(unitText)} is not known`)
      results.push({ name: name!.trim(), value: value * unit.factor, unit: unit.base })
    }
    return success(results)
  },
}

/** No result's line is as long as this. */
const LONGEST = 1000

const LINE =
  /^\s*(\S(?:.{0,500}?\S)?)\s*(?::\s+|=\s*|\s)([+-]?[\d.,_]*\d(?:\.|[eE][+-]?\d+)?|nan|inf)\s*([\p{L}%][^\s]{0,30})?\s*$/iu
