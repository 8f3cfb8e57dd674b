import { forMetric, METRICS, type Metric, type MetricWish } from '../model/metric.ts'
import type { BenchmarkPlan, HarnessFormat, RowRule } from '../model/plan.ts'
import type { PerSide, Side } from '../model/side.ts'
import { quoted } from '../text/text.ts'
import {
  metricPlan,
  metricRows,
  OF_THE_PROCESS,
  wishesOf,
  withOneMetric,
  withoutMetric,
} from './metric-rows.ts'
import type { HarnessResult, ResultsRead } from './result.ts'
import { HARNESSES } from './table.ts'
import { betterOf, type Unit } from './units.ts'

/** A pattern of the entry's rows that fits none, and the names that there are. */
export interface UnmatchedRule {
  readonly match: string
  readonly names: readonly string[]
}

/** One row of the table, and the sides on which it was seen. */
export interface ExpandedRow {
  readonly plan: BenchmarkPlan
  readonly on: readonly Side[]
}

/** What the first run of a harness showed on each side; absent where it gave no results. */
export type FirstResults = Partial<Readonly<PerSide<ResultsRead>>>

/** The rows of an entry, and what of its settings fits none of them. */
export interface Expansion {
  readonly rows: readonly ExpandedRow[]
  /** Settings that cannot be used, a sentence each. */
  readonly faults: readonly string[]
  /** Patterns without an effect. */
  readonly unmatched: readonly UnmatchedRule[]
}

const BOTH: readonly Side[] = ['base', 'head']

/**
 * A row for each result of a harness, matched by name over both sides. A side whose first run failed is taken to have what the other
 * one has: measuring will say how it fails. Without any result the entry stays one row, which will say why it has no value.
 */
export function expandRows(entry: BenchmarkPlan, format: HarnessFormat, first: FirstResults): Expansion {
  const [base, head] = [resultsOf(first.base, format), resultsOf(first.head, format)]
  const seen = new Map<string, HarnessResult>()
  for (const result of [...(base ?? []), ...(head ?? [])]) {
    const known = seen.get(result.name)
    // A result that failed on one side has its unit on the other.
    if (!known || (known.failed !== undefined && result.failed === undefined)) seen.set(result.name, result)
  }
  if (seen.size === 0) {
    const { plans, faults } = metricRows({ ...entry, format })
    return { rows: plans.map(plan => ({ plan, on: BOTH })), faults, unmatched: [] }
  }
  const names = { base: namesOf(base), head: namesOf(head) }
  const faults = new Set<string>()
  const results = [...seen.values()]
  const whole = { ...format, of: seen.size }
  const rows = results.flatMap((result): readonly ExpandedRow[] => {
    const on = BOTH.filter(side => names[side]?.has(result.name) ?? true)
    const paired = on.length === BOTH.length
    const plans = rowPlans(entry, { ...whole, row: result.name }, { result, results, paired, faults })
    return plans.map(plan => ({ plan, on }))
  })
  const ofProcess = processPlans(entry, whole, { results, faults }).map(plan => ({ plan, on: BOTH }))
  const unused = (entry.rules ?? []).filter(({ match }) => ![...seen.keys()].some(name => fits(name, match)))
  const unmatched = unused.map(({ match }) => ({ match, names: [...seen.keys()] }))
  return { rows: [...rows, ...ofProcess], faults: [...faults], unmatched }
}

function resultsOf(
  read: ResultsRead | undefined,
  { only }: HarnessFormat,
): readonly HarnessResult[] | undefined {
  if (!read?.ok) return undefined
  return only ? read.value.filter(({ name }) => only.includes(name)) : read.value
}

const namesOf = (results: readonly HarnessResult[] | undefined) =>
  results && new Set(results.map(({ name }) => name))

interface OneRow {
  readonly result: HarnessResult
  readonly results: readonly HarnessResult[]
  /** Whether both sides have it, so that there is something to compare. */
  readonly paired: boolean
  readonly faults: Set<string>
}

/** A plan for each metric that is wanted of one result. */
function rowPlans(
  entry: BenchmarkPlan,
  format: HarnessFormat,
  { result, results, paired, faults }: OneRow,
): readonly BenchmarkPlan[] {
  const rule = ruleFor(result.name, entry.rules ?? [])
  if (rule?.skip) return []
  const asked = rule?.metric?.map(metric => wishOf(entry, metric)) ?? wishesOf(entry)
  const wishes = asked.filter(({ metric }) => metric !== 'size')
  const own = wishes.filter(
    ({ metric }) => rule?.metric !== undefined || !isOfProcess(metric, { entry, format, results }),
  )
  const { rules: _, ...rest } = entry
  const named = { ...rest, name: `${entry.name}: ${result.name}`, format, metrics: wishes }
  return own.map(wish => {
    const { metric } = wish
    if (paired && !reports(result, metric))
      faults.add(notReported(entry, format, { metric, name: result.name }))
    const unit = METRICS[metric].unit ?? result.unit
    const floor = forMetric(rule?.floor, metric) ?? wish.floor
    const found: string[] = []
    const plan = metricPlan(
      named,
      {
        metric,
        threshold: forMetric(rule?.threshold, metric) ?? wish.threshold,
        ...(floor !== undefined && { floor }),
      },
      { unit, faults: found },
    )
    for (const fault of found) faults.add(fault)
    const better = entry.better === 'lower' ? betterOf(result.unit as Unit['base']) : entry.better
    return metric === 'time' ? { ...plan, better } : plan
  })
}

