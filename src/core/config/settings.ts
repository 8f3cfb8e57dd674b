import type { Acceptance } from '../decision/acceptance.ts'
import { readPolicies } from '../decision/policy.ts'
import { metricPlan } from '../harness/metric-rows.ts'
import type { CpuCount } from '../machine/cpu-choice.ts'
import { InputError } from '../model/errors.ts'
import { forMetric, METRICS, type Metric, type MetricWish } from '../model/metric.ts'
import type { BenchmarkPlan, RowRule, ValueFormat } from '../model/plan.ts'
import type { Policies } from '../model/policies.ts'
import type { GateOn } from '../model/report.ts'
import type { NetworkUse } from '../sandbox/network.ts'
import { fnv1a } from '../text/fnv1a.ts'
import { sayIssue } from './config-file.ts'
import { type ConfigFile, type InvocationOptions, invocationSchema, type PerBenchmark } from './schema.ts'

/** Everything a gate needs to know, decided once; nothing below reads an input again. */
export interface Settings {
  readonly build?: string
  readonly benchmarks: readonly BenchmarkPlan[]
  readonly budgetSeconds: number
  readonly buildTimeoutSeconds: number
  readonly alpha: number
  readonly warmup: number
  readonly seed?: number
  readonly counters: 'auto' | 'perf' | 'simulated' | 'off'
  readonly layouts: 'auto' | 'off' | 'rounds' | number
  /** Which measurement decides where rows are measured over layouts too. */
  readonly gateOn: GateOn
  readonly layoutBudgetSeconds: number
  readonly tune: 'auto' | 'off' | 'required' | readonly string[]
  /** How many CPUs a benchmark is pinned to; one where absent, and none without tuning. */
  readonly cpus?: CpuCount
  readonly isolation: 'auto' | 'required' | 'off'
  readonly network: NetworkUse
  readonly share: readonly string[]
  readonly bring: readonly string[]
  readonly l1i?: { readonly sizeBytes: number; readonly ways: number; readonly lineBytes: number }
  readonly policies: Policies
  /** Slowdowns that the command line or the base side's configuration accepts. */
  readonly accept: readonly Acceptance[]
  readonly comment: 'always' | 'on-change' | 'on-breach' | 'never'
  readonly env: readonly { readonly name: string; readonly value?: string }[]
  readonly shard?: { readonly index: number; readonly of: number }
}

/** Reads what the action or the command line was given (option or input names to text); throws one InputError with every fault. */
export function parseOptions(
  given: Readonly<Record<string, string>>,
  nameOf: (setting: string) => string,
): InvocationOptions {
  const present = Object.entries(given).filter(([, value]) => value.trim() !== '')
  const parsed = invocationSchema.safeParse(Object.fromEntries(present))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => `${nameOf(key)} is not known; see the list of options.`)
      : [`${nameOf(String(issue.path[0]))} ${sayIssue(issue)}.`],
  )
  throw new InputError(faults)
}

