import { describe, expect, test } from '@jest/globals'
import { layoutNoise, layoutsDiffer, sizeTrial } from '../../../src/core/layouts/trial-plan.ts'
import { uniform } from '../../../src/core/statistics/random.ts'
import { trialSentence } from '../../../src/report/words/layout-trial.ts'

describe('the size of a trial', () => {
  const costs = { pairOfRuns: 1, pairOfLayouts: 0.1, bytes: 2 ** 20 }
  test.each([
    ['time enough', 'auto', 300, { layouts: 12, passes: 3 }],
    ['time for two runs of each', 'auto', 28, { layouts: 12, passes: 2 }],
    ['time for one run of each', 'auto', 15, { layouts: 12, passes: 1 }],
    ['time for fewer layouts', 'auto', 10.5, { layouts: 8, passes: 1 }],
    ['no time', 'auto', 5, undefined],
    ['a number that was asked for', 20, 300, { layouts: 20, passes: 3 }],
    ['a small number that was asked for', 4, 6, { layouts: 4, passes: 1 }],
  ] as const)('with %s', (_, wanted, budget, size) => {
    expect(sizeTrial(wanted, budget, costs)).toEqual(size)
  })

  test('is bounded by the disk too', () => {
    expect(sizeTrial('auto', 300, { ...costs, bytes: 2 ** 30 - 1 })).toEqual({ layouts: 8, passes: 3 })
    expect(sizeTrial('auto', 300, { ...costs, bytes: 2 ** 31 })).toBeUndefined()
  })
})

describe('whether layouts differ', () => {
  const at = (places: Readonly<Record<string, number>>) => new Map(Object.entries(places))
  test.each([
    ['all moved alike by whole pages', [at({ a: 100, b: 200 }), at({ a: 4196, b: 4296 })], false],
    ['another distance', [at({ a: 100, b: 200 }), at({ a: 100, b: 264 })], true],
    ['another place in the page', [at({ a: 100 }), at({ a: 164 })], true],
    ['a symbol that one layout lacks', [at({ a: 100 }), at({ b: 164 })], undefined],
    ['no symbol', [at({}), at({})], undefined],
  ] as const)('%s', (_, layouts, expected) => {
    expect(layoutsDiffer(layouts, ['a', 'b'])).toBe(expected)
  })
})

describe('the noise of layouts', () => {
  test('is unknown after one run, none for equal runs, and the typical one else', () => {
    expect(layoutNoise([[1], [2]])).toBe(Number.POSITIVE_INFINITY)
    expect(layoutNoise([[1, 1, 1]])).toBe(0)
  })

  test('is about the standard error of a median', () => {
    const next = uniform(3)
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    const runs = Array.from({ length: 200 }, () => Array.from({ length: 25 }, () => 100 + 5 * normal()))
    // 1.2533 · 5 % / √25
    expect(layoutNoise(runs)).toBeGreaterThan(0.0125 * 0.85)
    expect(layoutNoise(runs)).toBeLessThan(0.0125 * 1.15)
  })
})

test.each(['placement', 'real', 'mixed', 'inconclusive'] as const)(
  'a trial with the outcome %s is said in a sentence',
  outcome => {
    const trial = {
      layouts: 12,
      linker: 'bfd',
      seeds: [],
      base: [],
      head: [],
      ratio: 1,
      low: 0.98,
      high: 1.02,
      best: 1,
      p: 1,
      outcome,
    }
    expect(trialSentence(trial)).toMatch(/^Over 12 random layouts a side, the change is 0\.0 % \(.*\): .*\.$/)
  },
)
