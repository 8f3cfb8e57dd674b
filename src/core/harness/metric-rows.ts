import { METRICS, type Metric, type MetricWish } from '../model/metric.ts'
import type { BenchmarkPlan } from '../model/plan.ts'
import { readDuration, readPositive } from '../text/amounts.ts'
import { readUnit } from './units.ts'

/** One benchmark's rows by metric, and what of its settings cannot be used, a sentence each. */
export interface MetricRows {
  readonly plans: readonly BenchmarkPlan[]
  readonly faults: readonly string[]
}

/** Metrics that the kernel accounts to the whole process, whatever it prints. */
export const OF_THE_PROCESS: readonly Metric[] = ['cpu-time', 'memory']

/** The metrics of an entry, its own alone where it has no list. */
export function wishesOf({ metrics, metric, threshold }: BenchmarkPlan): readonly MetricWish[] {
  return metrics ?? [{ metric, threshold }]
}

/** The name of a metric's row: time has the benchmark's own name, and so has a metric that is the only one. */
function metricName(name: string, metric: Metric, all: readonly MetricWish[]): string {
  return metric === 'time' || all.length === 1 ? name : `${name} (${metric})`
}

/** What a row was called before its metric was added to it. */
export function withoutMetric(name: string): string {
  const found = /^(.+) \(([a-z-]+)\)$/s.exec(name)
  return found && Object.hasOwn(METRICS, found[2]!) ? found[1]! : name
}

/** An entry of several metrics, asked for the one that a row of it has. */
export function withOneMetric(entry: BenchmarkPlan, rowName: string): BenchmarkPlan {
  const { name, metrics } = entry
  if (!metrics) return entry
  const wish = metrics.find(({ metric }) => rowName.endsWith(` (${metric})`)) ?? metrics[0]!
  return { ...metricPlan(entry, wish, { unit: entry.unit, faults: [] }), name }
}

/** A row for each metric of a benchmark with one value: what it prints or how long it takes, and what is accounted to its process. */
export function metricRows(entry: BenchmarkPlan): MetricRows {
  // The size is that of files, and no run tells it.
  const wishes = entry.metrics?.filter(({ metric }) => metric !== 'size')
  if (!wishes) return { plans: [entry], faults: [] }
  const faults: string[] = []
  const plans = wishes.map(wish => metricPlan(entry, wish, { unit: entry.unit, faults }))
  return { plans, faults }
}

/** The plan of one metric; `unit` is that of its time or printed value. */
export function metricPlan(
  entry: BenchmarkPlan,
  { metric, threshold, floor: floorText }: MetricWish,
  { unit: own, faults }: { readonly unit: string; readonly faults: string[] },
): BenchmarkPlan {
  const unit = METRICS[metric].unit ?? own
  const floor = floorText === undefined ? undefined : readFloor(floorText, unit)
  const name = metricName(entry.name, metric, wishesOf(entry))
  if (floorText !== undefined && floor === undefined) faults.push(floorFault(name, unit, floorText))
  const { metrics: _, floor: __, sizeOf: ___, ...rest } = entry
  return {
    ...rest,
    name,
    unit,
    metric,
    better: metric === 'time' ? entry.better : 'lower',
    threshold,
    ...(floor !== undefined && { floor }),
  }
}

/** An amount in a row's unit: a duration for times, a size for bytes, else a plain number. */
function readFloor(text: string, unit: string): number | undefined {
  if (unit === 's') return readDuration(text)
  const plain = readPositive(text)
  if (plain !== undefined || unit !== 'B') return plain
  const [, amount, given] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? []
  const size = given === undefined ? undefined : readUnit(given)
  return size?.base === 'B' ? Number(amount) * size.factor : undefined
}

/** What is wrong with a floor. */
function floorFault(name: string, unit: string, text: string): string {
  const expected =
    unit === 's'
      ? 'a time such as 1ms'
      : unit === 'B'
        ? 'a size such as 64KiB'
        : `a number in its unit (${unit || 'none'})`
  return `The floor of ${name} must be ${expected}, not ${JSON.stringify(text)}.`
}
