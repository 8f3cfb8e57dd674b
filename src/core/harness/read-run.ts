import type { Metric } from '../model/metric.ts'
import type { HarnessFormat, ValueFormat } from '../model/plan.ts'
import { type Failure, failed, type Success, success } from '../model/result.ts'
import { median } from '../statistics/median.ts'
import type { PrintedWith } from './fault-says.ts'
import { type Output, outputOf } from './output.ts'
import { type Matcher, readPlain } from './plain-values.ts'
import { finest, type PrintedStep } from './printed-step.ts'
import { type Fault, fault, type HarnessResult, quotedLine, type ResultsRead } from './result.ts'
import { failureOf, lastLinesOf, lostOutput, type RunEnd } from './run-end.ts'
import { HARNESSES, recognise } from './table.ts'
import { readUnit } from './units.ts'
import { lineLikeAResult } from './unrecognised.ts'

/** The value of one run in the benchmark's unit, or its fault. */
export type Reading = (Success<number> & ReadingDetails) | Failure<Fault>

/** What is known of a value in addition to its amount. */
export interface ReadingDetails {
  readonly iterations?: number
  /** The base unit of the value, where the output tells one. */
  readonly unit?: string
  /** What is printed with a value without a name. */
  readonly told?: PrintedWith
  /** How coarsely it was printed; absent for counts and for what the gate measures itself. */
  readonly step?: PrintedStep
}

/** How a value is to be read: in a format, in a unit, of a metric. */
export interface Wanted {
  readonly format: ValueFormat
  /** For rows of a harness: the base unit that the first run printed. */
  readonly unit?: string
  readonly metric?: Metric
}

/** One run, whose output is taken apart once however many values are read from it. */
export interface OpenRun {
  readonly read: (wanted: Wanted) => Reading
  /** All results of a harness by name. */
  readonly results: (harness: HarnessFormat['harness']) => ResultsRead
  /** CPU time of the run and its children, where it is known. */
  readonly cpuSeconds: number | undefined
  /** What it printed on standard output, where it ended well. */
  readonly printed: string | undefined
}

/** Ratios of values between one over this and this stay finite. */
const LARGEST = 1e100

/** Opens one run for reading. */
export function openRun(run: RunEnd, match: Matcher): OpenRun {
  let output: Output | undefined
  const byHarness = new Map<string, ResultsRead>()
  const opened = () => (output ??= outputOf(run.stdout))
  const failure = failureOf(run)
  function results(name: HarnessFormat['harness']): ResultsRead {
    if (failure) return failed(failure)
    const lost = lostOutput(run)
    if (lost) return failed(lost)
    const known = byHarness.get(name)
    if (known) return known
    const found = resultsIn(opened(), name)
    byHarness.set(name, found)
    return found
  }
  function read(wanted: Wanted): Reading {
    const reading = valueIn(wanted)
    if (reading.ok) return reading
    const said = lastLinesOf(run)
    return said.length === 0 ? reading : failed({ ...reading.fault, lastLines: said })
  }
  function valueIn({ format, unit, metric = 'time' }: Wanted): Reading {
    if (failure) return failed(failure)
    if (metric === 'memory' && (format.kind !== 'harness' || format.row === undefined)) return memoryOf(run)
    if (metric === 'cpu-time' && format.kind === 'harness' && format.row === undefined) return cpuTimeOf(run)
    if (format.kind === 'wall' && (metric === 'allocations' || metric === 'allocated-bytes'))
      return fault('silent', { rule: 'metric-needs-harness', metric })
    if (format.kind === 'wall')
      return metric === 'cpu-time' ? cpuTimeOf(run) : checked([run.seconds], { verb: 'took', zero: false })
    if (format.kind === 'harness') {
      const found = results(format.harness)
      return found.ok ? rowOf(found.value, { row: format.row, unit, metric }) : found
    }
    const lost = lostOutput(run)
    if (lost) return failed(lost)
    const found = readPlain(opened(), format, match)
    if (!found.ok) return found
    const { value, ...details } = found.value
    const reading = checked([value], {
      verb: 'printed',
      zero: format.kind !== 'seconds' && format.kind !== 'milliseconds' && mayBeZero(details.unit ?? unit),
    })
    return reading.ok ? { ...reading, ...details } : reading
  }
  return { read, results, cpuSeconds: run.cpuSeconds, printed: failure ? undefined : run.stdout }
}

function cpuTimeOf({ cpuSeconds }: RunEnd): Reading {
  if (cpuSeconds !== undefined) return checked([cpuSeconds], { verb: 'took', zero: false })
  return fault('no-cpu-time', { rule: 'no-cpu-time' })
}

