import type { PerSide } from './side.ts'

/** Where hot code or data is on one side; addresses are link-time virtual addresses in decimal. */
export interface HotPlace {
  /** Share of the samples or of the instructions, 0 to 1; for data, of the hottest function that refers to it. */
  readonly share: number
  readonly address: number
  readonly size: number
  readonly section?: string
  /** Cache lines and pages of 4096 bytes that it is on, whole or in part. */
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
  /** What compilers put into it from other functions, with at least 1 % of the counts of the run, hottest first. */
  readonly inlined?: readonly InlinedShare[]
}

/** A function's code inside another one, as a part of the run on each side, without what is inlined into it in turn. */
export interface InlinedShare {
  readonly symbol: string
  readonly base?: number
  readonly head?: number
}

/** The call stacks of both sides in one tree, as far as they cost something. */
export interface Flame {
  readonly unit: 'instructions' | 'samples'
  readonly totals: PerSide<number>
  readonly functions: readonly { readonly symbol: string; readonly object: string }[]
  /**
   * For each frame its caller's position (-1 for none), its function's, and what was counted in it and below it on base and head. Callers
   * stand before what they call, the more costly callees first.
   */
  readonly frames: readonly FlameFrame[]
}

export type FlameFrame = readonly [caller: number, functionAt: number, base: number, head: number]

export type CauseKind = 'work' | 'codegen' | 'memory' | 'branches' | 'placement' | 'mixed' | 'unexplained'

/** Why a breach happened, with the evidence for it and against it, a sentence each. */
export interface Cause {
  readonly kind: CauseKind
  readonly confidence: 'shown' | 'likely'
  readonly because: readonly string[]
  readonly against: readonly string[]
  /** What the pull request does other than changing sources, where the cause is in that: `moves lib from 1.2 to 1.3`, `changes how the program is built (Makefile)`. */
  readonly through?: readonly string[]
  /** The same reasons as the rules that hold; absent in reports of earlier versions. */
  readonly signs?: readonly CauseSign[]
  /** For `mixed`: the part of the slowdown (0 to 1) that placement accounts for. */
  readonly placementShare?: number
}

/** A figure of a sign: an amount, a name or a list of them. */
export type Figure = number | string | boolean | readonly string[] | readonly number[]

/** A rule that holds for a benchmark, with the figures that show it. */
export interface CauseSign {
  /** The rule's name, which stays the same from version to version. */
  readonly rule: string
  /** Whether it supports the cause that is named or contradicts it. */
  readonly supports: boolean
  readonly figures: Readonly<Record<string, Figure>>
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
  /** How the function was found: from debug lines, symbol sizes, git's hunk headers, or by comparing the sources that were built. */
  readonly from: 'lines' | 'sizes' | 'hunks' | 'sources'
  /** The hottest function that it was inlined into, where its share is that of its code there. */
  readonly inlinedIn?: string
  /** What the diff does to a file that it does not name: `moves lib from 1.2 to 1.3`, `generated from parser.y`. */
  readonly through?: string
  /** A line of the file on the head side, counted from 1: the first changed one in the function, where that is known. */
  readonly line?: number
}
