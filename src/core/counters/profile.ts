import type { Block } from './branch-records.ts'
import type { Call } from './call-table.ts'

/** Where a run spent itself, address by address; addresses are link-time virtual addresses of the object. */
export interface ObjectProfile {
  /** Path of the mapped file as the run saw it; `???` or `[vdso]`-like names for what is no file. */
  readonly object: string
  /** Ascending, no repeats; the other arrays run parallel to it. */
  readonly addresses: readonly number[]
  /** Instructions (simulated) or samples (perf record) at each address. */
  readonly counts: readonly number[]
  /** Simulated first-level instruction-cache misses at each address; absent for samples. */
  readonly icacheMisses?: readonly number[]
  /** Simulated first-level data-cache misses (reads and writes) at each address; absent for samples. */
  readonly dcacheMisses?: readonly number[]
}

/** One side's profile; `total` is the sum of all counts. */
export interface Profile {
  readonly source: 'callgrind' | 'perf-record'
  readonly total: number
  readonly objects: readonly ObjectProfile[]
  /** Who called whom, where that is known. */
  readonly calls?: readonly Call[]
  /** Timed code between branches, where the processor records branches. */
  readonly blocks?: readonly Block[]
}
