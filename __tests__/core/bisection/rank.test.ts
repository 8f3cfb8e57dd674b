import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { midpointOf } from '../../../src/core/bisection/midpoint.ts'
import { rankCandidates } from '../../../src/core/bisection/rank.ts'
import { cases } from '../../doubles/soak.ts'

const change = (ratio: number, spread = 0.05) => ({
  ...{ ratio, low: ratio * (1 - spread), high: ratio * (1 + spread) },
  confidence: 0.99,
})

describe('where a bisection must stop', () => {
  test('29 s and 17 s are parted at 23 s', () => {
    expect(17 * (1 + midpointOf({ ratio: 29 / 17 }, 'lower'))).toBeCloseTo(23)
  })

  test('of what is better the more there is, the jump is in the reciprocal', () => {
    expect(midpointOf({ ratio: 0.5 }, 'higher')).toBeCloseTo(0.5)
  })

  test('the likeliest candidate is the one between the last fast and the first slow measurement', () => {
    const probes = [
      { position: 3, change: change(1.02, 0.2) },
      { position: 5, change: change(1.41, 0.2) },
    ]
    const ranked = rankCandidates({ below: 0, above: 8 }, { ratio: 1.43 }, probes)
    expect(ranked.slice(0, 2).map(({ position }) => position)).toEqual([4, 5])
    expect(ranked[0]!.probability).toBeGreaterThan(0.4)
  })

  test('without any measurement all candidates are alike', () => {
    const ranked = rankCandidates({ below: 2, above: 6 }, { ratio: 1.2 }, [])
    expect(ranked).toEqual([3, 4, 5, 6].map(position => ({ position, probability: 0.25 })))
  })

  test('the probabilities are those of all candidates, and the truth leads where the noise is small', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 40 })
          .chain(commits => fc.tuple(fc.constant(commits), fc.integer({ min: 1, max: commits }))),
        fc.double({ min: 1.1, max: 3, noNaN: true }),
        ([commits, culprit], ratio) => {
          const probes = Array.from({ length: commits - 1 }, (_, at) => ({
            position: at + 1,
            change: change(at + 1 >= culprit ? ratio : 1, 0.01),
          }))
          const ranked = rankCandidates({ below: 0, above: commits }, { ratio }, probes)
          expect(ranked.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)
          expect(ranked[0]!.position).toBe(culprit)
        },
      ),
      cases(2000),
    )
  })
})
