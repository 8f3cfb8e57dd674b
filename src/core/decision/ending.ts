/** Whose seconds ran out: one row's budget, that of the whole run, or that of the layouts. */
export interface BudgetOf {
  readonly of: 'row' | 'run' | 'layouts'
  /** Absent where others had spent a part of it. */
  readonly seconds?: number
}

/** Why a row got no more rounds: a stable name and its figures. The report makes the clause. */
export type RoundsEnded =
  | { readonly rule: 'most-rounds'; readonly rounds: number }
  | { readonly rule: 'budget-over'; readonly budget: BudgetOf }
  /** What is left of the budget cannot hold the rounds that an answer needs. */
  | { readonly rule: 'no-room'; readonly budget: BudgetOf; readonly roundSeconds: number }
  /** The rounds that still fit could not change the answer. */
  | { readonly rule: 'hopeless'; readonly budget: BudgetOf; readonly rounds: number }
  /** The run was ended from outside. */
  | { readonly rule: 'cut-off' }