/** Options over configuration file over defaults; throws one InputError with every fault that is left. */
export function settle(invocation: InvocationOptions, config: ConfigFile): Settings {
  const given = { ...config, ...withoutUndefined(invocation) } as ConfigFile & InvocationOptions
  const faults: string[] = []
  const budgetSeconds = given.budget ?? 600
  const benchmarks = (invocation.bench ?? config.benchmarks ?? []).map(own =>
    plan(own, given, budgetSeconds, faults),
  )
  if (benchmarks.length === 0) {
    faults.push(
      'No benchmark is given: name one as NAME=COMMAND with bench, or list benchmarks in the configuration file.',
    )
  }
  for (const [index, { name }] of benchmarks.entries()) {
    if (benchmarks.findIndex(other => other.name === name) !== index) {
      faults.push(`The benchmark ${JSON.stringify(name)} is given twice; give each its own name.`)
    }
  }
  if (given['gate-on'] !== undefined && given['gate-on'] !== 'as-built' && given.layouts !== 'rounds')
    faults.push(`gate-on: ${given['gate-on']} needs layouts: rounds, which measures over layouts.`)
  if (faults.length > 0) throw new InputError(faults)
  return {
    benchmarks,
    budgetSeconds,
    ...(given.build === undefined ? {} : { build: given.build }),
    buildTimeoutSeconds: given['build-timeout'] ?? 1800,
    alpha: given.alpha ?? 0.01,
    warmup: given.warmup ?? 0,
    ...(given.seed === undefined ? {} : { seed: given.seed }),
    counters: given.counters ?? 'auto',
    layouts: given.layouts ?? 'auto',
    gateOn: given['gate-on'] ?? 'as-built',
    layoutBudgetSeconds: given['layout-budget'] ?? 300,
    tune: given.tune ?? 'auto',
    ...(given.cpus === undefined ? {} : { cpus: given.cpus }),
    isolation: given.isolation ?? 'auto',
    network: given.network ?? 'builds',
    share: given.share ?? [],
    bring: given.bring ?? [],
    ...(given.l1i === undefined ? {} : { l1i: given.l1i }),
    policies: readPolicies(given),
    accept: given.accept ?? [],
    comment: given.comment ?? 'always',
    env: given.env ?? [],
    ...(given.shard === undefined ? {} : { shard: given.shard }),
  }
}

function plan(
  own: PerBenchmark,
  shared: ConfigFile & InvocationOptions,
  budgetSeconds: number,
  faults: string[],
): BenchmarkPlan {
  const format = formatOf(own, shared, faults)
  const asked = wishesIn(own, shared)
  const [{ metric, threshold }] = asked
  const rows = format.kind === 'harness' || (format.kind === 'wall' && format.recognise === true)
  const rules = [...(rows ? floorRules(asked) : []), ...rulesOf(own)]
  if (rulesOf(own).length > 0 && !rows)
    faults.push(`rows of ${own.name} need a harness, which reads several results; leave format out.`)
  const countWith = own['count-with'] ?? shared['count-with']
  const entry: BenchmarkPlan = {
    name: own.name,
    command: own.command ?? '',
    ...(countWith === undefined ? {} : { countWith }),
    format,
    ...(rules.length > 0 && { rules }),
    unit: METRICS[metric].unit ?? printedUnit(format, own, shared),
    better: own.better ?? shared.better ?? 'lower',
    metric,
    ...(own.size && { sizeOf: own.size }),
    threshold,
    budgetSeconds: own['bench-budget'] ?? shared['bench-budget'] ?? budgetSeconds,
    timeoutSeconds: own.timeout ?? shared.timeout ?? 300,
    ...pathsOf(own.paths ?? shared.paths),
    ...aroundOf(own, shared),
  }
  return withMetrics(entry, asked, faults)
}

/** The unit of what is timed or printed. */
function printedUnit(format: ValueFormat, own: PerBenchmark, shared: ConfigFile & InvocationOptions): string {
  return format.kind === 'json' || format.kind === 'regex' ? (own.unit ?? shared.unit ?? '') : 's'
}

/** The metrics that are asked for, each with its threshold and floor; a floor without a name is that of the first. */
function wishesIn(
  own: PerBenchmark,
  shared: ConfigFile & InvocationOptions,
): readonly [MetricWish, ...MetricWish[]] {
  const asked: Metric[] = [
    ...(own.command === undefined && own.size ? [] : (own.metric ?? shared.metric ?? (['time'] as const))),
    ...(own.size ? (['size'] as const) : []),
  ]
  const floors = own.floor ?? shared.floor
  const wishes = (asked.length === 0 ? (['time'] as const) : asked).map((metric, at): MetricWish => {
    const threshold = forMetric(own.threshold, metric) ?? forMetric(shared.threshold, metric)
    const floor = typeof floors === 'string' && at > 0 ? undefined : forMetric(floors, metric)
    return {
      metric,
      threshold: threshold ?? METRICS[metric].threshold,
      ...(floor !== undefined && { floor }),
    }
  })
  return wishes as [MetricWish, ...MetricWish[]]
}

