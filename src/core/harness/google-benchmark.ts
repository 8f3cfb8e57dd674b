import type { Metric } from '../model/metric.ts'
import { success } from '../model/result.ts'
import type { Arrangement, Harness } from './harness.ts'
import { listAt, memberOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine, quotedValue, type ResultsRead, unread } from './result.ts'
import { anyOf } from './select-names.ts'
import { readNumber, readUnit } from './units.ts'

/**
 * Google Benchmark: its JSON (`--benchmark_format=json`) and its console table. Every flag can be given as an environment
 * variable too (docs/user_guide.md, "Passing arguments"), so that wrappers of any kind do no harm.
 */
export const googleBenchmark: Harness = {
  name: 'google-benchmark',
  title: 'Google Benchmark',
  boundByTime: true,
  repeats: true,
  recognises: output => documentsOf(output).length > 0 || tableAt(output) >= 0 || csvAt(output) >= 0,
  read(output) {
    const documents = documentsOf(output)
    if (documents.length > 0) return success(apart(documents.flatMap(readDocument)))
    const start = tableAt(output)
    const csv = csvAt(output)
    if (csv >= 0) return readCsv(output.lines.slice(csv))
    if (start < 0) return fault('unreadable', { rule: 'no-output-of', harness: 'Google Benchmark' })
    return readTable(output.lines.slice(start + 1))
  },
  print: run => withFlag(run, 'format', 'json'),
  // Without a unit, which versions before 1.8 do not know.
  short: run => withFlag(run, 'min_time', '0.02'),
  select: (run, names) => withFlag(run, 'filter', anyOf(names)),
  exactly: (run, count) => withFlag(run, 'min_time', `${count}x`),
  list: {
    arrange: run => withFlag(run, 'list_tests', 'true'),
    read: output => output.lines.map(line => line.trim()).filter(line => line !== ''),
  },
}

/** A flag that the command line itself gives stays as it is. */
function withFlag(run: Arrangement, flag: string, value: string): Arrangement | undefined {
  if (new RegExp(`--benchmark_${flag}\\b`).test(run.command)) return undefined
  return { ...run, env: { ...run.env, [`BENCHMARK_${flag.toUpperCase()}`]: value } }
}

/** One for each program that the command runs. */
function documentsOf(output: Output): readonly unknown[] {
  return output.documents.filter(
    document =>
      Array.isArray(memberOf(document, 'benchmarks')) &&
      typeof memberOf(document, 'context') === 'object' &&
      // pytest-benchmark has a list of this name too, with other members.
      memberOf(document, 'machine_info') === undefined &&
      listAt(document, 'benchmarks').every(each => typeof memberOf(each, 'name') === 'string'),
  )
}

/** A result, and which benchmark of which program gave it: repetitions of one share that. */
interface Placed {
  readonly result: HarnessResult
  readonly of: string
}

/** Two benchmarks may have one name; compared as one row, a change of either would hide in the other. */
function apart(placed: readonly Placed[]): readonly HarnessResult[] {
  const owners = new Map<string, Set<string>>()
  for (const { result, of } of placed) owners.set(result.name, (owners.get(result.name) ?? new Set()).add(of))
  return placed.map(({ result }) => {
    const { size } = owners.get(result.name)!
    return size === 1 ? result : { ...result, failed: { rule: 'same-name', count: size } }
  })
}

function readDocument(document: unknown, at: number): readonly Placed[] {
  const all = listAt(document, 'benchmarks')
  const kind = kinds(new Set(all.flatMap(row => textAt(row, 'name') ?? [])))
  const rows = all.map(row => ({ row, ...typedKind(row, kind) }))
  const repeated = new Set(rows.flatMap(({ aggregate, name }) => (aggregate === undefined ? [name] : [])))
  return rows.flatMap(({ row, name, aggregate }) => {
    // With the single repetitions at hand their aggregates would count them twice; a benchmark may show its aggregates only.
    if (aggregate !== undefined && (repeated.has(name) || aggregate !== 'median')) return []
    const of = [at, numberAt(row, 'family_index'), numberAt(row, 'per_family_instance_index')].join()
    const result = resultOf(row, name)
    return [{ result: aggregate === undefined ? result : withoutIterations(result), of }]
  })
}

