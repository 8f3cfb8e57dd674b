import { type Comparison, logWealthOf, marginsOf } from './comparison.ts'

/** Where a benchmark's threshold lies: a fraction, and beside it a floor in the benchmark's unit; both must be exceeded. */
export interface Mark {
  readonly threshold: number
  readonly floor?: number
  readonly better: 'lower' | 'higher'
}

/** The log e-value of each of the four answers; −∞ where nothing may be claimed. */
export interface Evidence {
  readonly slower: number
  readonly notSlower: number
  readonly faster: number
  readonly notFaster: number
}

export const NO_EVIDENCE: Evidence = {
  slower: Number.NEGATIVE_INFINITY,
  notSlower: Number.NEGATIVE_INFINITY,
  faster: Number.NEGATIVE_INFINITY,
  notFaster: Number.NEGATIVE_INFINITY,
}

/**
 * What the rounds say for each answer about the subject: worse than its references by more than the mark, not so, better by more
 * than the mark, not so. `charge` (1 or more) is a known bias between equal things that is taken off every claim.
 */
export function evidenceOf(comparisons: readonly Comparison[], mark: Mark, charge: number): Evidence {
  const beyond = (large: number, small: number) => Math.log(large / (limitOf(small, mark) * charge))
  const short = (large: number, small: number) => Math.log(limitOf(small, mark) / (large * charge))
  const subjectLarge = (margin: typeof beyond) => logWealthOf(marginsOf(comparisons, margin))
  const subjectSmall = (margin: typeof beyond) =>
    logWealthOf(marginsOf(comparisons, (subject, reference) => margin(reference, subject)))
  const [worse, better] =
    mark.better === 'lower' ? [subjectLarge, subjectSmall] : [subjectSmall, subjectLarge]
  return {
    slower: worse(beyond),
    notSlower: worse(short),
    faster: better(beyond),
    notFaster: better(short),
  }
}

/** The smallest value that is not beyond the mark: both threshold and floor have to be exceeded. */
function limitOf(small: number, { threshold, floor = 0 }: Mark): number {
  return Math.max(small * (1 + threshold), small + floor)
}
