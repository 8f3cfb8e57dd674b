import type { Series } from '../../src/core/model/report.ts'

/** Numbers between 0 and 1 that are the same in every run (a linear congruential generator). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** So many values around a median, with a spread that is a fraction of it and a tail to the slow side. */
export function spread(median: number, fraction: number, count: number, seed = 1): readonly number[] {
  const next = numbers(seed)
  return Array.from({ length: count }, () => {
    const tail = next() < 0.1 ? next() * 3 : 0
    return Number((median * (1 + fraction * (next() + next() - 1 + tail))).toPrecision(6))
  })
}

/** A series whose median is exactly what is asked for. */
export function aSeries(median: number, fraction = 0.01, count = 41, seed = 1): Series {
  return { median, samples: spread(median, fraction, count, seed) }
}
