import type { PerSide } from '../model/side.ts'
import { median } from '../statistics/median.ts'

const relativeSpread = (values: readonly number[]): number =>
  values.length < 2 ? 0 : (Math.max(...values) - Math.min(...values)) / median(values)

/** The larger of the two sides' (largest − smallest) / median; undefined when neither side was repeated. */
export function largestSpread(repeats: PerSide<readonly number[]>): number | undefined {
  if (repeats.base.length < 2 && repeats.head.length < 2) return undefined
  const spread = Math.max(relativeSpread(repeats.base), relativeSpread(repeats.head))
  return Number.isFinite(spread) ? spread : undefined
}
