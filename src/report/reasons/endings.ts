import type { BudgetOf, RoundsEnded } from '../../core/decision/ending.ts'

/** Why a row got no more rounds, as a clause. */
export function endingClause(ended: RoundsEnded): string {
  switch (ended.rule) {
    case 'most-rounds':
      return `the limit of ${ended.rounds} rounds was reached`
    case 'budget-over':
      return `${budgetOf(ended.budget)} ended`
    case 'no-room':
      return `${budgetOf(ended.budget)} has no room for them (a round takes ${ended.roundSeconds.toPrecision(2)} s), so measuring ended`
    case 'hopeless':
      return ended.budget.of === 'layouts'
        ? 'what was left of the layout-budget could not settle it'
        : `measuring ended, because the ${ended.rounds} rounds that ${budgetOf(ended.budget)} still allowed could not settle it`
    case 'cut-off':
      return 'measuring was cut off'
  }
}

function budgetOf({ of, seconds }: BudgetOf): string {
  const whose = { row: 'its budget', run: "the run's budget", layouts: 'the layout-budget' }[of]
  return seconds === undefined ? whose : `${whose} of ${seconds} s`
}
