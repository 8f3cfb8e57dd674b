import { describe, expect, test } from '@jest/globals'
import { layoutOutcome, speedUpOutcome } from '../../../src/core/layouts/outcome.ts'
import { uniform } from '../../../src/core/statistics/random.ts'

const next = uniform(42)
const layouts = (median: number, spread: number, count = 12): number[] =>
  Array.from({ length: count }, () => median * (1 + spread * (next() - 0.5)))

const trial = (
  base: readonly number[],
  head: readonly number[],
  over: { defaultRatio?: number; defaultHead?: number; movedHot?: boolean } = {},
) => layoutOutcome({ base, head, tau: 0.05, defaultRatio: 2, defaultHead: 80, movedHot: true, ...over })

describe('a layout trial of a speed-up', () => {
  const of = (base: readonly number[], head: readonly number[]) =>
    speedUpOutcome({ base, head, tau: 0.05, defaultRatio: 0.5, defaultHead: 20, movedHot: true })

  test('is luck where both sides are equal over layouts, and real where head is faster in every one', () => {
    expect(of(layouts(40, 0.04), layouts(40, 0.04)).outcome).toBe('placement')
    const real = of(layouts(40, 0.04), layouts(20, 0.04))
    expect(real.outcome).toBe('real')
    expect(real.ratio).toBeCloseTo(0.5, 1)
    expect(real.low).toBeLessThanOrEqual(real.ratio)
    expect(real.high).toBeGreaterThanOrEqual(real.ratio)
  })
})

describe('a layout trial', () => {
  test('is placement when both sides are equal over layouts', () => {
    expect(trial(layouts(40, 0.04), layouts(40, 0.04)).outcome).toBe('placement')
  })

  test('is real when the head is slower in every layout', () => {
    const found = trial(layouts(40, 0.04), layouts(80, 0.04), { defaultRatio: 2, defaultHead: 80 })
    expect(found.outcome).toBe('real')
    expect(found.ratio).toBeGreaterThan(1.9)
    expect(found.p).toBeLessThan(0.02)
  })

  test('is mixed when the head is really slower and was unlucky beyond that', () => {
    expect(trial(layouts(40, 0.04), layouts(66, 0.04), { defaultRatio: 2.3, defaultHead: 92 }).outcome).toBe(
      'mixed',
    )
  })

  test.each([
    ['nothing hot moved', { movedHot: false }],
    ['the default layout is no slower than the others', { defaultHead: 60 }],
    ['the layouts explain the whole ratio', { defaultRatio: 1.7 }],
  ])('is real, not mixed, when %s', (_, over) => {
    expect(
      trial(layouts(40, 0.04), layouts(66, 0.04), { defaultRatio: 2.3, defaultHead: 92, ...over }).outcome,
    ).toBe('real')
  })

  test('is placement for bimodal layouts whose best are as fast', () => {
    const bimodal = (fast: number): number[] =>
      Array.from({ length: 12 }, (_, at) => (at < fast ? 40 : 90) + next())
    const found = trial(bimodal(8), bimodal(4))
    expect(found.best).toBeLessThan(1.05)
    expect(found.outcome).toBe('placement')
  })

  test('is inconclusive when a small cost drowns in the layouts', () => {
    const base = [40, 41, 42, 44, 47, 50, 53, 56, 60, 64]
    const head = base.map(time => time * 1.06)
    expect(trial(base, head).outcome).toBe('inconclusive')
  })

  test('says the same for the same seed', () => {
    const [base, head] = [layouts(40, 0.2), layouts(44, 0.2)]
    expect(trial(base, head)).toEqual(trial(base, head))
  })
})
