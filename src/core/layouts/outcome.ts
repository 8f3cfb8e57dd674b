import type { LayoutTrial } from '../model/trials.ts'
import { mannWhitney } from '../statistics/mann-whitney.ts'
import { ratioOfMedians } from '../statistics/ratio-interval.ts'

/** What a layout trial measured, and what it is held against. */
export interface LayoutMeasured {
  /** Median time of each random layout. */
  readonly base: readonly number[]
  readonly head: readonly number[]
  /** The threshold of the benchmark as a fraction: 0.05 is 5 %. */
  readonly tau: number
  /** Head over base in the layouts that the linker chose by itself. */
  readonly defaultRatio: number
  /** The median time of the head in that layout, measured as the layouts were. */
  readonly defaultHead: number
  /** Whether anything hot moved between the two sides. */
  readonly movedHot: boolean
}

/** Figures of a layout trial with what they say. */
export type LayoutOutcome = Pick<LayoutTrial, 'ratio' | 'low' | 'high' | 'best' | 'p' | 'outcome'>

/** The largest p at which the two sides count as different. */
const DIFFERENT = 0.02
/** The part of its layouts that the default head must be slower than to have been unlucky. */
const UNLUCKY = 0.9

/**
 * Judges a layout trial: slower in every layout is `real`; equal in distribution, or as fast at best, is `placement`;
 * real and beyond that unlucky is `mixed`. The rule and how far it was tested are in docs/how-it-explains.md.
 */
export function layoutOutcome(measured: LayoutMeasured, seed = 1): LayoutOutcome {
  const { base, head, tau } = measured
  const interval = ratioOfMedians(base, head, seed)
  const best = Math.min(...head) / Math.min(...base)
  const p = mannWhitney(base, head)
  const real = interval.low > 1 + tau / 2 && best > 1 + tau / 2 && p < DIFFERENT
  const placement = interval.high < 1 + tau || best < 1 + tau
  const outcome = real
    ? unlucky(measured, interval.ratio)
      ? 'mixed'
      : 'real'
    : placement
      ? 'placement'
      : 'inconclusive'
  return { ...interval, best, p, outcome }
}

/**
 * Judges a speed-up by the same rule with the sides in each other's place: a base that is slower than head in every layout has a real
 * speed-up, and sides that are equal over layouts owe it to luck. The figures are of head over base, as ever.
 */
export function speedUpOutcome(measured: LayoutMeasured, seed = 1): LayoutOutcome {
  const { base, head, defaultRatio } = measured
  const mirrored = { ...measured, base: head, head: base, defaultRatio: 1 / defaultRatio, movedHot: false }
  const { ratio, low, high, best, p, outcome } = layoutOutcome(mirrored, seed)
  return { ratio: 1 / ratio, low: 1 / high, high: 1 / low, best: 1 / best, p, outcome }
}

/** Whether the default layout costs well more than the code does by itself. */
function unlucky({ head, tau, defaultRatio, defaultHead, movedHot }: LayoutMeasured, ratio: number): boolean {
  const faster = head.filter(time => time < defaultHead).length
  return movedHot && defaultRatio / ratio > 1 + 2 * tau && faster >= UNLUCKY * head.length
}
