import type { Change } from '../model/report.ts'

/** A commit that was measured against the good one, and by how much it was slower. */
export interface Probe {
  /** 1 is the first commit after the good one. */
  readonly position: number
  readonly change: Change
}

/** A candidate and the probability that it made the jump, given that exactly one of the candidates did. */
export interface Ranked {
  readonly position: number
  readonly probability: number
}

/** No interval is so narrow that the noise between two sessions does not exceed it. */
const LEAST_DEVIATION = 0.005

/**
 * Ranks the candidates from `below` (not one of them) to `above` by what every probe measured: commits before the culprit are as fast
 * as the good one and those from it on as slow as the bad one, each with the spread of its own interval, taken as normal in the
 * logarithm. Candidates that no probe parts share alike.
 */
export function rankCandidates(
  range: { readonly below: number; readonly above: number },
  jump: Pick<Change, 'ratio'>,
  probes: readonly Probe[],
): readonly Ranked[] {
  const { below, above } = range
  const positions = Array.from({ length: above - below }, (_, at) => below + 1 + at)
  const scores = positions.map(culprit =>
    probes.reduce((sum, { position, change }) => {
      const expected = position >= culprit ? Math.log(jump.ratio) : 0
      const distance = (Math.log(change.ratio) - expected) / deviationOf(change)
      return sum - (distance * distance) / 2
    }, 0),
  )
  const best = Math.max(...scores)
  const weights = scores.map(score => Math.exp(score - best))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return positions
    .map((position, at) => ({ position, probability: weights[at]! / all }))
    .toSorted((one, other) => other.probability - one.probability || one.position - other.position)
}

/** An interval reaches about as far as its confidence's normal quantile; two deviations to either side are on the safe side of it. */
function deviationOf({ low, high }: Change): number {
  const width = Math.log(Math.max(high, 1e-9)) - Math.log(Math.max(low, 1e-9))
  return Number.isFinite(width) && width > 0 ? Math.max(LEAST_DEVIATION, width / 4) : 1
}
