import type { Suspect } from '../model/explanation.ts'
import type { Traced } from '../placement/displacers.ts'
import { listed } from '../text/text.ts'

/** A suspect before it is ranked, with what it takes to trace what pushed it. */
export interface SuspectCandidate {
  readonly suspect: Omit<Suspect, 'rank'>
  /** How much of the extra cost lands in it: additional misses first, then visits, then time. */
  readonly weight: number
  readonly traced: Traced
}

/** A rise of the crowding score below this is nothing: see docs/how-it-explains.md, "Crowding". */
export const CROWDING_RISE = 0.02

/** The sentence for a place in sets that are too full on the slower side. */
export function sharing(
  name: string,
  of: {
    readonly to: 'base' | 'head'
    readonly cache: 'instruction' | 'data'
    readonly sets: readonly { readonly set: number; readonly lines: number }[]
    readonly ways: number
    readonly others: readonly string[]
  },
): string {
  const sets = of.sets.map(({ set }) => set).join(', ')
  const verb = of.to === 'head' ? 'now shares' : 'no longer shares'
  return `${name} ${verb} L1 ${of.cache}-cache set ${sets} with ${listed(of.others, 3)}: ${of.sets[0]!.lines} hot lines for ${of.ways} ways.`
}
