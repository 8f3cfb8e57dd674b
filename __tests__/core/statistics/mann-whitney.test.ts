import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mannWhitney } from '../../../src/core/statistics/mann-whitney.ts'
import { ratioOfMedians } from '../../../src/core/statistics/ratio-interval.ts'
import { cases } from '../../doubles/soak.ts'

describe('the Mann–Whitney test', () => {
  // Reference values of scipy.stats.mannwhitneyu(…, alternative="two-sided"), exact without ties.
  test.each([
    [[1, 2, 3], [4, 5, 6], 0.1],
    [[1, 2, 3, 4], [5, 6, 7, 8], 0.028571],
    [[1, 3, 5], [2, 4, 6], 0.7],
    [[1, 2, 3, 4, 5], [3.5, 6, 7, 8, 9], 0.031746],
  ])('of %j against %j is exact', (first, second, p) => {
    expect(mannWhitney(first, second)).toBeCloseTo(p, 5)
  })

  test('with ties uses the corrected normal approximation', () => {
    // Worked by hand: U = 4, ties of 2 and 2, deviation 3.3541, continuity 0.5.
    expect(mannWhitney([1, 2, 2, 4], [2, 4, 5, 6])).toBeGreaterThan(0.1)
    expect(mannWhitney([7, 7, 7], [7, 7, 7])).toBe(1)
  })

  test('knows nothing of an empty side', () => {
    expect(mannWhitney([], [1, 2])).toBe(1)
  })

  test('is symmetric, between 0 and 1, and blind to scale', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 24 })
    fc.assert(
      fc.property(values, values, (a, b) => {
        const p = mannWhitney(a, b)
        const scaled = mannWhitney(
          a.map(x => x * 3 + 1),
          b.map(x => x * 3 + 1),
        )
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(mannWhitney(b, a)).toBeCloseTo(p, 9)
        expect(scaled).toBeCloseTo(p, 9)
      }),
      cases(4_000),
    )
  })
})

describe('the ratio of medians', () => {
  test('lies inside its interval and is the same for the same seed', () => {
    const [base, head] = [
      [10, 11, 12, 10.5, 11.5],
      [20, 22, 21, 23, 20.5],
    ]
    const found = ratioOfMedians(base, head, 5)
    expect(found.ratio).toBeCloseTo(21 / 11, 9)
    expect(found.low).toBeLessThanOrEqual(found.ratio)
    expect(found.high).toBeGreaterThanOrEqual(found.ratio)
    expect(ratioOfMedians(base, head, 5)).toEqual(found)
  })
})
