import { type Comparison, foreseenWealth, logWealthOf, marginsOf } from './comparison.ts'

/** Where a benchmark's threshold is: a fraction, and with it a floor in the benchmark's unit; both must be exceeded. */
export interface EffectThreshold {
  readonly threshold: number
  readonly floor?: number
  readonly better: 'lower' | 'higher'
}

/** How many rounds were left out because a run of them failed; each counts against every answer. */
export interface LostRounds {
  readonly lostRounds?: number | undefined
}

/** The log e-value of each of the four answers; −∞ where nothing may be claimed. */
export interface LogEvidence {
  readonly slower: number
  readonly notSlower: number
  readonly faster: number
  readonly notFaster: number
}

export const NO_EVIDENCE: LogEvidence = {
  slower: Number.NEGATIVE_INFINITY,
  notSlower: Number.NEGATIVE_INFINITY,
  faster: Number.NEGATIVE_INFINITY,
  notFaster: Number.NEGATIVE_INFINITY,
}

/**
 * What the rounds say for each answer about the subject: worse than its references by more than the threshold, not so, better by more
 * than the threshold, not so. `bias` (1 or more) is a known bias between equal things that is taken off every claim.
 */
export function evidenceOf(
  comparisons: readonly Comparison[],
  effect: EffectThreshold & LostRounds,
  bias: number,
): LogEvidence {
  const margins = marginsFor(comparisons, effect, bias)
  return {
    slower: logWealthOf(margins.worse('beyond'), 0, effect.lostRounds),
    notSlower: logWealthOf(margins.worse('short'), 0, effect.lostRounds),
    faster: logWealthOf(margins.better('beyond'), 0, effect.lostRounds),
    notFaster: logWealthOf(margins.better('short'), 0, effect.lostRounds),
  }
}

/** The evidence on the gate's own question after so many more rounds, if these go about as well as the ones so far may lead to expect. */
export function foreseenEvidence(
  comparisons: readonly Comparison[],
  more: number,
  effect: EffectThreshold & LostRounds,
): Pick<LogEvidence, 'slower' | 'notSlower'> {
  const margins = marginsFor(comparisons, effect, 1)
  return {
    slower: foreseenWealth(margins.worse('beyond'), more, effect.lostRounds),
    notSlower: foreseenWealth(margins.worse('short'), more, effect.lostRounds),
  }
}

/** The margins by which the subject is worse or better than a reference: beyond the threshold, or short of it. */
function marginsFor(comparisons: readonly Comparison[], effect: EffectThreshold, bias: number) {
  const by = {
    beyond: (large: number, small: number) => Math.log(large / (limitOf(small, effect) * bias)),
    short: (large: number, small: number) => Math.log(limitOf(small, effect) / (large * bias)),
  }
  const large = (kind: keyof typeof by) => marginsOf(comparisons, by[kind])
  const small = (kind: keyof typeof by) =>
    marginsOf(comparisons, (subject, reference) => by[kind](reference, subject))
  return effect.better === 'lower' ? { worse: large, better: small } : { worse: small, better: large }
}

/** The smallest value that is not beyond the threshold: both threshold and floor have to be exceeded. */
function limitOf(small: number, { threshold, floor = 0 }: EffectThreshold): number {
  return Math.max(small * (1 + threshold), small + floor)
}
