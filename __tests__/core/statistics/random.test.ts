import { describe, expect, test } from '@jest/globals'
import { seedOf, shuffled, uniform } from '../../../src/core/statistics/random.ts'

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0)
}

describe('the seeded stream', () => {
  test('is the same for the same seed and another for another', () => {
    const first = (seed: number) => Array.from({ length: 5 }, uniform(seed))
    expect(first(42)).toEqual(first(42))
    expect(first(42)).not.toEqual(first(43))
  })

  test('fills 0 to 1 evenly, and pairs of neighbours too', () => {
    const next = uniform(2)
    const single = Array<number>(100).fill(0)
    const pairs = Array<number>(100).fill(0)
    for (let draw = 0; draw < 100_000; draw++) {
      const [a, b] = [next(), next()]
      single[Math.floor(a * 100)]!++
      pairs[Math.floor(a * 10) * 10 + Math.floor(b * 10)]!++
    }
    // 149 is the 99.9th percentile of chi-square with 99 degrees of freedom.
    expect(single.reduce((sum, count) => sum + count, 0)).toBe(100_000)
    expect(chiSquare(single)).toBeLessThan(149)
    expect(chiSquare(pairs)).toBeLessThan(149)
  })
})

describe('shuffling', () => {
  test('gives each of the 24 orders of four things equally often', () => {
    const next = uniform(5)
    const counts = new Map<string, number>()
    for (let draw = 0; draw < 24_000; draw++) {
      const order = shuffled(['a', 'b', 'c', 'd'], next).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    // 49.7 is the 99.9th percentile of chi-square with 23 degrees of freedom.
    expect(chiSquare([...counts.values()])).toBeLessThan(49.7)
  })

  test('leaves what it was given as it was', () => {
    const items = [1, 2, 3]
    shuffled(items, uniform(1))
    expect(items).toEqual([1, 2, 3])
  })
})

test('streams of one seed have seeds of their own', () => {
  const seeds = Array.from({ length: 100 }, (_, stream) => seedOf(7, stream))
  expect(new Set(seeds).size).toBe(100)
  expect(seeds).toEqual(Array.from({ length: 100 }, (_, stream) => seedOf(7, stream)))
  expect(seeds.every(seed => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true)
})
