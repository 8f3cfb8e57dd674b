import { describe, expect, test } from '@jest/globals'
import type { BenchmarkReport } from '../../../src/core/model/report.ts'
import { hiddenWorkNotSought } from '../../../src/report/limitations/explaining.ts'
import { hiddenWorkSentence } from '../../../src/report/words/hidden-work.ts'
import { remarksOf } from '../../../src/report/words/status.ts'
import { aBenchmark, aReport } from '../../doubles/reports.ts'

const counters = (instructions: number): BenchmarkReport['counters'] => ({
  source: 'simulated',
  fixedWork: true,
  base: { instructions: 1000 },
  head: { instructions },
})
const row = (more: Partial<BenchmarkReport>) =>
  aBenchmark({
    name: 'dispatch',
    decision: 'faster',
    change: { ratio: 0.87, low: 0.86, high: 0.88, confidence: 0.98 },
    counters: counters(1295)!,
    ...more,
  })

describe('work that a layout may hide', () => {
  test('is told before the table of a gate that passes', () => {
    const report = aReport({ verdict: 'pass', benchmarks: [row({})] })
    expect(remarksOf(report)).toEqual([
      '`dispatch` executes more (+29.5 % instructions), and as built it is not slower (−13.0 %): its code placement may hide the work. Other layouts were not tried, so this answer holds for this layout only.',
    ])
  })

  test.each([
    { what: 'a row that is slower', more: { decision: 'slower' } },
    { what: 'a row that is open', more: { decision: 'undecided' } },
    { what: 'as much work as the threshold allows', more: { counters: counters(1049)! } },
    { what: 'less work', more: { counters: counters(700)! } },
  ] as const)('is not what $what has', ({ more }) => {
    expect(hiddenWorkSentence(row(more))).toBeUndefined()
  })

  test('is not claimed of runs that may be bounded by time, and of rows that were not counted', () => {
    const { fixedWork: _, ...unknown } = counters(1295)!
    expect(hiddenWorkSentence(row({ counters: unknown }))).toBeUndefined()
    const { counters: __, ...uncounted } = row({})
    expect(hiddenWorkSentence(uncounted)).toBeUndefined()
  })
})

test('work that nothing looked for is said above the table', () => {
  const unseen = hiddenWorkNotSought(['`parse`'], 'counters-off')
  const other = { what: 'Something else.', instead: 'Nothing.' }
  expect(remarksOf(aReport({ limitations: [other, unseen] }))).toEqual([
    'Whether `parse` executes more, hidden by a luckier layout, was not looked at: counters is off.',
  ])
})
