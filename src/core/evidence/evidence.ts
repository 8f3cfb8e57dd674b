import type { FileDifference } from '../model/build-identity.ts'
import type { Counters, Counts } from '../model/counters.ts'
import type { Metric } from '../model/metric.ts'
import type { Change } from '../model/report.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { Examination } from '../placement/examine.ts'
import type { LoopMove } from '../placement/loops.ts'
import type { RuntimeFamily } from './runtime-family.ts'

/** What was measured of one benchmark, without the two builds. */
export interface MeasuredChange {
  readonly change: Change
  /** What changed; time when absent. */
  readonly metric?: Metric
  readonly counters?: Counters
}

/** A function that does not run the same code on both sides, with the instructions it gained. */
export interface ChangedCode {
  readonly name: string
  /** Instructions more on the slower side, as a part of all instructions of the faster side. */
  readonly growth: number
  readonly share: number
  /**
   * Whether the source that it was built from was changed; `maybe` when what it inlines, a type it uses or what all code is built with
   * was; `unknown` where the built sources could not be compared.
   */
  readonly touched: 'yes' | 'maybe' | 'no' | 'unknown'
  /** The functions inlined into it that hold at least a fifth of that growth, the largest first. */
  readonly within?: readonly string[]
  /** What reaches it other than lines of the diff, as a verb's phrase: `moves lib from 1.2 to 1.3`. */
  readonly through?: readonly string[]
}

/** Misses per thousand instructions on the faster and on the slower side. */
export interface Rate {
  readonly from: number
  readonly to: number
}

/** Which side is the faster one and which the slower. */
export interface Direction {
  readonly from: Side
  readonly to: Side
}

/** Everything that the rules look at; `from` is the faster side, `to` the slower one, so that speed-ups are judged alike. */
export interface Evidence {
  readonly slowdown: number
  /** The change is not one of time, so that nothing of it can be waiting. */
  readonly untimed?: true
  /** The change is one of processor time, of which waiting is no part. */
  readonly processorTime?: true
  readonly from: Side
  readonly to: Side
  readonly source: Counters['source']
  readonly counts: PerSide<Counts>
  /** Relative growth of instructions towards the slower side; absent without a count. */
  readonly growth?: number
  /** The growth that means nothing: the spread of repeated counts, at least half a percent. */
  readonly tolerance: number
  /** Part of the slowdown that the growth of instructions accounts for at unchanged speed, from 0. */
  readonly explained: number
  /** Code that is changed, new or gone. */
  readonly changed: readonly ChangedCode[]
  /** Functions of unchanged code that ran more often, as `changed`. */
  readonly oftener: readonly ChangedCode[]
  /** Share of the slower side's counts in functions whose code is the same where it runs. */
  readonly sameShare?: number
  /** Share of the slower side's counts in such functions that moved. */
  readonly movedShare: number
  /** The same instructions in the same functions, within the tolerance. */
  readonly sameWork: boolean
  readonly icache?: Rate
  readonly dcache?: Rate
  /** Data accesses that miss the second level too: the costly ones. */
  readonly secondLevel?: Rate
  readonly branches?: Rate
  /** Functions of changed code that execute as many instructions as before and miss the data cache more often. */
  readonly missing: readonly { readonly name: string; readonly rate: Rate }[]
  /** Share of additional data-cache misses that is in changed code. */
  readonly dcacheInChanged?: number
  /** Share of additional instruction-cache misses that is in unchanged code that moved. */
  readonly icacheInMoved?: number
  readonly loops: readonly LoopMove[]
  readonly inlined: readonly Inlining[]
  /** Functions that changed code calls on one side only, although nothing says that they are inlined on the other. */
  readonly calls: readonly NewCall[]
  /** What allocating, collecting and copying memory gained; absent without a profile. */
  readonly runtime?: RuntimeWork
  /** Iterations of the run that was counted, where its harness takes a number. */
  readonly iterations?: number
  /** What base built again differs in; absent where nobody built it again. */
  readonly rebuilt?: Rebuilt
  readonly examination?: Examination
}

/** What one family of runtime functions gained on the slower side, as a part of everything counted on the faster one. */
export interface FamilyGrowth {
  readonly growth: number
  /** Its functions that gained, the largest gain first. */
  readonly functions: readonly string[]
}

/** What allocating, collecting and copying memory gained between the sides. */
export interface RuntimeWork {
  readonly families: Partial<Readonly<Record<RuntimeFamily, FamilyGrowth>>>
  /** Calls of the allocator whose calls changed most; only where every instruction was counted. */
  readonly allocations?: AllocationCalls
}

/** How often an allocator was called on the faster and on the slower side. */
export interface AllocationCalls {
  readonly allocator: string
  readonly from: number
  readonly to: number
}

/** What two builds of base from the same commit differ in; no pull request changed that. */
export interface Rebuilt {
  /** Files of the program that differ, with the first difference as part of a sentence. */
  readonly files: readonly { readonly name: string; readonly difference: FileDifference }[]
  /** Hot functions whose code differs. */
  readonly functions: readonly string[]
  /** Whether hot functions of the same code have other addresses. */
  readonly moved: boolean
}

/** A function that the caller calls on one side and has inside itself on the other. */
export interface Inlining {
  readonly caller: string
  readonly callee: string
  /** Whether the slower side calls it, where the faster one has it inline. */
  readonly lost: boolean
  /** Part of what both gained together that is bookkeeping (calls, returns, moves), 0 to 1; absent without exact counts. */
  readonly bookkeeping?: number
}

/** A call that changed code makes on one side only. */
export interface NewCall {
  readonly caller: string
  readonly callee: string
  readonly on: Side
  /** How often one call of the caller makes it; absent without exact counts. */
  readonly perCall?: number
}
