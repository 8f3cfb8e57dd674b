import { describe, expect, test } from '@jest/globals'
import { hiddenWork, maskedByLayout } from '../../../src/core/decision/masked.ts'
import { DEFAULT_POLICIES, policyOf } from '../../../src/core/decision/policy.ts'
import { redecide } from '../../../src/core/decision/redecide.ts'
import { verdictOf } from '../../../src/core/decision/verdict.ts'
import type { BenchmarkReport } from '../../../src/core/model/report.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'
import { remarksOf } from '../../../src/report/words/status.ts'
import { aBenchmark, aReport } from '../../doubles/reports.ts'

const counts = (instructions: number) => ({ instructions })
/** 29.5 % more instructions, 13 % faster as built. */
function lucky(overrides: Partial<BenchmarkReport> = {}): BenchmarkReport {
  return aBenchmark({
    name: 'parse',
    decision: 'faster',
    change: { ratio: 0.87, low: 0.86, high: 0.88, confidence: 0.98 },
    counters: { source: 'simulated', fixedWork: true, base: counts(1000), head: counts(1295) },
    ...overrides,
  })
}
const trial = (ratio: number, low: number, high: number): NonNullable<BenchmarkReport['trials']> => ({
  layout: {
    layouts: 12,
    linker: 'mold',
    seeds: [],
    base: [],
    head: [],
    best: ratio,
    p: 0.001,
    outcome: 'real',
    sentence: '',
    ...{ ratio, low, high },
  },
})

describe('a row that is faster and does more work', () => {
  test('hides work only beyond its threshold, and only where both sides were counted over the same work', () => {
    expect(hiddenWork(lucky())).toBeCloseTo(1.295)
    expect(hiddenWork(lucky({ threshold: 0.3 }))).toBeUndefined()
    const { fixedWork: _, ...timeBound } = lucky().counters!
    expect(hiddenWork(lucky({ counters: timeBound }))).toBeUndefined()
    expect(hiddenWork(lucky({ decision: 'slower' }))).toBeUndefined()
  })

  test('is masked where it is slower over layouts, and fails the gate', () => {
    const row = maskedByLayout(lucky({ trials: trial(1.3, 1.26, 1.34) }))
    expect(row.decision).toBe('masked')
    expect(policyOf(row, DEFAULT_POLICIES)).toBe('fail')
    expect(verdictOf({ benchmarks: [row], errors: [], policies: DEFAULT_POLICIES })).toBe('fail')
    expect(
      verdictOf({ benchmarks: [row], errors: [], policies: { ...DEFAULT_POLICIES, 'on-masked': 'warn' } }),
    ).toBe('pass')
    const report = aReport({ verdict: 'fail', benchmarks: [row] })
    expect(report.sentence).toBe(
      '`parse` does more work that a luckier layout hides: −13.0 % as built, +30.0 % over layouts.',
    )
    expect(remarksOf(report)).toContainEqual(expect.stringContaining('hidden by a luckier layout'))
  })

  test.each([
    ['layouts do not show it', trial(1.04, 0.99, 1.09)],
    ['layouts show it below the threshold only', trial(1.04, 1.03, 1.05)],
  ])('stays faster where %s, and says so', (_, trials) => {
    const row = maskedByLayout(lucky({ trials }))
    expect(row.decision).toBe('faster')
    expect(remarksOf(aReport({ benchmarks: [row] }))).toContainEqual(
      expect.stringContaining('does not show it'),
    )
  })

  test('stays masked when its shard is merged: what layouts showed is not in the samples', () => {
    const even = (value: number) => Array.from({ length: 24 }, () => value)
    const row = maskedByLayout(
      lucky({
        trials: trial(1.3, 1.26, 1.34),
        base: { median: 1, samples: even(1).slice(0, 16) },
        head: { median: 0.87, samples: even(0.87) },
        control: { ratio: 1, fit: true, samples: even(1).slice(0, 8) },
      }),
    )
    expect(redecide([row], 0.01, describeReason).map(({ decision }) => decision)).toEqual(['masked'])
  })
})