/** Rows of a harness take their floor when their unit is known. */
function floorRules(asked: readonly MetricWish[]): readonly RowRule[] {
  const floor = Object.fromEntries(asked.flatMap(each => (each.floor ? [[each.metric, each.floor]] : [])))
  return Object.keys(floor).length > 0 ? [{ match: '*', floor }] : []
}

/** Checks each metric as far as it can be without a run, and keeps the list where there are several. */
function withMetrics(entry: BenchmarkPlan, asked: readonly MetricWish[], faults: string[]): BenchmarkPlan {
  const { format, name } = entry
  const [first] = asked
  for (const { metric } of asked) {
    if (metric === 'cpu-time' && format.kind !== 'wall' && format.kind !== 'harness')
      faults.push(`metric of ${name} is cpu-time, which is measured around the run; leave format out.`)
    if ((metric === 'allocations' || metric === 'allocated-bytes') && !mayPrintSeveral(format))
      if (asked.length > 1)
        faults.push(
          `metric of ${name} has ${metric}, which only harnesses print next to other values; leave format out.`,
        )
  }
  const unit = METRICS[first!.metric].unit === undefined ? entry.unit : 's'
  const harness = format.kind === 'harness'
  const plans = asked.map(wish =>
    metricPlan({ ...entry, metrics: asked }, wish, { unit, faults: harness ? [] : faults }),
  )
  if (asked.length > 1) return { ...entry, metrics: asked }
  const { floor } = plans[0]!
  return floor === undefined ? entry : { ...entry, floor }
}

function mayPrintSeveral(format: ValueFormat): boolean {
  return format.kind === 'harness' || format.kind === 'wall'
}

function pathsOf(paths: readonly string[] = []): Pick<BenchmarkPlan, 'paths'> {
  return paths.length > 0 ? { paths } : {}
}

function aroundOf(own: PerBenchmark, shared: ConfigFile & InvocationOptions): Pick<BenchmarkPlan, 'around'> {
  const [prepare, conclude] = [own.prepare ?? shared.prepare, own.conclude ?? shared.conclude]
  if (prepare === undefined && conclude === undefined) return {}
  return {
    around: { ...(prepare !== undefined && { prepare }), ...(conclude !== undefined && { conclude }) },
  }
}

/** A benchmark's own harness or format over those for all; without either the output says whether a harness printed it. */
function formatOf(own: PerBenchmark, shared: ConfigFile & InvocationOptions, faults: string[]): ValueFormat {
  const asked = (own.harness ?? own.format) ? own : shared
  if (asked.harness !== undefined && asked.format !== undefined)
    faults.push(`${own.name} has both a harness and a format; give one of them.`)
  if (asked.harness !== undefined) return { kind: 'harness', harness: asked.harness }
  return asked.format ?? { kind: 'wall', recognise: true }
}

function rulesOf({ rows = [] }: PerBenchmark): readonly RowRule[] {
  return rows.map(rule => withoutUndefined(rule) as RowRule)
}

function withoutUndefined<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** One share of a matrix: `2/5` is `{ index: 2, of: 5 }`. */
interface Shard {
  readonly index: number
  readonly of: number
}

/**
 * The names that one share measures, in their given order. All shares together measure every name once, no two of them differ
 * in size by more than one, and the order in which the names are listed does not matter. More shares than names leave some empty.
 */
export function selectShard(names: readonly string[], shard: Shard): readonly string[] {
  const dealt = names
    .map(name => ({ name, hash: fnv1a(name) }))
    // By hash, so that slow neighbours in a list are spread over the shares.
    .sort((one, other) => one.hash - other.hash || (one.name < other.name ? -1 : 1))
    .filter((_, rank) => rank % shard.of === shard.index - 1)
  const own = new Set(dealt.map(({ name }) => name))
  return names.filter(name => own.has(name))
}
