/** What random layouts are asked: whether a slowdown or a speed-up is luck of the layout, or whether luck hides more work. */
export type LayoutQuestion = 'slowdown' | 'speed-up' | 'hidden-work'

/** Both sides rebuilt in several random layouts, and what came of it. */
export interface LayoutTrial {
  /** A slowdown where absent. */
  readonly question?: LayoutQuestion
  /** Head over base in time as the gate measured it, in the layouts that the linker chose by itself. */
  readonly asBuilt?: number
  readonly layouts: number
  readonly linker: string
  readonly seeds: readonly number[]
  /** Median time of each layout, in the benchmark's unit, in the order of the seeds. */
  readonly base: readonly number[]
  readonly head: readonly number[]
  /** Ratio of the layout medians head/base in time with its interval. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Fastest head layout over fastest base layout. */
  readonly best: number
  /** Two-sided Mann–Whitney p of the two distributions. */
  readonly p: number
  readonly outcome: 'real' | 'placement' | 'mixed' | 'inconclusive'
  readonly sentence: string
}

/** Hot code or data side by side by an order file for the linker, or aligned by options of the compiler. */
export type RemedyKind = 'order' | 'align'

export interface RemedyTrial {
  /** Absent in reports of versions that did not tell. */
  readonly kind?: RemedyKind
  readonly remedy: string
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly cured: boolean
  /** Whether head surely takes less time with it than without; absent like `kind`. */
  readonly helps?: boolean
  readonly sentence: string
}

export interface Trials {
  readonly layout?: LayoutTrial
  readonly remedies?: readonly RemedyTrial[]
}
