import { logWealth, outcomeOf } from './betting.ts'

/** The values of one round, and those that they are compared with. */
export interface Comparison {
  readonly subjects: readonly number[]
  readonly references: readonly number[]
}

/**
 * The log wealth of betting, in every round, that the subjects lie beyond their references. The margin of a pair is a log ratio: positive
 * where the subject lies beyond, and rising with the subject and falling with the reference. A margin of 0 speaks against it.
 */
export function logWealthOf(
  comparisons: readonly Comparison[],
  margin: (subject: number, reference: number) => number,
): number {
  let nearest = Number.POSITIVE_INFINITY
  let farthest = 0
  const outcomes = comparisons.map(({ subjects, references }) =>
    outcomeOf(
      subjects.map(subject => {
        let exceeded = 0
        for (const reference of references) {
          const by = margin(subject, reference)
          nearest = Math.min(nearest, by)
          farthest = Math.max(farthest, by)
          if (by > 0) exceeded++
        }
        return exceeded
      }),
      references.length,
    ),
  )
  return logWealth(outcomes, isClear(nearest, farthest))
}

/**
 * How much farther beyond than the nearest pair the farthest may lie for both to be clearly apart. Six values of a side that is merely
 * noisier than the other all lie on one side of it once in 64 cases, but then some of them lie close to it.
 */
const SPREAD = 6

function isClear(nearest: number, farthest: number): boolean {
  return nearest > 0 && SPREAD * nearest > farthest * (1 + 1e-9)
}

/** The ratio at which pairs with these log ratios stop to be clearly beyond it. */
export function clearUpTo(nearest: number, farthest: number): number {
  return (SPREAD * nearest - farthest) / (SPREAD - 1)
}
