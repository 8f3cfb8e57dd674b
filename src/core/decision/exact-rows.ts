import { METRICS } from '../model/metric.ts'
import type { BenchmarkPlan } from '../model/plan.ts'
import type { RoundsEnded } from './ending.ts'
import { decideExact, type ExactAnswer, type ExactValues, repeats } from './exact.ts'
import type { Round } from './rounds.ts'
import type { JudgedEffect } from './rounds-summary.ts'

/** Values that are counted, and whether their metric promises to repeat. */
export interface ExactRow extends ExactValues {
  readonly promised: boolean
}

/**
 * The rounds of a row whose metric is exact, or in which a value is zero: of such there is no ratio, so it is decided by amounts.
 * Undefined for every other row.
 */
export function exactRow(
  plan: Pick<BenchmarkPlan, 'metric'>,
  rounds: readonly Round[],
): ExactRow | undefined {
  const promised = METRICS[plan.metric].kind === 'exact'
  if (METRICS[plan.metric].by !== 'rounds') return undefined
  if (rounds.length === 0 || !(promised || rounds.some(hasZero))) return undefined
  const base = rounds.flatMap(round => [...round.base, ...round.control])
  return { base, head: rounds.flatMap(({ head }) => head), promised }
}

function hasZero({ base, head, control }: Round): boolean {
  return [base, head, control].some(values => values.includes(0))
}

/** Whether more rounds could change nothing: a promised count repeated itself, or there are as many as any answer needs. */
export function isExactAnswered(
  row: ExactRow,
  { rounds, needed }: { readonly rounds: number; readonly needed: number },
): boolean {
  return (row.promised && repeats(row)) || rounds >= needed
}

/** The answer; open while neither has come about. */
export function answerExact(
  row: ExactRow,
  effect: JudgedEffect & { readonly unit?: string },
  {
    rounds,
    needed,
    ended,
  }: { readonly rounds: number; readonly needed: number; readonly ended?: RoundsEnded },
): ExactAnswer {
  if (isExactAnswered(row, { rounds, needed })) return decideExact(row, effect)
  const reason = { rule: 'zeros-need-rounds', needed, rounds, ended } as const
  return { decision: 'undecided', reason }
}