/** What the entry asks of a metric that a rule adds to it. */
function wishOf(entry: BenchmarkPlan, metric: Metric): MetricWish {
  const listed = wishesOf(entry).find(wish => wish.metric === metric)
  return listed ?? { metric, threshold: METRICS[metric].threshold }
}

/** Whether a result has a value for a metric; instructions are counted, and what failed has nothing to tell. */
function reports({ metrics, failed }: HarnessResult, metric: Metric): boolean {
  return (
    failed !== undefined || metric === 'time' || metric === 'instructions' || metrics?.[metric] !== undefined
  )
}

interface AllResults {
  readonly entry: BenchmarkPlan
  readonly format: HarnessFormat
  readonly results: readonly HarnessResult[]
}

/** Whether a metric is that of the whole process, because no result of the harness has one of its own. */
function isOfProcess(metric: Metric, { format, results }: AllResults): boolean {
  if (!OF_THE_PROCESS.includes(metric)) return false
  if (results.some(({ metrics }) => metrics?.[metric] !== undefined)) return false
  return metric === 'memory' || !isBoundByTime(format)
}

const isBoundByTime = ({ harness }: HarnessFormat) => harness !== 'auto' && HARNESSES[harness].boundByTime

/** A row for the whole process where the harness tells nothing of its results: the command has one peak of memory, not one a result. */
function processPlans(
  entry: BenchmarkPlan,
  format: HarnessFormat,
  { results, faults }: Pick<OneRow, 'results' | 'faults'>,
): readonly BenchmarkPlan[] {
  const { rules, ...rest } = entry
  const found: string[] = []
  const plans = wishesOf(entry)
    .filter(({ metric }) => isOfProcess(metric, { entry, format, results }))
    .map(wish => {
      const floor = forMetric(ruleFor('', rules ?? [])?.floor, wish.metric) ?? wish.floor
      const plan = metricPlan(
        { ...rest, format },
        { ...wish, ...(floor !== undefined && { floor }) },
        { unit: '', faults: found },
      )
      return { ...plan, name: `${entry.name} (${wish.metric})` }
    })
  for (const fault of found) faults.add(fault)
  return plans
}

/** The fault of a metric that the harness does not print, with what to do about it. */
function notReported(
  { name: entry }: BenchmarkPlan,
  { harness }: HarnessFormat,
  { metric, name }: { readonly metric: Metric; readonly name: string },
): string {
  const title = harness === 'auto' ? 'its harness' : HARNESSES[harness].title
  const all = `metric of ${entry} has ${metric}, which ${title} does not report for ${quoted(name)}`
  if (metric === 'cpu-time')
    return `${all}, and the CPU time of its process says nothing because ${title} runs for a time; ask for time or instructions.`
  if (metric === 'memory')
    return `${all}; leave it out of the rows, and it is measured for the whole command.`
  return `${all}; let the benchmark report it, or name the rows that have it with rows: [{ match: …, metric: [time, ${metric}] }].`
}

/** The settings of all rules that fit a name; a later rule wins over an earlier one. */
function ruleFor(name: string, rules: readonly RowRule[]): RowRule | undefined {
  const fitting = rules.filter(({ match }) => fits(name, match))
  return fitting.length === 0 ? undefined : Object.assign({}, ...fitting)
}

/** Whether a name fits a pattern in which `*` stands for any text; in time linear in both. */
export function fits(name: string, pattern: string): boolean {
  const [head, ...tail] = pattern.split('*')
  if (tail.length === 0) return name === head
  if (!name.startsWith(head!)) return false
  const last = tail.pop()!
  let at = head!.length
  for (const part of tail) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

/** The entry that a row came out of, asked for that row and its metric alone; undefined when no entry has it. */
export function entryOfRow(entries: readonly BenchmarkPlan[], rowName: string): BenchmarkPlan | undefined {
  const own = withoutMetric(rowName)
  const same = entries.find(({ name }) => name === rowName) ?? entries.find(({ name }) => name === own)
  if (same) return withOneMetric(same, rowName)
  const entry = entries.find(({ name }) => rowName.startsWith(`${name}: `))
  if (!entry) return undefined
  const { format } = entry
  const only = [own.slice(entry.name.length + 2)]
  const alone = withOneMetric(entry, rowName)
  if (format.kind === 'harness') return { ...alone, format: { ...format, only } }
  return { ...alone, format: { kind: 'harness', harness: 'auto', only } }
}
