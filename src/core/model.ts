/** The words of the product as types: everything that flows between its parts is one of these values. */

/** `base` is the merge base, `head` the pull request's own commit. */
export type Side = 'base' | 'head'
export const SIDES: readonly Side[] = ['base', 'head']
export type PerSide<T> = Readonly<Record<Side, T>>

/** What is said of one benchmark. Only `faster` and `unchanged` (and `new`, `removed`) let a gate pass. */
export type Decision = 'slower' | 'faster' | 'unchanged' | 'undecided' | 'unmeasured' | 'new' | 'removed'

/** What is said of the whole run. */
export type Verdict = 'pass' | 'fail' | 'undecided' | 'error'

/** Something the machine could not do, and the weaker method used instead; not an error. */
export interface Limitation {
  readonly what: string
  readonly instead: string
}

/** How a benchmark's value is read: the monotonic clock around it, or a number out of its standard output. */
export type ValueFormat =
  | { readonly kind: 'wall' }
  | { readonly kind: 'seconds' }
  | { readonly kind: 'milliseconds' }
  | { readonly kind: 'json'; readonly path: string }
  | { readonly kind: 'regex'; readonly pattern: string }

/** One benchmark as asked for. Thresholds are fractions: 0.05 is 5 %. */
export interface BenchmarkPlan {
  readonly name: string
  readonly command: string
  /** A smaller workload for counting under simulation; the command itself when absent. */
  readonly countWith?: string
  readonly format: ValueFormat
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly metric: 'time' | 'instructions'
  readonly threshold: number
  /** The smallest absolute change, in the benchmark's unit, that may count as a breach beside the threshold. */
  readonly floor?: number
  readonly budgetSeconds: number
  readonly timeoutSeconds: number
}

/** The measured values of one benchmark on one side, in its unit, in the order they were taken. */
export interface Series {
  readonly median: number
  readonly samples: readonly number[]
}

/** The median of the paired ratios head/base with its interval; 1 is no change, 1.7 is 70 % more. */
export interface Change {
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** The confidence of the interval, for example 0.99; it holds at every look. */
  readonly confidence: number
}

/** Counters of one side, for one run of the workload; an absent field was not counted. */
export interface Counts {
  readonly instructions?: number
  readonly cycles?: number
  readonly icacheLoads?: number
  readonly icacheMisses?: number
  readonly dcacheMisses?: number
  /** Data accesses that the second-level cache could not serve either; only simulated. */
  readonly secondLevelMisses?: number
  readonly branches?: number
  readonly branchMisses?: number
  readonly itlbMisses?: number
  readonly frontEndStalls?: number
  readonly backEndStalls?: number
  readonly uopCacheMisses?: number
  readonly taskClockSeconds?: number
  readonly pageFaults?: number
  readonly contextSwitches?: number
  readonly migrations?: number
}

/** What was counted on both sides, by whom, and how far repeated counts of the same side spread. */
export interface Counters {
  readonly source: 'perf' | 'simulated' | 'none'
  readonly base: Counts
  readonly head: Counts
  /** Largest relative spread of instructions over repeats of one side: 0 for a deterministic program. */
  readonly instructionSpread?: number
  /** The one sentence that says what differs. */
  readonly summary?: string
  /** The event chosen for each role, or why there is none. */
  readonly events?: readonly { readonly role: string; readonly event?: string; readonly why?: string }[]
  /** The simulated geometry or the hardware's, as `size,ways,line`. */
  readonly geometry?: {
    readonly l1i: string
    readonly l1d: string
    readonly ll: string
    readonly from: string
  }
}

/** Where hot code or data lies on one side; addresses are link-time virtual addresses in decimal. */
export interface HotPlace {
  /** Share of the samples or of the instructions, 0 to 1; for data, of the hottest function that refers to it. */
  readonly share: number
  readonly address: number
  readonly size: number
  readonly section?: string
  /** Cache lines and pages of 4096 bytes that it lies on, whole or in part. */
  readonly lines?: number
  readonly pages?: number
  /** Sets of the first-level instruction cache (for data, of the data cache) that its lines belong to, ascending. */
  readonly sets?: readonly number[]
  readonly instructions?: number
  readonly icacheMisses?: number
}

export type HotState = 'same' | 'moved' | 'changed' | 'new' | 'gone'

/** A function with at least 1 % of the samples (or simulated instructions) on either side, or data of such a function that moved. */
export interface HotFunction {
  readonly symbol: string
  readonly object: string
  /** A function unless told otherwise. */
  readonly kind?: 'function' | 'data'
  readonly base?: HotPlace
  readonly head?: HotPlace
  readonly state: HotState
}

export type CauseKind = 'work' | 'codegen' | 'memory' | 'branches' | 'placement' | 'mixed' | 'unexplained'

/** Why a breach happened, with the evidence for it and against it, a sentence each. */
export interface Cause {
  readonly kind: CauseKind
  readonly confidence: 'shown' | 'likely'
  readonly because: readonly string[]
  readonly against: readonly string[]
  /** For `mixed`: the part of the slowdown (0 to 1) that placement accounts for. */
  readonly placementShare?: number
}

