import { logWealthAfter, type Outcome, outcomeOf } from './betting.ts'

/** The values of one round, and those that they are compared with. */
export interface Comparison {
  readonly subjects: readonly number[]
  readonly references: readonly number[]
  /** The steps in which they were printed; absent where nothing was rounded. */
  readonly steps?: ValueSteps
}

/** How coarsely the values of each part of a comparison were printed, in their unit; 0 for not at all. */
export interface ValueSteps {
  readonly subject: number
  readonly reference: number
}

/** A comparison the other way round. */
export function swapped({ subjects, references, steps }: Comparison): Comparison {
  return {
    ...{ subjects: references, references: subjects },
    ...(steps && { steps: { subject: steps.reference, reference: steps.subject } }),
  }
}

/**
 * How far each subject of a round is beyond each of its references, as log ratios: positive where it does, and a list for each subject.
 * A margin of 0 speaks against it.
 */
export type Margins = readonly Float64Array[]

/**
 * The margins of all rounds. Values that were printed in steps may have been others before, so that the least margin counts that they may
 * have had: nothing is claimed that rounding could have made.
 */
export function marginsOf(
  comparisons: readonly Comparison[],
  margin: (subject: number, reference: number) => number,
): readonly Margins[] {
  return comparisons.map(({ subjects, references, steps }) => {
    const least = steps ? leastOf(margin, steps) : margin
    return subjects.map(subject => Float64Array.from(references, reference => least(subject, reference)))
  })
}

/**
 * The least margin of the values that may have been printed as these two: each rounded to the nearest step, or cut off below it. Programs
 * do either, and no output tells which; both sides do the same.
 */
function leastOf(
  margin: (subject: number, reference: number) => number,
  { subject: s, reference: r }: ValueSteps,
) {
  return (subject: number, reference: number): number =>
    Math.min(
      margin(Math.max(0, subject - s / 2), reference + r / 2),
      margin(subject + s / 2, Math.max(0, reference - r / 2)),
      margin(subject, reference + r),
      margin(subject + s, reference),
    )
}

/**
 * The log wealth of betting, in every round, that the subjects are beyond their references by more than `shift`. Rounds that were lost are
 * counted as if none had been: what their values were nobody knows, and that they were lost may be because of it.
 */
export function logWealthOf(rounds: readonly Margins[], shift = 0, lost = 0): number {
  const { counts, clear } = tallyOf(rounds, shift, lost)
  return logWealthAfter(counts, clear)
}

/**
 * The log wealth after so many more rounds in which a pair is beyond as often as it did so far, and more often by as much as chance
 * may have kept it from: two and a half standard errors.
 */
export function foreseenWealth(rounds: readonly Margins[], more: number, lost = 0): number {
  const all = rounds.flatMap(round => round.flatMap(margins => [...margins]))
  const pairs = rounds.reduce((sum, round) => sum + Math.min(round.length, round[0]?.length ?? 0), 0)
  const share = all.filter(margin => margin > 0).length / all.length
  const hoped = Math.min(1, share + 2.5 * Math.sqrt(0.25 / pairs))
  const { counts, clear } = tallyOf(rounds, 0, lost)
  return logWealthAfter(counts, clear, { pairs: (more * pairs) / rounds.length, share: hoped })
}

function tallyOf(rounds: readonly Margins[], shift: number, lost: number) {
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
  const like = rounds[0]
  if (lost === 0 || !like) return { counts, clear: isClear(nearest, farthest) }
  const worst = outcomeOf(
    like.map(() => 0),
    like[0]?.length ?? 0,
  )
  counts.set(worst, (counts.get(worst) ?? 0) + lost)
  return { counts, clear: false }
}

/**
 * How much farther beyond than the nearest pair the farthest may be for both to be clearly apart. Six values of a side that is merely
 * noisier than the other all are on one side of it once in 64 cases, but then some of them are close to it.
 */
const SPREAD = 6

function isClear(nearest: number, farthest: number): boolean {
  return nearest > 0 && SPREAD * nearest > farthest * (1 + 1e-9)
}

/** The shift at which pairs with these margins stop to be clearly beyond it. */
export function clearUpTo(nearest: number, farthest: number): number {
  return (SPREAD * nearest - farthest) / (SPREAD - 1)
}
