import {
  canBeAnswered,
  type Family,
  isAnswered,
  isNotSlower,
  roundsToAnswer,
} from '../../core/decision/decide.ts'
import { exactRow, isExactAnswered } from '../../core/decision/exact-rows.ts'
import { summarizeRounds } from '../../core/decision/rounds-summary.ts'
import { openTrackers, type Workload } from './rounds.ts'
import { asPrinted } from './tracker.ts'

/** Ends the benchmarks whose answer stands. */
export function endAnswered(workload: Workload, family: Family): void {
  const needed = roundsToAnswer(family)
  for (const tracker of openTrackers(workload)) {
    const rounds = tracker.rounds.length
    const exact = exactRow(tracker.plan, tracker.rounds)
    if (exact) {
      if (isExactAnswered(exact, { rounds, needed })) tracker.ending = { kind: 'answered' }
      continue
    }
    if (rounds < needed) continue
    const summary = summarizeRounds(tracker.rounds, asPrinted(tracker), family.alpha)
    if (isNotSlower(summary, family)) tracker.notSlowerAt ??= tracker.rounds.length
    const roundsMore = tracker.rounds.length - (tracker.notSlowerAt ?? tracker.rounds.length)
    if (isAnswered(summary, family, roundsMore)) tracker.ending = { kind: 'answered' }
  }
}

/** What is left to spend. */
export interface Allowance {
  readonly family: Family
  readonly maxRounds: number
  /** Seconds left for all benchmarks together, and the clause that says when these are over. */
  readonly secondsLeft: number
}

/** Ends the benchmarks that have had all their rounds or all their time, or too little of it left for any answer. */
export function endSpent(workload: Workload, { family, maxRounds, secondsLeft }: Allowance): void {
  for (const tracker of openTrackers(workload)) {
    const { plan, rounds } = tracker
    const own = plan.budgetSeconds - workload.spentSeconds
    const missing = roundsToAnswer(family) - rounds.length
    const budget = own <= secondsLeft ? `its budget of ${plan.budgetSeconds} s` : "the run's budget"
    const left = Math.min(own, secondsLeft)
    const seconds = workload.fastestRound.toPrecision(2)
    if (rounds.length >= maxRounds) end(`the limit of ${maxRounds} rounds was reached`)
    else if (own <= 0) end(`its budget of ${plan.budgetSeconds} s ended`)
    else if (missing > 0 && missing * workload.fastestRound > own)
      end(`${budget} has no room for them (a round takes ${seconds} s), so measuring ended`)
    else if (missing <= 0 && workload.fastestRound > 0) {
      const more = Math.min(Math.floor(left / workload.fastestRound), maxRounds - rounds.length)
      if (!canBeAnswered(rounds, more, asPrinted(tracker), family))
        end(`measuring ended, because the ${more} rounds that ${budget} still allowed could not settle it`)
    }
    function end(clause: string) {
      tracker.ending = { kind: 'ended', clause }
    }
  }
}
