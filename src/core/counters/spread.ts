import type { PerSide } from '../model.ts'

/** The middle value, or the mean of the two middle ones; NaN for none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const relativeSpread = (values: readonly number[]): number =>
  values.length < 2 ? 0 : (Math.max(...values) - Math.min(...values)) / medianOf(values)

/** The larger of the two sides' (largest − smallest) / median; undefined when neither side was repeated. */
export function largestSpread(repeats: PerSide<readonly number[]>): number | undefined {
  if (repeats.base.length < 2 && repeats.head.length < 2) return undefined
  const spread = Math.max(relativeSpread(repeats.base), relativeSpread(repeats.head))
  return Number.isFinite(spread) ? spread : undefined
}
