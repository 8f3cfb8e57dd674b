/** How far one workload has come, as far as it matters for who is next. */
export interface WorkloadProgress {
  readonly rounds: number
  /** Seconds of its fastest round; 0 while none is known. */
  readonly secondsPerRound: number
}

/**
 * The index of the workload whose turn it is, or undefined when the seconds left are too few for any of them to reach
 * an answer. Rounds go round, so that a disturbed minute falls on all alike and each has the same number of rounds. When
 * the time cannot bring every workload to the rounds an answer needs, the first ones are brought there instead of none.
 */
export function nextTurn(
  open: readonly WorkloadProgress[],
  secondsLeft: number,
  roundsNeeded: number,
): number | undefined {
  let left = secondsLeft
  let next: number | undefined
  for (const [at, { rounds, secondsPerRound }] of open.entries()) {
    const need = Math.max(roundsNeeded - rounds, 1) * secondsPerRound
    if (need > left || left <= 0) continue
    if (rounds < roundsNeeded) left -= need
    if (next === undefined || rounds < open[next]!.rounds) next = at
  }
  return next
}
