/**
 * The wealth of a gambler who starts with 1 and bets, round by round, that the subject's values are the larger ones. While they are
 * not, the game is against the gambler, so large wealth is evidence: it ever reaches W with a probability of at most 1/W, however
 * long one looks (Ville 1939; Shafer 2021; Ramdas, Grünwald, Vovk and Shafer 2023). Wealth is handled as its natural logarithm.
 * docs/how-it-decides.md derives both bets.
 */

/** The order in which the values of one round came out, as far as the bets depend on it. */
export interface Outcome {
  /** For each fraction of `FRACTIONS`, the log factor by which betting it on every pair multiplies the wealth. */
  readonly logFactors: Float64Array
  /** Whether every value of the subject exceeds every reference. */
  readonly apart: boolean
  /** In how many ways so many values can be parted into subject and references. */
  readonly partings: number
}

/**
 * The cautious bet stakes a fraction c of the wealth on every pair of a subject and a reference: 1 + c if the subject is larger, 1 − c
 * if not, the product over the pairs, averaged over all ways to pair. Nobody knows the best c, so the wealth is split over these.
 */
const FRACTIONS = Float64Array.from({ length: 20 }, (_, at) => (at + 0.5) / 20)

/** Leaning towards large fractions, because clear cases are the common ones; it costs the hard cases few rounds. */
const LOG_PRIOR = logShares(FRACTIONS.map(fraction => (1 + fraction) ** 3))

/**
 * The bold bet's share of the first coin. It stakes everything on the subject lying above all references in every round, which for
 * equal builds is one of `partings` equally likely orders.
 */
const BOLD = 0.25

const known = new Map<number, Outcome>()

/**
 * The outcome of a round from the number of references that each value of the subject exceeds. The references that one value exceeds
 * are among those that a larger one exceeds, so these numbers, in any order, say all.
 */
export function outcomeOf(exceeded: readonly number[], references: number): Outcome {
  const key =
    exceeded.reduce((sum, count) => sum * (references + 1) + count, exceeded.length) * MOST + references
  const found = known.get(key)
  if (found) return found
  const outcome = newOutcome(exceeded, references)
  known.set(key, outcome)
  return outcome
}

/** More than the values of a side in one round. */
const MOST = 64

function newOutcome(exceeded: readonly number[], references: number): Outcome {
  const pairs = Math.min(exceeded.length, references)
  const ways = waysToWin(exceeded, references)
  const all = ways.reduce((sum, count) => sum + count, 0)
  const logFactors = FRACTIONS.map(fraction =>
    Math.log(
      ways.reduce(
        (sum, count, won) => sum + count * (1 + fraction) ** won * (1 - fraction) ** (pairs - won),
        0,
      ) / all,
    ),
  )
  const apart = exceeded.every(count => count === references)
  return { logFactors, apart, partings: choose(exceeded.length + references, references) }
}

/** How many of the ways to give each pair partners of its own let so many pairs win; the index is the number won. */
function waysToWin(exceeded: readonly number[], references: number): readonly number[] {
  const ways: number[] = Array.from({ length: Math.min(exceeded.length, references) + 1 }, () => 0)
  const pair = (subject: number, free: readonly number[], left: number, won: number): void => {
    if (left === 0) {
      ways[won]!++
      return
    }
    if (exceeded.length - subject > left) pair(subject + 1, free, left, won)
    for (const reference of free)
      pair(
        subject + 1,
        free.filter(other => other !== reference),
        left - 1,
        won + (reference < exceeded[subject]! ? 1 : 0),
      )
  }
  const everyReference = Array.from({ length: references }, (_, at) => at)
  pair(0, everyReference, ways.length - 1, 0)
  return ways
}

/** Log wealth after rounds with these outcomes; the bold bet counts only where the values are clearly apart. */
export function logWealth(outcomes: readonly Outcome[], clear: boolean): number {
  const counts = new Map<Outcome, number>()
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return logWealthAfter(counts, clear)
}

/**
 * The same after so many rounds of each outcome; their order does not matter. With `hoped`, as if so many pairs more had been played, of
 * which a share was won.
 */
export function logWealthAfter(
  counts: ReadonlyMap<Outcome, number>,
  clear: boolean,
  hoped?: { readonly pairs: number; readonly share: number },
): number {
  const logs = LOG_PRIOR.slice()
  if (hoped)
    for (const [at, fraction] of FRACTIONS.entries())
      logs[at]! +=
        hoped.pairs * (hoped.share * Math.log1p(fraction) + (1 - hoped.share) * Math.log1p(-fraction))
  let bold = clear ? Math.log(BOLD) : Number.NEGATIVE_INFINITY
  for (const [{ logFactors, apart, partings }, count] of counts) {
    for (let at = 0; at < logs.length; at++) logs[at]! += count * logFactors[at]!
    bold = apart ? bold + count * Math.log(partings) : Number.NEGATIVE_INFINITY
  }
  const cautious = Math.log1p(-BOLD) + logSum(logs)
  return logSum(Float64Array.of(cautious, bold))
}

/** The fewest rounds of so many values a side after which the log wealth can reach a level: clearly apart in each, besides those lost. */
export function fewestRounds(logLevel: number, subjects: number, references: number, lost = 0): number {
  const each = (exceeded: number) =>
    outcomeOf(
      Array.from({ length: subjects }, () => exceeded),
      references,
    )
  const outcomes: Outcome[] = Array.from({ length: lost }, () => each(0))
  while (logWealth(outcomes, lost === 0) < logLevel) outcomes.push(each(references))
  return outcomes.length - lost
}

function logShares(weights: Float64Array): Float64Array {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => Math.log(weight / whole))
}

function logSum(logs: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (const log of logs) if (log > most) most = log
  let sum = 0
  for (const log of logs) sum += Math.exp(log - most)
  return most + Math.log(sum)
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let at = 1; at <= k; at++) ways = (ways * (n - k + at)) / at
  return ways
}
