import {
  canBeAnswered,
  type Family,
  isAnswered,
  isNotSlower,
  roundsToAnswer,
} from '../../core/decision/decide.ts'
import type { BudgetOf, RoundsEnded } from '../../core/decision/ending.ts'
import { exactRow, isExactAnswered } from '../../core/decision/exact-rows.ts'
import { openTrackers, type Workload } from './rounds.ts'
import { asPrinted, summaryOf } from './tracker.ts'

/** Ends the benchmarks whose answer stands. */
export function endAnswered(workload: Workload, family: Family): void {
  for (const tracker of openTrackers(workload)) {
    const rounds = tracker.rounds.length
    const needed = roundsToAnswer(family, tracker.lostRounds)
    const exact = exactRow(tracker.plan, tracker.rounds)
    if (exact) {
      if (isExactAnswered(exact, { rounds, needed })) tracker.ending = { kind: 'answered' }
      continue
    }
    if (rounds < needed) continue
    const summary = summaryOf(tracker, family.alpha)
    if (isNotSlower(summary, family)) tracker.notSlowerAt ??= tracker.rounds.length
    const roundsMore = tracker.rounds.length - (tracker.notSlowerAt ?? tracker.rounds.length)
    if (isAnswered(summary, family, roundsMore)) tracker.ending = { kind: 'answered' }
  }
}

/** What is left to spend. */
export interface Allowance {
  readonly family: Family
  readonly maxRounds: number
  /** Seconds left for all benchmarks together. */
  readonly secondsLeft: number
}

/** Ends the benchmarks that have had all their rounds or all their time, or too little of it left for any answer. */
export function endSpent(workload: Workload, { family, maxRounds, secondsLeft }: Allowance): void {
  for (const tracker of openTrackers(workload)) {
    const { plan, rounds } = tracker
    const own = plan.budgetSeconds - workload.spentSeconds
    const missing = roundsToAnswer(family, tracker.lostRounds) - rounds.length
    const whole: BudgetOf = { of: 'row', seconds: plan.budgetSeconds }
    const budget: BudgetOf = own <= secondsLeft ? whole : { of: 'run' }
    const left = Math.min(own, secondsLeft)
    if (rounds.length >= maxRounds) end({ rule: 'most-rounds', rounds: maxRounds })
    else if (own <= 0) end({ rule: 'budget-over', budget: whole })
    else if (missing > 0 && missing * workload.fastestRound > own)
      end({ rule: 'no-room', budget, roundSeconds: workload.fastestRound })
    else if (missing <= 0 && workload.fastestRound > 0) {
      const more = Math.min(Math.floor(left / workload.fastestRound), maxRounds - rounds.length)
      if (!canBeAnswered(rounds, more, asPrinted(tracker), family))
        end({ rule: 'hopeless', budget, rounds: more })
    }
    function end(because: RoundsEnded) {
      tracker.ending = { kind: 'ended', because }
    }
  }
}
