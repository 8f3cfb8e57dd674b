import { type Family, isAnswered, rowLevel } from '../../core/decision/decide.ts'
import { lookAt } from '../../core/decision/look.ts'
import { fewestRounds } from '../../core/statistics/betting.ts'
import { openTrackers, type Workload } from './rounds.ts'

/** The rounds without which no answer of any kind is possible. */
export function roundsNeeded(family: Family): number {
  return fewestRounds(rowLevel(family))
}

/** Ends the benchmarks whose answer stands. */
export function endAnswered(workload: Workload, family: Family): void {
  const needed = roundsNeeded(family)
  for (const tracker of openTrackers(workload)) {
    if (tracker.rounds.length < needed) continue
    const { evidence } = lookAt(tracker.rounds, tracker.plan, family.alpha)
    if (isAnswered(evidence, family)) tracker.ending = { kind: 'answered' }
  }
}

/** Ends the benchmarks that have had all their rounds or all their time, or too little of it for any answer. */
export function endSpent(
  workload: Workload,
  { family, maxRounds }: { readonly family: Family; readonly maxRounds: number },
): void {
  for (const tracker of openTrackers(workload)) {
    const { plan, rounds } = tracker
    const left = plan.budgetSeconds - workload.spentSeconds
    const missing = roundsNeeded(family) - rounds.length
    const budget = `its budget of ${plan.budgetSeconds} s`
    const seconds = workload.fastestRound.toPrecision(2)
    const hopeless = `${budget} has no room for them (a round takes ${seconds} s), so measuring ended`
    if (rounds.length >= maxRounds) end(`the limit of ${maxRounds} rounds was reached`)
    else if (left <= 0) end(`${budget} ended`)
    else if (rounds.length >= SEEN_ENOUGH && missing * workload.fastestRound > left) end(hopeless)
    function end(clause: string) {
      tracker.ending = { kind: 'ended', clause }
    }
  }
}

/** Rounds after which the fastest one is trusted to tell what the budget allows. */
const SEEN_ENOUGH = 2
