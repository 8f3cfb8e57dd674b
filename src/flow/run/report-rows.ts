import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport, Series } from '../../core/model/report.ts'
import { median } from '../../core/statistics/median.ts'
import { removedFromTable, UNPAIRED } from '../../report/reasons/rows.ts'

/** What a report says of a benchmark whatever came of it: its name and what was asked. */
export function plannedFields({ name, unit, threshold, floor, better, metric }: BenchmarkPlan) {
  return { name, unit, threshold, ...(floor !== undefined && { floor }), better, metric }
}

/** The row of a benchmark that only one side has: nothing to compare. */
export function unpairedRow(plan: BenchmarkPlan, decision: 'new' | 'removed'): BenchmarkReport {
  return { ...plannedFields(plan), decision, reason: UNPAIRED[decision], rounds: 0 }
}

/**
 * The row of a benchmark that head's table lacks and that was run with base's command all the same: where head gave no answer it is
 * `removed`, which is for the base side to allow, and not merely unmeasured.
 */
export function removedWhereBroken(row: BenchmarkReport): BenchmarkReport {
  const { fault, ...rest } = row
  if (row.decision !== 'unmeasured') return row
  const unanswered = fault ? fault.side !== 'base' : row.base !== undefined && row.head === undefined
  if (!unanswered) return row
  return { ...rest, decision: 'removed', reason: removedFromTable(row.reason) }
}

/** The row of a benchmark that cannot differ, because its builds are the same. */
export function identicalRow(plan: BenchmarkPlan, reason: string): BenchmarkReport {
  return { ...plannedFields(plan), decision: 'unchanged', reason, rounds: 0 }
}

/** The row of a benchmark that is not measured, because nothing that it is built from changed. */
export function untouchedRow(plan: BenchmarkPlan, reason: string): BenchmarkReport {
  return { ...identicalRow(plan, reason), untouched: true }
}

/** The values of one side with their median, and the steps in which they move, if they do. */
export function seriesOf(
  samples: readonly number[],
  { step = 0, digit }: Pick<Series, 'step' | 'digit'> = {},
): Series {
  if (step === 0) return { median: median(samples), samples }
  return { median: median(samples), samples, step, ...(digit !== undefined && digit < step && { digit }) }
}
