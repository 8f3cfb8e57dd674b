import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, unread } from './result.ts'
import { readNumber, readUnit } from './units.ts'

/**
 * The plain form for programs without a harness: a line `NAME VALUE UNIT` for each result, for example `parse/small 12.5 ms`. A name
 * may hold spaces; `:` or `=` may follow it. Lines of another form are passed over, but one that begins so and cannot be read is a fault.
 */
export const lines: Harness = {
  name: 'lines',
  title: 'lines of NAME VALUE UNIT',
  boundByTime: false,
  repeats: true,
  recognises: () => false,
  read(output) {
    const results: HarnessResult[] = []
    for (const line of output.lines) {
      const found = line.length > LONGEST ? null : LINE.exec(line.replace(NARROW, '_'))
      if (!found) {
        if (line.length <= LONGEST && hasUnreadValue(line)) return noNumber(line)
        continue
      }
      const [, name, number, unitText = ''] = found
      const value = readNumber(number!)
      const unit = readUnit(unitText)
      // A version at the end of a sentence is no result; a value that is not read must not be lost.
      if (value === undefined && unitText !== '' && unit) return noNumber(line)
      if (value === undefined) continue
      if (THOUSANDS.test(number!)) return noNumber(line)
      if (unit === undefined)
        return fault('unit', { rule: 'unknown-unit', text: quotedLine(line), unit: quotedLine(unitText) })
      if (unit.base === '' ? RESULT_BEFORE.test(name!) : MORE.test(name!)) return severalOn(line)
      if (unit.base === 's' && TIME_BEFORE.test(name!)) return severalOn(line)
      results.push({ name: name!.trim(), ...amountOf({ value, digits: number!, unitText }, unit) })
    }
    return success(results)
  },
}

const WORD = '(?:[nuµμm]?s|sec|[kKMGT]i?B|ops|req)(?:/\\w+)?'

/** No result's line is as long as this. */
const LONGEST = 1000

const LINE =
  /^\s*(\S(?:.{0,500}?\S)??)(?:\s*[:=]\s+|=|\s+)([+-]?[\d.,_']*\d(?:\.|[eE][+-]?\d+)?|nan|inf)\s*((?:[kMGT] )?[\p{L}%]\S{0,30}(?: per \p{L}{1,20})?)?\s*$/iu

/** Blanks that part groups of three digits and nothing else. */
const NARROW = /(?<=\d)[\u00a0\u2009\u202f](?=\d{3})/g

/** A value with a unit of a quantity, in a form that is not read: `0x10 ns`, `infinity ms`, `a:12ms`, `~12 ms`, `12±1 ms`. */
const UNREAD =
  /(?:[\s=]([+-]?(?:\d[\w.,_'’]*|infinity))\s+|(?::|[~<>≈±]\s?)[+-]?\d[\d.,_'’]*\s*)(\p{L}[\p{L}/]{0,15})\s*$/iu
/** The last group of a number in which blanks part the thousands: `12 045 ns`. */
const THOUSANDS = /^0\d/

function hasUnreadValue(line: string): boolean {
  const unit = readUnit(UNREAD.exec(line)?.[2] ?? '')
  return unit !== undefined && unit.base !== ''
}

/**
 * A name that holds measured values itself: `avg=1.2ms`, `7 ns ± 1 ns`, `2.2 MB`. Taken for a name it would be another one in each run,
 * and the last value of a line is not the one that is meant. Whole sizes and times are parameters: `copy/4 KB`.
 */
const MORE = new RegExp(
  `±|\\+/-|=[\\d.,]*\\d ?${WORD}(?![\\p{L}\\d])|(?<![\\p{L}\\d.])\\d[\\d,]*\\.\\d+ ?${WORD}(?![\\p{L}\\d])`,
  'u',
)

/** Values before one without a quantity: `12 ns/op 3 allocs/op`, `12 ms ± 1`. */
const RESULT_BEFORE = new RegExp(
  `±|\\+/-|(?<![\\p{L}\\d.])\\d[\\d.,]* ?[\\p{L}]{1,12}/op(?![\\p{L}])|${MORE.source}`,
  'u',
)

/** A time with a blank before its unit is measured and no parameter: `12 ns 13 ns`. */
const TIME_BEFORE = /(?<![\p{L}\d.])\d[\d.,]* (?:[nuµμm]s|s|sec)(?:\/\w+)?(?![\p{L}\d])/u

const severalOn = (line: string) =>
  fault('ambiguous', { rule: 'unread', text: quotedLine(line), lacks: 'one-value' })

const noNumber = (line: string) => unread(quotedLine(line), 'readable-value')
