/** How far one workload has come, as far as it matters for who is next. */
export interface WorkloadProgress {
  readonly rounds: number
  /** Seconds of a round, as well as it is known; 0 while nothing is. */
  readonly secondsPerRound: number
}

/** Rounds without which there is no answer, and rounds with which even a breach can stand whatever the rest of the table says. */
export interface Goal {
  readonly answer: number
  readonly breach: number
}

/**
 * The index of the workload whose turn it is, or undefined when the seconds left are too few for any of them to reach an answer. While
 * there is time for all, rounds go round, so that a disturbed minute falls on all alike. When there is not, those that were begun are
 * brought as far as a breach needs before others are begun, the cheapest first, so that as many as possible get an answer.
 */
export function nextTurn(
  open: readonly WorkloadProgress[],
  secondsLeft: number,
  goal: Goal,
): number | undefined {
  if (secondsLeft <= 0) return undefined
  const inOrder = [...open.entries()].map(([at, progress]) => ({
    at,
    ...progress,
    need: needOf(progress, goal),
  }))
  const fit = inOrder.filter(({ need }) => need <= secondsLeft)
  const scarce = inOrder.reduce((sum, { need }) => sum + need, 0) > secondsLeft
  const goingRound = fit.toSorted((one, other) => one.rounds - other.rounds)
  if (!scarce) return goingRound[0]?.at
  const cheapestFirst = fit
    .filter(({ rounds }) => rounds < goal.breach)
    .toSorted((one, other) => Number(other.rounds > 0) - Number(one.rounds > 0) || one.need - other.need)
  return (cheapestFirst[0] ?? goingRound[0])?.at
}

function needOf({ rounds, secondsPerRound }: WorkloadProgress, { answer }: Goal): number {
  return Math.max(answer - rounds, 1) * secondsPerRound
}

/** How many workloads the budget brings to an answer in the fewest rounds, and the seconds that all of them would need. */
export function foresee(
  workloads: readonly (WorkloadProgress & { readonly rows: number })[],
  budgetSeconds: number,
  roundsNeeded: number,
): { readonly rows: number; readonly seconds: number } {
  let left = budgetSeconds
  let rows = 0
  let seconds = 0
  for (const { secondsPerRound, rows: own } of workloads.toSorted(
    (one, other) => one.secondsPerRound - other.secondsPerRound,
  )) {
    const need = secondsPerRound * roundsNeeded
    seconds += need
    left -= need
    if (left >= 0) rows += own
  }
  return { rows, seconds }
}

/** Seconds until each workload has had the rounds that an answer needs, and one more where it has had them without one. */
export function secondsToFinish(open: readonly WorkloadProgress[], roundsNeeded: number): number {
  return open.reduce(
    (sum, { rounds, secondsPerRound }) => sum + Math.max(roundsNeeded - rounds, 1) * secondsPerRound,
    0,
  )
}