function memoryOf({ peakBytes }: RunEnd): Reading {
  if (peakBytes !== undefined) return checked([peakBytes], { verb: 'took', zero: false })
  return fault('no-memory', { rule: 'no-memory' })
}

/** Reads one value of one run. */
export function readRun(run: RunEnd, wanted: Wanted | ValueFormat, match: Matcher): Reading {
  return openRun(run, match).read('kind' in wanted ? { format: wanted } : wanted)
}

function resultsIn(output: Output, name: HarnessFormat['harness']): ResultsRead {
  const harness = name === 'auto' ? recognise(output) : HARNESSES[name]
  if (!harness) {
    const first = lineLikeAResult(output.text) ?? output.lines.find(line => line.trim() !== '') ?? ''
    return fault('unreadable', { rule: 'no-harness', first: quotedLine(first) })
  }
  const read = harness.read(output)
  if (!read.ok) return read
  if (read.value.length > 0) return harness.repeats ? read : success(eachOnce(read.value))
  const first = output.lines.find(line => line.trim() !== '') ?? ''
  return fault('silent', { rule: 'no-results', harness: harness.title, first: quotedLine(first) })
}

/** Nothing distinguishes two benchmarks of one name; taken as one row, a change of either would hide in the other. */
function eachOnce(results: readonly HarnessResult[]): readonly HarnessResult[] {
  const counts = new Map<string, number>()
  for (const { name } of results) counts.set(name, (counts.get(name) ?? 0) + 1)
  return results.map(result => {
    const count = counts.get(result.name)!
    return count === 1 ? result : { ...result, failed: { rule: 'same-name', count } }
  })
}

interface WantedRow {
  readonly row: string | undefined
  readonly unit: string | undefined
  readonly metric: Metric
}

/** One row's value: the median of its repetitions, because those of one run are not independent. */
function rowOf(results: readonly HarnessResult[], { row, unit, metric }: WantedRow): Reading {
  if (row === undefined) {
    const names = new Set(results.map(result => result.name))
    return fault('ambiguous', { rule: 'none-asked-for', results: names.size })
  }
  const own = results.filter(({ name }) => name === row)
  if (own.length === 0) return fault('silent', { rule: 'no-row', row: quotedLine(row) })
  const failed = own.find(result => result.failed !== undefined)
  if (failed) return fault('failed', failed.failed!)
  const values = own.map(result => (metric === 'time' ? result.value : result.metrics?.[metric]))
  if (values.some(value => value === undefined))
    return fault('silent', { rule: 'no-metric', metric, row: quotedLine(row) })
  const other = metric === 'time' ? own.find(result => unit !== undefined && result.unit !== unit) : undefined
  if (other)
    return fault('unit', {
      rule: 'row-in-other-unit',
      row: quotedLine(row),
      unit: other.unit,
      before: unit!,
    })
  const iterations = own.every(result => result.iterations !== undefined)
    ? own.reduce((sum, result) => sum + result.iterations!, 0)
    : undefined
  const zero = metric !== 'time' || mayBeZero(own[0]!.unit)
  const reading = checked(values as number[], { verb: 'printed', zero })
  const step = metric === 'time' || metric === 'cpu-time' ? stepOfRow(own, metric) : undefined
  if (!reading.ok) return reading
  return { ...reading, ...(iterations !== undefined && { iterations }), ...(step && { step }) }
}

/** A median is rounded no more than the values that it is one of. */
function stepOfRow(own: readonly HarnessResult[], metric: 'time' | 'cpu-time'): PrintedStep | undefined {
  return finest(own.map(result => (metric === 'time' ? result.step : result.cpuStep)))
}

/** A count may be none; a time or a rate of zero was not measured. */
function mayBeZero(unit: string | undefined): boolean {
  const base = readUnit(unit ?? '')?.base
  return base !== 's' && base !== 'ops/s' && base !== 'B/s'
}

interface Check {
  readonly verb: 'printed' | 'took'
  /** Whether zero is a value: a count may be none, a time may not. */
  readonly zero: boolean
}

function checked(values: readonly number[], { verb, zero }: Check): Reading {
  for (const value of values) {
    if (Number.isNaN(value)) return fault('nan', { rule: 'nan', verb })
    if (!Number.isFinite(value)) return fault('infinite', { rule: 'infinite', verb })
    if (value < 0) return fault('negative', { rule: 'negative', verb, value })
    if (value === 0 && !zero) return fault('zero', { rule: 'zero', verb })
    if (value !== 0 && (value > LARGEST || value < 1 / LARGEST))
      return fault('out-of-range', { rule: 'out-of-range', verb, value })
  }
  return success(median(values))
}
