import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { logWealth } from '../../../src/core/statistics/betting.ts'
import { confidenceSequence } from '../../../src/core/statistics/confidence-sequence.ts'
import { median } from '../../../src/core/statistics/median.ts'
import { cases } from '../../doubles/soak.ts'

/** Whether the rounds speak against "the median is at most this candidate", counted without sorting or searching. */
function speaksAgainst(rounds: readonly (readonly number[])[], candidate: number, alpha: number): boolean {
  const won = rounds.filter(values => values.every(value => value > candidate)).length
  const lost = rounds.filter(values => values.every(value => value <= candidate)).length
  return logWealth(won, lost) >= -Math.log(alpha)
}

const negated = (rounds: readonly (readonly number[])[]) => rounds.map(values => values.map(value => -value))

describe('the confidence sequence of a median', () => {
  test('there is none before either end can be shown', () => {
    expect(confidenceSequence(Array(7).fill([1]), 0.01)).toBeUndefined()
    expect(confidenceSequence([], 0.01)).toBeUndefined()
  })

  test('the first interval reaches from the smallest to the largest value', () => {
    const rounds = [3, 1, 4, 1.5, 9, 2.6, 5, 3.5].map(value => [value])
    expect(confidenceSequence(rounds, 0.01)).toEqual({ low: 1, high: 9 })
  })

  test('with one value a round it is cut at order statistics', () => {
    const values = Array.from({ length: 30 }, (_, at) => at + 1)
    const fewest = values.find(won => logWealth(won, 30 - won) >= Math.log(100))!
    const { low, high } = confidenceSequence(
      values.map(value => [value]),
      0.01,
    )!
    expect([low, high]).toEqual([30 - fewest + 1, fewest])
  })

  test('holds every candidate that the bets do not reject, and no other, ties included', () => {
    const value = fc.integer({ min: 0, max: 12 })
    const rounds = fc.array(fc.tuple(value, value), { minLength: 8, maxLength: 60 })
    fc.assert(
      fc.property(rounds, given => {
        const interval = confidenceSequence(given, 0.05)!
        for (let candidate = -0.5; candidate <= 12.5; candidate += 0.5) {
          const rejected =
            speaksAgainst(given, candidate, 0.05) || speaksAgainst(negated(given), -candidate, 0.05)
          expect(rejected).toBe(candidate < interval.low || candidate > interval.high)
        }
      }),
      cases(6_000),
    )
  })

  test('holds the median of all values', () => {
    const value = fc.double({ min: 0.5, max: 2, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 8, maxLength: 80 }), rounds => {
        const { low, high } = confidenceSequence(rounds, 0.01)!
        const middle = median(rounds.flat())
        expect(low <= middle && middle <= high).toBe(true)
      }),
      cases(6_000),
    )
  })

  test('equal values make an interval of no width, once there are enough', () => {
    expect(confidenceSequence(Array(20).fill([1, 1]), 0.01)).toEqual({ low: 1, high: 1 })
  })
})
