import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { memberOf, membersOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, quotedValue, type ResultsRead } from './result.ts'
import { readNumber, readUnit, type Unit } from './units.ts'

/** The custom JSON of github-action-benchmark: a list of `{"name", "unit", "value"}`; which way is better follows from the unit. */
export const customJson: Harness = {
  name: 'github-action-benchmark',
  title: "github-action-benchmark's custom JSON",
  boundByTime: false,
  recognises: output => output.documents.some(isCustomList),
  read: output => readRows(output.documents.filter(isCustomList).flat()),
}

/** A JSON object a line, each with a name, a value, and its unit or a member that names it (`median_ns`). */
export const jsonLines: Harness = {
  name: 'json-lines',
  title: 'JSON lines',
  boundByTime: false,
  repeats: true,
  recognises: () => false,
  read: output => readRows(rowsOf(output)),
}

/** Every document that is a row, or a list of rows; others are log lines. One that has a unit or an empty value lost its value. */
function rowsOf({ documents }: Output): readonly unknown[] {
  return documents.flat().filter(each => {
    if (namedIn(each) === undefined) return false
    return measuredIn(each) !== undefined || unitIn(each) !== undefined || memberOf(each, 'value') === null
  })
}

function isCustomList(document: unknown): document is readonly unknown[] {
  return (
    Array.isArray(document) &&
    document.length > 0 &&
    document.every(
      each =>
        textAt(each, 'name') !== undefined &&
        textAt(each, 'unit') !== undefined &&
        memberOf(each, 'value') !== undefined,
    )
  )
}

function readRows(rows: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  for (const row of rows) {
    const name = namedIn(row)!
    const measured = measuredIn(row)
    const found = measured && asNumber(measured)
    if (!found) {
      results.push({
        name,
        value: 0,
        unit: 's',
        failed: { rule: 'unread', text: quotedValue(row), lacks: 'value' },
      })
      continue
    }
    const unit: Unit | undefined = readUnit(found.unit)
    const text = quotedValue(row)
    // The other results of the run are as good as ever.
    if (!unit) {
      results.push({ ...NONE, name, failed: { rule: 'unknown-unit', text, unit: quotedLine(found.unit) } })
      continue
    }
    if (typeof found.value !== 'number') {
      results.push({ ...NONE, name, failed: { rule: 'unread', text, lacks: 'number' } })
      continue
    }
    const iterations = numberAt(row, 'iterations') ?? numberAt(row, 'iters')
    results.push({
      name,
      ...amountOf(
        {
          value: found.value,
          unitText: found.unit,
          ...(found.digits !== undefined && { digits: found.digits }),
        },
        unit,
      ),
      ...(iterations !== undefined && iterations > 0 && { iterations }),
    })
  }
  return success(results)
}

const NONE = { value: 0, unit: 's' } as const

interface Measured {
  readonly value: unknown
  readonly unit: string
  /** As it is written, where it is a text. */
  readonly digits?: string
}

/** A number that is written as a text, `"12.5"` or `"12.5 ms"`. */
function asNumber(measured: Measured): Measured {
  if (typeof measured.value !== 'string') return measured
  const [, digits = '', unitText = ''] =
    /^\s*([+-]?[\d.,]*\d(?:[eE][+-]?\d+)?)\s*(\S{0,30})\s*$/.exec(measured.value) ?? []
  const value = readNumber(digits)
  if (value === undefined || (unitText !== '' && measured.unit !== '')) return measured
  return { value, digits, unit: unitText === '' ? measured.unit : unitText }
}

const NAMES = ['name', 'benchmark', 'bench', 'id', 'title', 'test'] as const
const VALUES = [
  'value',
  'median',
  'mean',
  'avg',
  'time',
  'duration',
  'elapsed',
  'latency',
  'real_time',
  'result',
] as const
/** What is better the more there is of it. */
const RATES = ['throughput', 'ops_per_sec', 'ops_per_second', 'rps', 'hz'] as const
const UNIT_MEMBERS = ['unit', 'units', 'time_unit'] as const
const ENDINGS = ['ns', 'us', 'ms', 's', 'seconds', 'sec', 'bytes', 'ops_per_sec'] as const

function namedIn(row: unknown): string | undefined {
  return NAMES.map(name => textAt(row, name)).find(name => name !== undefined)
}

function measuredIn(row: unknown): Measured | undefined {
  const members = membersOf(row)
  if (!members) return undefined
  const unit = unitIn(row)
  for (const name of VALUES) {
    const value = memberOf(row, name)
    if (value !== undefined && value !== null && typeof value !== 'object') return { value, unit: unit ?? '' }
    for (const ending of ENDINGS) {
      const suffixed = memberOf(row, `${name}_${ending}`)
      if (typeof suffixed === 'number')
        return { value: suffixed, unit: unit ?? ending.replace('ops_per_sec', 'ops/s') }
    }
  }
  const rate = RATES.find(name => typeof memberOf(row, name) === 'number')
  if (rate !== undefined) return { value: memberOf(row, rate), unit: unit ?? 'ops/s' }
  // Nobody knows which way a score is better, unless its unit says so.
  const score = memberOf(row, 'score')
  if (typeof score === 'number') return { value: score, unit: unit ?? 'score' }
  // A member may be called by its unit: `ns_per_op`.
  const own = Object.keys(members).find(
    key => typeof members[key] === 'number' && isUnit(key.replace(/_per_/, '/')),
  )
  return own === undefined ? undefined : { value: members[own], unit: own.replace(/_per_/, '/') }
}

const isUnit = (text: string) => text.length > 1 && (readUnit(text)?.base ?? '') !== ''

function unitIn(row: unknown): string | undefined {
  return UNIT_MEMBERS.map(name => textAt(row, name)).find(name => name !== undefined)
}
