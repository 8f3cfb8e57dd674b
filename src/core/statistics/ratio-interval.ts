import { median } from './median.ts'
import { uniform } from './random.ts'

const RESAMPLES = 2000
const CONFIDENCE = 0.95

/** The ratio of two medians with its 95 % percentile bootstrap interval (Efron 1979), the same for the same seed. */
export function ratioOfMedians(
  base: readonly number[],
  head: readonly number[],
  seed: number,
): { readonly ratio: number; readonly low: number; readonly high: number } {
  const next = uniform(seed)
  const draw = (values: readonly number[]): number =>
    median(values.map(() => values[Math.floor(next() * values.length)]!))
  const ratios = Float64Array.from({ length: RESAMPLES }, () => draw(head) / draw(base)).sort()
  const at = (quantile: number): number => ratios[Math.round(quantile * (RESAMPLES - 1))]!
  const tail = (1 - CONFIDENCE) / 2
  return { ratio: median(head) / median(base), low: at(tail), high: at(1 - tail) }
}
