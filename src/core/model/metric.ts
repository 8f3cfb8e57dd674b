/** What a row of the table may measure. */
export const METRIC_NAMES = [
  'time',
  'cpu-time',
  'instructions',
  'memory',
  'allocations',
  'allocated-bytes',
  'size',
] as const

export type Metric = (typeof METRIC_NAMES)[number]

/** How a metric behaves, and what its values are in. */
export interface MetricKind {
  /** `noisy` values are decided over rounds, `exact` ones by a few runs that agree. */
  readonly kind: 'noisy' | 'exact'
  /** Base unit; undefined where the format of the values says it. */
  readonly unit?: string
  /** Who measures it: the rounds of measuring, counting, or a look at what was built. */
  readonly by: 'rounds' | 'counting' | 'build'
  /** The threshold when none is given, as a fraction. */
  readonly threshold: number
}

/** Each metric once. */
export const METRICS: Readonly<Record<Metric, MetricKind>> = {
  time: { kind: 'noisy', by: 'rounds', threshold: 0.05 },
  'cpu-time': { kind: 'noisy', unit: 's', by: 'rounds', threshold: 0.05 },
  instructions: { kind: 'exact', unit: 'instructions', by: 'counting', threshold: 0.01 },
  memory: { kind: 'noisy', unit: 'B', by: 'rounds', threshold: 0.05 },
  allocations: { kind: 'exact', unit: 'allocations', by: 'rounds', threshold: 0.01 },
  'allocated-bytes': { kind: 'exact', unit: 'B', by: 'rounds', threshold: 0.01 },
  size: { kind: 'exact', unit: 'B', by: 'build', threshold: 0.01 },
}

/** One value for all metrics of a benchmark, or one for some of them by name. */
export type PerMetric<T extends number | string> = T | Partial<Readonly<Record<Metric, T>>>

/** The value for one metric; undefined where none is given. */
export function forMetric<T extends number | string>(
  given: PerMetric<T> | undefined,
  metric: Metric,
): T | undefined {
  return typeof given === 'object' ? given[metric] : given
}

/** One of several metrics that are decided of one benchmark. */
export interface MetricWish {
  readonly metric: Metric
  readonly threshold: number
  /** As written: an amount, with a unit where the metric has one. */
  readonly floor?: string
}

/** Whether the rounds of measuring yield it. */
export function isMeasuredInRounds(metric: Metric): boolean {
  return METRICS[metric].by === 'rounds'
}

/** Whether it is a time, which the layout of code has a say in. */
export function isTime(metric: Metric): boolean {
  return metric === 'time' || metric === 'cpu-time'
}

/** Whether it shares the table's error rate: what is decided over noisy rounds does. */
export function isNoisy(metric: Metric): boolean {
  return METRICS[metric].kind === 'noisy'
}

/** Whether a change of it has a cause in what the program executes, which counting and the builds' code can show. */
export function hasCause(metric: Metric): boolean {
  return metric === 'time' || metric === 'cpu-time' || metric === 'instructions'
}
