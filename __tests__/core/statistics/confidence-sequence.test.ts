import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Comparison, logWealthOf, marginsOf } from '../../../src/core/statistics/comparison.ts'
import { confidenceSequence } from '../../../src/core/statistics/confidence-sequence.ts'
import { median } from '../../../src/core/statistics/median.ts'
import { cases } from '../../doubles/soak.ts'

const LEVEL = -Math.log(0.05)

/** Whether the rounds speak against "the ratio is at most this", without sorting or searching. */
function speaksAgainst(rounds: readonly Comparison[], ratio: number): boolean {
  return (
    logWealthOf(
      marginsOf(rounds, (subject, reference) => Math.log(subject / reference)),
      Math.log(ratio),
    ) >= LEVEL
  )
}

const swapped = (rounds: readonly Comparison[]) =>
  rounds.map(({ subjects, references }) => ({ subjects: references, references: subjects }))

const value = fc.integer({ min: 10, max: 30 })
const three = fc.array(value, { minLength: 3, maxLength: 3 })
const rounds = fc.array(fc.record({ subjects: three, references: three }), { minLength: 2, maxLength: 30 })

describe('the confidence sequence of a ratio', () => {
  test('there is none before either end can be shown', () => {
    expect(confidenceSequence([{ subjects: [1, 1, 1], references: [1, 1, 1] }], 0.01)).toBeUndefined()
    expect(confidenceSequence([], 0.01)).toBeUndefined()
  })

  test('the first interval reaches beyond the smallest and the largest ratio, since so few values may all lie on one side', () => {
    const given = Array.from({ length: 2 }, () => ({
      subjects: [105, 107, 110],
      references: [100, 100, 101],
    }))
    const { low, high } = confidenceSequence(given, 0.01)!
    expect(low).toBeLessThan(105 / 101)
    expect(low).toBeGreaterThan(1.02)
    expect(high).toBeGreaterThan(1.1)
    expect(high).toBeLessThan(1.13)
  })

  test('holds every ratio that the bets do not reject, and no other, ties included', () => {
    fc.assert(
      fc.property(rounds, given => {
        const interval = confidenceSequence(given, 0.05)
        if (!interval) return
        for (let ratio = 0.3; ratio <= 3.2; ratio *= 1.0371) {
          const rejected = speaksAgainst(given, ratio) || speaksAgainst(swapped(given), 1 / ratio)
          expect(rejected).toBe(ratio < interval.low || ratio > interval.high)
        }
      }),
      cases(600),
    )
  })

  test('holds the median of all ratios', () => {
    fc.assert(
      fc.property(rounds, given => {
        const interval = confidenceSequence(given, 0.01)
        if (!interval) return
        const middle = median(
          given.flatMap(({ subjects, references }) =>
            subjects.flatMap(one => references.map(other => one / other)),
          ),
        )
        expect(interval.low <= middle * (1 + 1e-12) && middle <= interval.high * (1 + 1e-12)).toBe(true)
      }),
      cases(1000),
    )
  })

  test('equal values make an interval of no width, once there are enough', () => {
    const equal = Array.from({ length: 20 }, () => ({ subjects: [1, 1, 1], references: [1, 1, 1] }))
    expect(confidenceSequence(equal, 0.01)).toEqual({ low: 1, high: 1 })
  })
})
