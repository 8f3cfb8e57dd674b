import type { AroundStep } from '../model/around.ts'
import type { Metric } from '../model/metric.ts'
import type { RanOut } from '../sandbox/limits.ts'

/** What a text that a harness printed lacks to be a result. */
export type Lack =
  | 'value'
  | 'mean-with-unit'
  | 'mean'
  | 'median'
  | 'median-time'
  | 'name-or-time'
  | 'time'
  | 'time-or-unit'
  | 'name-value-unit'
  | 'score'
  | 'score-in-table'
  | 'values'
  | 'value-or-unit'
  | 'known-value'
  | 'one-value'
  | 'readable-value'
  | 'number'
  | 'number-form'
  | 'known-unit'
  | 'csv-row'
  | 'table-row'
  | 'median-column'
  | 'fewer-cells'
  | 'rate'

/** What a path into a document found instead of a value; the place is the part of the path that exists, empty for the document. */
export type PathPlace =
  | { readonly kind: 'several'; readonly count: number; readonly member: string; readonly is: string }
  | {
      readonly kind: 'elements'
      readonly place: string
      readonly member: string
      readonly texts: readonly string[]
    }
  | { readonly kind: 'list'; readonly place: string; readonly count: number; readonly member?: string }
  | { readonly kind: 'no-object'; readonly place: string; readonly type: string }
  | { readonly kind: 'empty'; readonly place: string }
  | { readonly kind: 'members'; readonly place: string; readonly names: readonly string[] }

/** What is printed with a value; it is the same quantity only while this stays the same. */
export interface PrintedWith {
  /** Names of the elements of lists that the value was found in. */
  readonly names?: readonly string[]
  /** A unit that is not read. */
  readonly unit?: string
  /** The base unit that the value was brought to. */
  readonly base?: string
}

/** Why a run gave no value: a stable name and its figures; texts of the run are quoted and cut. The report makes the clause. */
export type FaultSays =
  | { readonly rule: 'unread'; readonly text: string; readonly lacks: Lack }
  | { readonly rule: 'unknown-unit'; readonly text: string; readonly unit: string }
  | { readonly rule: 'unread-cell'; readonly text: string; readonly column: string }
  | { readonly rule: 'unread-word'; readonly text: string; readonly word: string }
  | { readonly rule: 'unread-of'; readonly value: string; readonly name: string }
  | { readonly rule: 'no-estimate'; readonly name: string }
  | { readonly rule: 'no-name-or-median'; readonly text: string }
  | { readonly rule: 'no-readable-time'; readonly text: string }
  /** Its JSON has no values of benchmarks. */
  | { readonly rule: 'catch2-json' }
  /** Its versions before 1 print no table without a terminal. */
  | { readonly rule: 'vitest-0' }
  | { readonly rule: 'no-output-of'; readonly harness: string }
  /** What a harness says of a benchmark of its own. */
  | { readonly rule: 'reported' | 'skipped-for' | 'threw' | 'failed-with'; readonly text: string }
  | { readonly rule: 'failed' | 'skipped' | 'killed' | 'exit-ignored' }
  | { readonly rule: 'program-exited'; readonly code: string }
  | { readonly rule: 'too-many-values'; readonly most: number; readonly name: string }
  | { readonly rule: 'too-many-measures'; readonly count: number; readonly first: string }
  | { readonly rule: 'unknown-direction'; readonly measure: string }
  | { readonly rule: 'same-name'; readonly count: number }
  /** How the run ended. */
  | { readonly rule: 'step-failed'; readonly step: AroundStep; readonly end: FaultSays }
  | { readonly rule: 'timed-out'; readonly seconds: number }
  | { readonly rule: 'signal'; readonly signal: string; readonly ranOut?: RanOut | undefined }
  | {
      readonly rule: 'exit'
      readonly code: number | null
      readonly ranOut?: RanOut | undefined
      /** It printed that it found no network. */
      readonly offline: boolean
    }
  | { readonly rule: 'not-started'; readonly said: string }
  | { readonly rule: 'output-cut' }
  /** `said` is what kept a program of it from starting. */
  | { readonly rule: 'nothing-printed'; readonly onErrors: boolean; readonly said?: string }
  | { readonly rule: 'no-harness'; readonly first: string }
  | { readonly rule: 'no-results'; readonly harness: string; readonly first: string }
  | { readonly rule: 'none-asked-for'; readonly results: number }
  | { readonly rule: 'no-row'; readonly row: string }
  | { readonly rule: 'no-metric'; readonly metric: Metric; readonly row: string }
  | { readonly rule: 'metric-needs-harness'; readonly metric: Metric }
  | {
      readonly rule: 'row-in-other-unit'
      readonly row: string
      readonly unit: string
      readonly before: string
    }
  | { readonly rule: 'no-cpu-time' | 'no-memory' }
  | { readonly rule: 'nan' | 'infinite' | 'zero'; readonly verb: 'printed' | 'took' }
  | { readonly rule: 'negative' | 'out-of-range'; readonly verb: 'printed' | 'took'; readonly value: number }
  /** One value without a name. */
  | { readonly rule: 'several-values'; readonly count: number; readonly shown: readonly string[] }
  | { readonly rule: 'slow-pattern' | 'unmatched-pattern'; readonly pattern: string }
  | { readonly rule: 'part-matched'; readonly whole: string; readonly pattern: string; readonly part: string }
  | { readonly rule: 'bad-path'; readonly path: string }
  | { readonly rule: 'no-document'; readonly text: string }
  | {
      readonly rule: 'nothing-at' | 'several-at'
      readonly path: string
      readonly there?: PathPlace | undefined
    }
  | { readonly rule: 'several-documents'; readonly count: number; readonly path: string }
  | { readonly rule: 'empty-list'; readonly path: string }
  | { readonly rule: 'no-number-at'; readonly value: string; readonly path: string }
  | { readonly rule: 'printed-otherwise'; readonly now: PrintedWith; readonly before: PrintedWith }
