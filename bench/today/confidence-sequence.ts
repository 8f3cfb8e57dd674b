import { logWealth } from './betting.ts'

/**
 * The medians that the rounds do not speak against: the bets of `betting.ts` turned round. Each round holds one value or several that
 * are compared with the same candidate; the round is won when all of them lie above it, lost when none does, and silent otherwise.
 * Each end misses the median with a probability of at most alpha, at every look at once (a confidence sequence for a quantile, as in
 * Howard and Ramdas 2022). Undefined while there are too few rounds for both ends.
 */
export function confidenceSequence(
  rounds: readonly (readonly number[])[],
  alpha: number,
): { readonly low: number; readonly high: number } | undefined {
  const level = -Math.log(alpha)
  const low = lowerEnd(rounds, level)
  const high = lowerEnd(
    rounds.map(values => values.map(value => -value)),
    level,
  )
  return low === undefined || high === undefined ? undefined : { low, high: -high }
}

/** The smallest candidate that betting on "the median is above it" does not reject; evidence only falls as the candidate rises. */
function lowerEnd(rounds: readonly (readonly number[])[], level: number): number | undefined {
  const lowest = ascending(rounds.map(values => Math.min(...values)))
  const highest = ascending(rounds.map(values => Math.max(...values)))
  const rejected = (candidate: number) => {
    const lost = countUpTo(highest, candidate)
    return logWealth(lowest.length - countUpTo(lowest, candidate), lost) >= level
  }
  if (!rejected(Number.NEGATIVE_INFINITY)) return undefined
  const candidates = ascending([...lowest, ...highest])
  return candidates[firstWhere(candidates.length, at => !rejected(candidates[at]!))]
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b)
}

function countUpTo(sorted: readonly number[], limit: number): number {
  return firstWhere(sorted.length, at => sorted[at]! > limit)
}

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