/** A hot function or hot data symbol whose placement explains the slowdown. */
export interface Suspect {
  readonly symbol: string
  readonly object: string
  readonly rank: number
  readonly kind: 'function' | 'data'
  readonly because: string
  readonly evidence: {
    readonly from: number
    readonly to: number
    readonly share: number
    readonly mechanism: 'set-conflict' | 'alignment' | 'data-set-conflict' | 'straddle' | 'moved'
    /** Cache sets it occupies on each side. */
    readonly sets?: PerSide<readonly number[]>
    /** Other hot symbols in the same sets on the head side. */
    readonly sharedWith?: readonly string[]
    /** Simulated or sampled misses attributed to it on each side. */
    readonly misses?: PerSide<number>
    /** Offset of the function (or of its hot loop) in a 64-byte line on each side. */
    readonly lineOffset?: PerSide<number>
  }
}

/** The changed, added or removed function, section or object whose change of size moved the ones behind it. */
export interface Displacer {
  readonly symbol: string
  readonly object: string
  /** Change of size in bytes: positive when it grew or was added. */
  readonly bytes: number
  readonly change: 'grew' | 'shrank' | 'added' | 'removed' | 'reordered' | 'padding'
  /** Share of the samples or instructions spent in it, 0 to 1. */
  readonly share: number
  /** `file:line` in the work tree, where debug information or the diff tells. */
  readonly source?: string
  /** Short hashes and titles of the pull request's commits that touched that file. */
  readonly commits?: readonly { readonly sha: string; readonly title: string }[]
}

/** A function that the pull request's diff touches, and how hot it is. */
export interface Touched {
  readonly function: string
  readonly file: string
  /** 0 to 1; 0 for code that did not run while the benchmark did. */
  readonly share: number
  /** How the function was found: from debug lines, symbol sizes, or git's hunk headers. */
  readonly from: 'lines' | 'sizes' | 'hunks'
  /** A line of the file on the head side, counted from 1: the first changed one in the function, where that is known. */
  readonly line?: number
}

/** Both sides rebuilt in several random layouts, and what came of it. */
export interface LayoutTrial {
  readonly layouts: number
  readonly linker: string
  readonly seeds: readonly number[]
  /** Median time of each layout, in the benchmark's unit, in the order of the seeds. */
  readonly base: readonly number[]
  readonly head: readonly number[]
  /** Ratio of the layout medians head/base with its interval. */
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

/** Everything the report says of one benchmark. */
export interface BenchmarkReport {
  readonly name: string
  readonly unit: string
  readonly threshold: number
  readonly floor?: number
  readonly better: 'lower' | 'higher'
  readonly metric: 'time' | 'instructions'
  readonly decision: Decision
  /** One sentence why, where the decision alone does not say it (undecided, unmeasured, new, removed). */
  readonly reason?: string
  readonly base?: Series
  readonly head?: Series
  readonly change?: Change
  readonly control?: {
    readonly ratio: number
    readonly low: number
    readonly high: number
    readonly fit: boolean
    /** The control's values, in the order they were taken; with the samples of both sides they repeat the decision. */
    readonly samples?: readonly number[]
  }
  /** Where a run yielded no value, and how (`crash`, `timeout`, `silent`…); only with `unmeasured`. */
  readonly fault?: { readonly side: Side | 'both'; readonly kind: string }
  readonly rounds: number
  /** The smallest slowdown (ratio, for example 1.031) that this run could have shown; absent without rounds. */
  readonly detectable?: number
  readonly counters?: Counters
  readonly cause?: Cause
  readonly hot?: readonly HotFunction[]
  readonly suspects?: readonly Suspect[]
  readonly displacers?: readonly Displacer[]
  readonly touched?: readonly Touched[]
  readonly trials?: Trials
}

/** One system setting: what was found, what was set, and whether the found value is back. */
export interface KnobReport {
  readonly name: string
  readonly found?: string
  readonly set?: string
  readonly restored?: boolean
  /** False when it was set and did not stay so until the end of measuring. */
  readonly lasted?: boolean
  /** Why it was not set, or did not last, when that is so. */
  readonly why?: string
}

export interface HostReport {
  readonly knobs: readonly KnobReport[]
  /** For example `uid+cgroup+pidns+mountns`, `userns+pidns+mountns`, `none`. */
  readonly isolation: string
  /** What the quiet check found before measuring, a sentence each. */
  readonly noise?: readonly string[]
  /** CPUs that the benchmark was pinned to. */
  readonly cpus?: string
}

/** What this machine is, as far as it can change a figure: model, kernel, compilers, cache geometry. */
export type Fingerprint = Readonly<Record<string, string>>

/** The whole report, as `report.json` holds it. */
export interface Report {
  readonly schema: 1
  readonly verdict: Verdict
  /** One sentence a reviewer can act on. */
  readonly sentence: string
  readonly tool: { readonly name: 'perf-verdict'; readonly version: string }
  readonly base: { readonly sha: string; readonly title?: string }
  readonly head: { readonly sha: string; readonly title?: string }
  readonly pull?: { readonly number: number; readonly repository: string }
  readonly run?: { readonly url?: string; readonly number?: number; readonly attempt?: number }
  readonly shard?: { readonly index: number; readonly of: number }
  readonly seed: number
  /** The error rate asked for, over the whole table: 0.01 is one wrong claim in a hundred tables. */
  readonly alpha: number
  readonly startedAt: string
  readonly seconds: number
  readonly limitations: readonly Limitation[]
  readonly notes: readonly string[]
  /** Faults that made the run an error: a failed build, a base that cannot be found. */
  readonly errors: readonly { readonly what: string; readonly detail?: string }[]
  readonly machine: Fingerprint
  readonly host: HostReport
  readonly benchmarks: readonly BenchmarkReport[]
}
