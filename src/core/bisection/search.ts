/**
 * What is known of a commit: above the threshold against the good commit, shown not to be, measured without an answer, or
 * not measurable at all (it does not build, or its benchmark does not run).
 */
export type CommitAnswer = 'above' | 'below' | 'open' | 'broken'

/** The search so far: commits are counted from 1, the first after the good one, to the bad one, which is known to be above. */
export interface Search {
  readonly commits: number
  /** In the order in which they came. */
  readonly answers: ReadonlyMap<number, CommitAnswer>
}

/** The slowdown came after `below` and at `above` at the latest; and the commit to measure next, unless that is all. */
export type NextStep = { readonly below: number; readonly above: number } & (
  | { readonly kind: 'measure'; readonly at: number; readonly left: number; readonly steps: number }
  /** `givenUp` when commits between were left untested, because too many decisions stayed open. */
  | { readonly kind: 'narrowed'; readonly givenUp: boolean }
)

/** Measurements that may end without an answer; each costs a whole budget, and each has its share of the error rate. */
export const MOST_OPEN = 4

/** The most decisions that a bisection can take: the whole range first, the search, and the last gate. */
export function mostDecisions(commits: number): number {
  return 1 + mostAnswers(commits) + MOST_OPEN + 1
}

/**
 * The next step of a binary search among the commits that can still answer. One answer more than halving needs leaves room
 * to stay away from commits that could not answer: their neighbours most likely cannot either.
 */
export function nextStep({ commits, answers }: Search): NextStep {
  const { below, above } = narrowed({ commits, answers })
  const between = Array.from({ length: above - below - 1 }, (_, at) => below + 1 + at)
  const testable = between.filter(at => !answers.has(at))
  const said = [...answers.values()]
  const open = said.filter(answer => answer === 'open').length
  if (testable.length === 0 || open >= MOST_OPEN)
    return { kind: 'narrowed', below, above, givenUp: testable.length > 0 }
  const isAnswer = (answer: CommitAnswer) => answer === 'above' || answer === 'below'
  const at = choose(testable, {
    mute: between.filter(at => answers.has(at)),
    inARow: said.length - 1 - said.findLastIndex(isAnswer),
    most: 2 ** (mostAnswers(commits) - said.filter(isAnswer).length - 1) - 1,
  })
  return { kind: 'measure', below, above, at, left: testable.length, steps: halvings(testable.length + 1) }
}

/** The last commit known to be below, 0 for the good one, and the first known to be above. */
function narrowed({ commits, answers }: Search): { readonly below: number; readonly above: number } {
  const at = (wanted: CommitAnswer) =>
    [...answers].flatMap(([position, answer]) => (answer === wanted ? [position] : []))
  const above = Math.min(commits, ...at('above'))
  return { above, below: Math.max(0, ...at('below').filter(position => position < above)) }
}

/** The most commits between that ever answer. */
function mostAnswers(commits: number): number {
  return commits > 1 ? halvings(commits) + 1 : 0
}

/** How often so many candidates can be halved until one is left. */
function halvings(candidates: number): number {
  return Math.ceil(Math.log2(candidates))
}

/**
 * The commit nearest to the middle that leaves at most `most` on either side and is away from those without an answer, twice
 * as far with each in a row, so that a long run of commits that do not build is left behind after a few.
 */
function choose(testable: readonly number[], around: Around): number {
  const { mute, inARow, most } = around
  const middle = (testable.length - 1) / 2
  const distance = (at: number) => Math.min(...mute.map(other => Math.abs(other - at)))
  const window = testable
    .map((at, index) => ({ at, aside: Math.abs(index - middle), index }))
    .filter(({ index }) => index <= most && testable.length - 1 - index <= most)
    .toSorted((one, other) => one.aside - other.aside)
  const away = window.find(({ at }) => inARow === 0 || distance(at) >= 2 ** inARow)
  const farthest = window.toSorted((one, other) => distance(other.at) - distance(one.at))[0]
  return (away ?? farthest)!.at
}

interface Around {
  /** Commits between that could not answer, and how many of them came one after the other just now. */
  readonly mute: readonly number[]
  readonly inARow: number
  readonly most: number
}
