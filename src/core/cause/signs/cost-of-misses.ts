import type { Evidence, Rate } from '../../evidence/evidence.ts'

/** What a thousand instructions take, roughly, in cycles of a present-day core. */
const CYCLES_PER_THOUSAND = 400

/**
 * The part of the slowdown, from 0, that additional misses account for at so many cycles each. The slower side's rate is
 * of its own instructions, so it counts for as much more as these are more.
 */
export function partOfTime(rate: Rate, cyclesEach: number, { slowdown, growth = 0 }: Evidence): number {
  if (slowdown <= 1) return 0
  return ((rate.to * (1 + growth) - rate.from) * cyclesEach) / ((slowdown - 1) * CYCLES_PER_THOUSAND)
}
