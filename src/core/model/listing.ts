import type { HarnessName } from './harness-name.ts'
import type { Metric } from './metric.ts'

/** One row that a gate of this commit would have, or a benchmark that gave none. */
export interface ListedRow {
  readonly name: string
  readonly command: string
  /** Absent where the output is read as one value, or the whole command is timed. */
  readonly harness?: HarnessName
  readonly metric: Metric
  readonly unit: string
  readonly better: 'lower' | 'higher'
  /** A fraction: 0.05 is 5 %. */
  readonly threshold: number
  readonly floor?: number
  /** Whether its harness was asked for its names alone, or the command ran once. */
  readonly from: 'list' | 'run'
  /** What the one run gave; it is no measurement. */
  readonly value?: number
  /** Why a run gives no value, as a clause that continues "it …". */
  readonly fault?: string
  readonly lastLines?: readonly string[]
}

/** The rows of one commit. */
export interface Listing {
  readonly commit: { readonly sha: string; readonly title?: string }
  readonly rows: readonly ListedRow[]
  /** What a reader must know in addition to the rows: a pattern that fits nothing, work that is not committed. */
  readonly notes: readonly string[]
}
