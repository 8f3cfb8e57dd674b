import type { Change, Decision } from '../model/report.ts'
import { median } from '../statistics/median.ts'
import type { Reason } from './reason.ts'
import { type JudgedEffect, widestStep } from './rounds-summary.ts'

/** The values of an exact metric, or of one that is zero now and then, on both sides; base's second copy is among base's. */
export interface ExactValues {
  readonly base: readonly number[]
  readonly head: readonly number[]
}

/** What is decided of them. */
export interface ExactAnswer {
  readonly decision: Extract<Decision, 'slower' | 'faster' | 'unchanged' | 'undecided'>
  readonly reason?: Reason
  /** Absent where base has none, which nothing is a multiple of. */
  readonly change?: Change
}

/** Whether every run of a side gave the same value, so that more runs would tell nothing new. */
export function repeats({ base, head }: ExactValues): boolean {
  return base.length >= FEWEST && head.length >= FEWEST && allEqual(base) && allEqual(head)
}

const FEWEST = 2

/**
 * Decides values that are counted and not timed. Zero is a value: from none to some is a change of any size, and only the floor may
 * excuse it. Where runs of one side differ, all of head must be beyond all of base.
 */
export function decideExact(
  values: ExactValues,
  { threshold, floor = 0, better, steps, digits, unit = '' }: JudgedEffect & { readonly unit?: string },
): ExactAnswer {
  const [base, head] = better === 'lower' ? [values.base, values.head] : [values.head, values.base]
  const beyond = (large: number, small: number) => large > small * (1 + threshold) && large - small > floor
  const [baseLow, baseHigh, headLow, headHigh] = [
    Math.min(...base),
    Math.max(...base),
    Math.min(...head),
    Math.max(...head),
  ]
  // Zeros that were printed in steps: a time of 0.00 s may have been anything below a hundredth.
  const coarse = widestStep({ steps, digits })
  const { step } = coarse
  const surely = (large: number, small: number) =>
    beyond(Math.max(0, large - step / 2), small + step / 2) && beyond(large, small + step)
  const perhaps = (large: number, small: number) =>
    beyond(large + step / 2, Math.max(0, small - step / 2)) || beyond(large + step, small)
  const change = changeOf(values)
  const told = { ...(change && { change }) }
  const fromNone = change === undefined && median(values.head) !== 0 ? { reason: fromZero(values) } : {}
  if (surely(headLow, baseHigh)) return { decision: 'slower', ...fromNone, ...told }
  if (surely(baseLow, headHigh)) return { decision: 'faster', ...fromNone, ...told }
  if (beyond(headHigh, baseLow)) return { decision: 'undecided', reason: { rule: 'values-spread' }, ...told }
  if (perhaps(headHigh, baseLow))
    return {
      decision: 'undecided',
      reason: { rule: 'printed-steps', ...coarse, base: median(values.base), threshold, unit },
      ...told,
    }
  return { decision: 'unchanged', ...told }
}

function changeOf({ base, head }: ExactValues): Change | undefined {
  const [low, high] = [Math.min(...base), Math.max(...base)]
  if (low <= 0) return undefined
  return {
    ratio: median(head) / median(base),
    low: Math.min(...head) / high,
    high: Math.max(...head) / low,
    confidence: (1 - 2 ** (1 - base.length)) * (1 - 2 ** (1 - head.length)),
  }
}

function fromZero({ base, head }: ExactValues): Reason {
  return { rule: 'from-zero', base: median(base), head: median(head) }
}

const allEqual = (values: readonly number[]) => values.every(value => value === values[0])
