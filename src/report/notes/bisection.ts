import { listed, quoted } from '../../core/text/text.ts'

/** What a reader must know of a search through commits. */

/** Commits that `paths` spares the search. */
export const commitsLeftOut = (count: number): string =>
  count === 1
    ? 'One commit touches none of the files that paths names, and was left out of the search.'
    : `${count} commits touch none of the files that paths names, and were left out of the search.`

/** Too many commits had no answer. */
export const GIVEN_UP =
  'The search ended early, because too many commits were undecided; raise the budget or quiet the machine to narrow it down further.'

/** Benchmarks that only one end of the range has. */
export const oneEndOnly = (names: readonly string[]): string =>
  `Left out, because only the good or only the bad commit lists it: ${listed(names.map(quoted))}.`

/** The report is of one gate of many. */
export const LAST_OF_SEVERAL =
  'This is the last gate of a bisection, so its error rate is a part of what was asked for; `bisect.md` tells of the others.'
