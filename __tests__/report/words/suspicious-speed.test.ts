import { expect, test } from '@jest/globals'
import type { BenchmarkReport } from '../../../src/core/model/report.ts'
import { suspiciousSpeedups } from '../../../src/report/words/suspicious-speed.ts'

const row = (name: string, ratio: number, more: Partial<BenchmarkReport> = {}): BenchmarkReport => ({
  ...{ name, unit: 's', threshold: 0.05, better: 'lower', metric: 'time', decision: 'faster', rounds: 8 },
  change: { ratio, low: ratio, high: ratio, confidence: 0.98 },
  ...more,
})

test('a row that became three times faster or more is asked about, whichever way is better', () => {
  expect(suspiciousSpeedups([row('a', 0.5), row('b', 0.9)])).toEqual([])
  expect(suspiciousSpeedups([row('a', 0.2), row('b', 2), row('c', 0.2, { decision: 'undecided' })])).toEqual([
    expect.stringMatching(/^Much faster than base: `a` \(5.*\)\. Check that it still does its work\.$/),
  ])
  expect(suspiciousSpeedups([row('rate', 4, { better: 'higher' })])).toHaveLength(1)
})

test('of many the largest are named', () => {
  const [sentence] = suspiciousSpeedups([0.3, 0.1, 0.2, 0.25, 0.05].map((ratio, at) => row(`${at}`, ratio)))
  expect(sentence).toMatch(/`4` .*, `1` .*, `2` .* and 2 more\. Check that they still do their work\.$/)
})
