import type { BenchmarkPlan } from '../model/plan.ts'
import type { Change } from '../model/report.ts'

/**
 * The threshold by which a probe tells whether a commit is with the good end of the range or with the bad one: half of the jump
 * that was measured over the whole range, as a person would draw the line between 17 s and 29 s at 23. Held against the gate's own
 * threshold, which is far below a large jump, a commit that is a little off stays undecided for ever.
 */
export function midpointOf({ ratio }: Pick<Change, 'ratio'>, better: BenchmarkPlan['better']): number {
  return ((better === 'lower' ? ratio : 1 / ratio) - 1) / 2
}

/** The benchmark as a probe asks about it: against the midpoint, whatever else a slowdown must exceed to fail a gate. */
export function asProbe(plan: BenchmarkPlan, jump: Pick<Change, 'ratio'>): BenchmarkPlan {
  const { floor: _, ...rest } = plan
  return { ...rest, threshold: midpointOf(jump, plan.better) }
}
