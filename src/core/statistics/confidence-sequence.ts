import { type Comparison, clearUpTo, logWealthOf, marginsOf, swapped } from './comparison.ts'

/**
 * The ratios of subject to reference that the rounds do not speak against: the bets of `betting.ts` turned round. Each end misses the
 * ratio with a probability of at most alpha, at every look at once (a confidence sequence). Undefined while there are too few rounds
 * for both ends, or where values were printed so coarsely that they may have been none. Lost rounds speak against every end.
 */
export function confidenceSequence(
  comparisons: readonly Comparison[],
  alpha: number,
  lost = 0,
): { readonly low: number; readonly high: number } | undefined {
  const level = -Math.log(alpha)
  const low = lowerEnd(comparisons, { level, lost })
  const high = lowerEnd(comparisons.map(swapped), { level, lost })
  return low && high ? { low, high: 1 / high } : undefined
}

/** The smallest ratio that betting on "it is above" does not reject; evidence only falls as the ratio rises. */
function lowerEnd(
  comparisons: readonly Comparison[],
  { level, lost }: { readonly level: number; readonly lost: number },
): number | undefined {
  const margins = marginsOf(comparisons, (subject, reference) => Math.log(subject / reference))
  const logs = margins.flatMap(round => round.flatMap(list => [...list])).toSorted((a, b) => a - b)
  if (logs.length === 0) return undefined
  const [nearest, farthest] = [logs[0]!, logs.at(-1)!]
  const rejected = (candidate: number) => logWealthOf(margins, candidate, lost) >= level
  if (!rejected(nearest - FAR - (farthest - nearest))) return undefined
  const candidates = [...logs, clearUpTo(nearest, farthest)].toSorted((a, b) => a - b)
  const at = firstWhere(candidates.length, index => !rejected(candidates[index]!))
  return Math.exp(candidates[at]!)
}

/** A log ratio below which every candidate is as clearly rejected as any. */
const FAR = 1

/** The first index from which on the condition holds, or the length; the condition must not fall back. */
function firstWhere(length: number, holds: (at: number) => boolean): number {
  let [from, to] = [0, length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}