/** An aggregate counts its repetitions there. */
function withoutIterations({ iterations: _, ...result }: HarnessResult): HarnessResult {
  return result
}

interface Kind {
  readonly name: string
  /** What it is of all repetitions, such as `median`; undefined for one of them. */
  readonly aggregate?: string
}

/** Since version 1.5 a row says what it is. */
function typedKind(row: unknown, kind: (name: string) => Kind): Kind {
  const name = textAt(row, 'name')!
  const type = textAt(row, 'run_type')
  if (type === undefined) return kind(name)
  if (type !== 'aggregate') return { name }
  return { name: textAt(row, 'run_name') ?? name, aggregate: textAt(row, 'aggregate_name') ?? '' }
}

const AGGREGATE = /^(.*)_(mean|median|stddev|cv)$/

/** By names alone: a benchmark itself may be called `find_median`, but aggregates come together. */
function kinds(known: { readonly has: (name: string) => boolean }): (name: string) => Kind {
  return name => {
    const told = AGGREGATE.exec(name)
    const together = told && ['mean', 'median', 'stddev'].every(each => known.has(`${told[1]}_${each}`))
    return together ? { name: told[1]!, aggregate: told[2]! } : { name }
  }
}

function resultOf(row: unknown, name: string): HarnessResult {
  if (memberOf(row, 'error_occurred') === true)
    return {
      name,
      value: 0,
      unit: 's',
      failed: { rule: 'reported', text: quotedLine(textAt(row, 'error_message') ?? '') },
    }
  if (memberOf(row, 'skipped') === true)
    return {
      name,
      value: 0,
      unit: 's',
      failed: { rule: 'skipped-for', text: quotedLine(textAt(row, 'skip_message') ?? '') },
    }
  const unit = readUnit(textAt(row, 'time_unit') ?? 'ns')
  const real = numberAt(row, 'real_time')
  const cpu = numberAt(row, 'cpu_time')
  const iterations = numberAt(row, 'iterations')
  if (unit === undefined || real === undefined)
    return {
      name,
      value: 0,
      unit: 's',
      failed: { rule: 'no-readable-time', text: quotedValue(row) },
    }
  const allocations = numberAt(row, 'allocs_per_iter')
  const metrics: Partial<Record<Metric, number>> = {
    ...(cpu !== undefined && { 'cpu-time': cpu * unit.factor }),
    ...(allocations !== undefined && { allocations }),
  }
  return {
    name,
    ...amountOf({ value: real }, unit),
    ...(iterations !== undefined && iterations > 0 && { iterations }),
    ...(Object.keys(metrics).length > 0 && { metrics }),
    ...(cpu !== undefined && cpuStepOf({ value: cpu }, unit)),
  }
}

function cpuStepOf(...printed: Parameters<typeof amountOf>): Pick<HarnessResult, 'cpuStep'> {
  const { step } = amountOf(...printed)
  return step ? { cpuStep: step } : {}
}

const HEADER = /^Benchmark\s+Time(?:\s+CPU)?\s+Iterations/

function tableAt({ lines }: Output): number {
  return lines.findIndex(line => HEADER.test(line))
}

const ROW =
  /^(\S.*?)\s+(-?[\d.,]\S*|-?nan|-?inf) (ns|us|µs|ms|s)\s+(\S+) (?:ns|us|µs|ms|s)(?:\s+(\d+))?(?=\s|$)/i
const ERROR = /^(\S.*?)\s+ERROR OCCURRED: '(.*)'$/
const SKIPPED = /^(\S.*?)\s+SKIPPED: '(.*)'$/

