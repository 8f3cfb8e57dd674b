import type { Suspect } from '../model/explanation.ts'
import type { PerSide } from '../model/side.ts'
import type { Traced } from '../placement/displacers.ts'

/** A suspect before it is put into words. */
export interface JudgedSuspect extends Omit<Suspect, 'because'> {
  readonly why: SuspectReason
}

/** Why a function or a data symbol is suspected, with the figures that show it; the report makes the sentence. */
export type SuspectReason =
  | {
      /** It is in sets that are too full on the slower side. */
      readonly rule: 'crowded-set'
      readonly slower: 'base' | 'head'
      readonly cache: 'instruction' | 'data'
      readonly sets: readonly number[]
      /** Hot lines in the first of these sets, and how many the set holds. */
      readonly lines: number
      readonly ways: number
      readonly others: readonly string[]
    }
  | {
      /** Its hot loop starts at another offset of a cache line. */
      readonly rule: 'loop-offset'
      readonly offset: PerSide<number>
      readonly lines: PerSide<number>
    }
  | {
      /** It moved, and nothing else is known. */
      readonly rule: 'moved'
      readonly bytes: number
      readonly lines: PerSide<number>
    }

/** A suspect before it is ranked, with what it takes to trace what pushed it. */
export interface SuspectCandidate {
  readonly suspect: Omit<JudgedSuspect, 'rank'>
  /** How much of the extra cost is in it: additional misses first, then visits, then time. */
  readonly weight: number
  readonly traced: Traced
}

/** A rise of the crowding score below this is nothing: see docs/how-it-explains.md, "Crowding". */
export const CROWDING_RISE = 0.02
