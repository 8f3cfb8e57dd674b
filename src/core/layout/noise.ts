import { median } from '../statistics/median.ts'

/** From the median absolute deviation to the standard error of a median, for normal noise. */
const MAD_TO_ERROR = 1.4826 * 1.2533

/**
 * The relative standard error of a layout's median: the typical one over all layouts, each with the values of its runs.
 * Infinity while a layout has fewer than two runs.
 */
export function layoutNoise(runs: readonly (readonly number[])[]): number {
  if (runs.some(values => values.length < 2)) return Number.POSITIVE_INFINITY
  const errors = runs.map(values => {
    const middle = median(values)
    const deviation = median(values.map(value => Math.abs(value - middle)))
    return (MAD_TO_ERROR * deviation) / middle / Math.sqrt(values.length)
  })
  return median(errors)
}