function readTable(lines: readonly string[]): ResultsRead {
  const results: HarnessResult[] = []
  const counts = countsOf(lines.flatMap(line => ROW.exec(line)?.[1] ?? []))
  const kind = kinds(counts)
  for (const line of lines) {
    const [failed, skipped] = [ERROR.exec(line), SKIPPED.exec(line)]
    if (failed)
      results.push({
        name: failed[1]!,
        value: 0,
        unit: 's',
        failed: { rule: 'reported', text: quotedLine(failed[2]!) },
      })
    if (skipped)
      results.push({
        name: skipped[1]!,
        value: 0,
        unit: 's',
        failed: { rule: 'skipped-for', text: quotedLine(skipped[2]!) },
      })
    const row = ROW.exec(line)
    if (!row) continue
    const [, printed, time, unitText, cpu, iterations] = row
    const { name, aggregate } = kind(printed!)
    if (aggregate !== undefined && (aggregate !== 'median' || counts.has(name))) continue
    const unit = readUnit(unitText!)!
    const value = readNumber(time!)
    if (value === undefined) return unread(quotedLine(line), 'time')
    const cpuValue = readNumber(cpu!)
    results.push({
      name,
      ...amountOf({ value, digits: time! }, unit),
      ...(aggregate === undefined && Number(iterations) > 0 && { iterations: Number(iterations) }),
      ...(cpuValue !== undefined && {
        metrics: { 'cpu-time': cpuValue * unit.factor },
        ...cpuStepOf({ value: cpuValue, digits: cpu! }, unit),
      }),
    })
  }
  return success(repeatedOnly(results, counts))
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Repetitions are followed by one mean of them; other results of one name are of several benchmarks. */
function repeatedOnly(
  results: readonly HarnessResult[],
  counts: ReadonlyMap<string, number>,
): readonly HarnessResult[] {
  return results.map(result => {
    const count = counts.get(result.name) ?? 1
    return count === 1 || counts.get(`${result.name}_mean`) === 1
      ? result
      : { ...result, failed: { rule: 'same-name', count } }
  })
}

/** `--benchmark_format=csv`, which newer versions call deprecated. */
const CSV = /^"?name"?,"?iterations"?,"?real_time"?,"?cpu_time"?,"?time_unit"?(?:,|$)/

function csvAt({ lines }: Output): number {
  return lines.findIndex(line => CSV.test(line))
}

function readCsv([header, ...lines]: readonly string[]): ResultsRead {
  const columns = cellsOf(header!)
  const rows = lines.filter(line => line.trim() !== '').map(line => ({ line, cells: cellsOf(line) }))
  const counts = countsOf(rows.map(({ cells }) => cells[0]!))
  const kind = kinds(counts)
  const results: HarnessResult[] = []
  for (const { line, cells } of rows) {
    const cell = (column: string) => cells[columns.indexOf(column)] ?? ''
    if (CSV.test(line) || cells.length < columns.length - 1 || /_(?:BigO|RMS)$/.test(cells[0]!)) continue
    const { name, aggregate } = kind(cells[0]!)
    if (aggregate !== undefined && (aggregate !== 'median' || counts.has(name))) continue
    if (cell('error_occurred') === 'true') {
      const failed = { rule: 'reported', text: quotedLine(cell('error_message')) } as const
      results.push({ name, value: 0, unit: 's', failed })
      continue
    }
    const [real, cpu, unit] = [
      readNumber(cell('real_time')),
      readNumber(cell('cpu_time')),
      readUnit(cell('time_unit')),
    ]
    if (real === undefined || unit?.base !== 's') return unread(quotedLine(line), 'time-or-unit')
    const iterations = Number(cell('iterations'))
    results.push({
      name,
      ...amountOf({ value: real, digits: cell('real_time') }, unit),
      ...(aggregate === undefined && iterations > 0 && { iterations }),
      ...(cpu !== undefined && {
        metrics: { 'cpu-time': cpu * unit.factor },
        ...cpuStepOf({ value: cpu, digits: cell('cpu_time') }, unit),
      }),
    })
  }
  return success(repeatedOnly(results, counts))
}

/** The cells of a line of CSV, in which a quote within quotes is doubled. */
function cellsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
  )
}
