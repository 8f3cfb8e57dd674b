import type { Around } from './around.ts'
import type { HarnessName, HarnessVerb } from './harness-name.ts'
import type { Metric, MetricWish, PerMetric } from './metric.ts'

/** How a benchmark's value is read: the monotonic clock around it, or a number out of its standard output. */
export type ValueFormat =
  /** With `recognise`, an output that a harness knows as its own is read by it instead. */
  | { readonly kind: 'wall'; readonly recognise?: true }
  | HarnessFormat
  | { readonly kind: 'seconds' }
  | { readonly kind: 'milliseconds' }
  | { readonly kind: 'json'; readonly path: string }
  | { readonly kind: 'regex'; readonly pattern: string }

/** A harness that prints several results by name. */
export interface HarnessFormat {
  readonly kind: 'harness'
  readonly harness: HarnessName | 'auto'
  /** The result that this row is; absent before the first run has told which there are. */
  readonly row?: string
  /** What head calls this row, where its function is the same code under another name. */
  readonly onHead?: string
  /** The only results that are wanted, where that is not all of them. */
  readonly only?: readonly string[]
  /** How many results the command prints when nothing is selected. */
  readonly of?: number
  /** Arrangements that its first runs showed not to work with this command; the command runs without them. */
  readonly without?: readonly HarnessVerb[]
}

/** One benchmark as asked for. Thresholds are fractions: 0.05 is 5 %. */
export interface BenchmarkPlan {
  readonly name: string
  readonly command: string
  /** A smaller workload for counting under simulation; the command itself when absent. */
  readonly countWith?: string
  /** How often a row's code runs while it is counted, where its harness would measure for a time otherwise. */
  readonly countIterations?: number
  readonly format: ValueFormat
  /** For rows of a harness, by name; the last that fits counts. */
  readonly rules?: readonly RowRule[]
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly metric: Metric
  /** All metrics, where there are several; each becomes a row of its own once the first runs have shown what there is. */
  readonly metrics?: readonly MetricWish[]
  /** Files of the built tree whose size is meant, with `*` for any text; only with the metric `size`. */
  readonly sizeOf?: readonly string[]
  readonly threshold: number
  /** The smallest absolute change, in the benchmark's unit, that may count as a breach, in addition to the threshold. */
  readonly floor?: number
  readonly budgetSeconds: number
  readonly timeoutSeconds: number
  /** Commands around each run; absent where there are none. */
  readonly around?: Around
  /** Patterns of the files that it is built from; absent where nobody said. */
  readonly paths?: readonly string[]
}

/** What is asked of the rows whose name fits a pattern, in which `*` stands for any text. */
export interface RowRule {
  readonly match: string
  readonly threshold?: PerMetric<number>
  /** As written: an amount, with a unit where the rows have one. */
  readonly floor?: PerMetric<string>
  readonly metric?: readonly Metric[]
  /** Rows that are not decided at all. */
  readonly skip?: boolean
}
