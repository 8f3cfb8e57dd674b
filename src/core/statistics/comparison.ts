import { logWealthAfter, type Outcome, outcomeOf } from './betting.ts'

/** The values of one round, and those that they are compared with. */
export interface Comparison {
  readonly subjects: readonly number[]
  readonly references: readonly number[]
}

/**
 * How far each subject of a round lies beyond each of its references, as log ratios: positive where it does, and a list for each subject.
 * A margin of 0 speaks against it.
 */
export type Margins = readonly Float64Array[]

/** The margins of all rounds. */
export function marginsOf(
  comparisons: readonly Comparison[],
  margin: (subject: number, reference: number) => number,
): readonly Margins[] {
  return comparisons.map(({ subjects, references }) =>
    subjects.map(subject => Float64Array.from(references, reference => margin(subject, reference))),
  )
}

/** The log wealth of betting, in every round, that the subjects lie beyond their references by more than `shift`. */
export function logWealthOf(rounds: readonly Margins[], shift = 0): number {
  let nearest = Number.POSITIVE_INFINITY
  let farthest = 0
  const counts = new Map<Outcome, number>()
  for (const round of rounds) {
    const exceeded = round.map(margins => {
      let count = 0
      for (const margin of margins) {
        const by = margin - shift
        if (by < nearest) nearest = by
        if (by > farthest) farthest = by
        if (by > 0) count++
      }
      return count
    })
    const outcome = outcomeOf(exceeded, round[0]?.length ?? 0)
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return logWealthAfter(counts, isClear(nearest, farthest))
}

/**
 * How much farther beyond than the nearest pair the farthest may lie for both to be clearly apart. Six values of a side that is merely
 * noisier than the other all lie on one side of it once in 64 cases, but then some of them lie close to it.
 */
const SPREAD = 6

function isClear(nearest: number, farthest: number): boolean {
  return nearest > 0 && SPREAD * nearest > farthest * (1 + 1e-9)
}

/** The shift at which pairs with these margins stop to be clearly beyond it. */
export function clearUpTo(nearest: number, farthest: number): number {
  return (SPREAD * nearest - farthest) / (SPREAD - 1)
}
