import { describe, expect, test } from '@jest/globals'
import type { BenchmarkReport } from '../../src/core/model/report.ts'
import { isRight, judge } from './judge.ts'

describe('judging a report', () => {
  const expected = {
    decision: 'slower',
    causes: ['placement'],
    suspects: { expected: ['op_1', 'op_2'], allowed: ['main'] },
    displacers: ['cold_\\d'],
    innocent: ['helper'],
  } as const
  const named = (symbols: readonly string[]) => symbols.map(symbol => ({ symbol }))
  const report = (suspects: readonly string[], displacers: readonly string[], kind = 'placement') =>
    ({
      decision: 'slower',
      cause: { kind },
      suspects: named(suspects),
      displacers: named(displacers),
    }) as unknown as BenchmarkReport

  test.each([
    ['all that is expected and nothing else', ['op_1', 'op_2', 'main'], ['cold_1'], 'placement', true],
    ['half of the suspects', ['op_1'], ['cold_1'], 'placement', false],
    ['others beside them', ['op_1', 'op_2', 'printf'], ['cold_1'], 'placement', false],
    ['an innocent one', ['op_1', 'op_2', 'helper'], ['cold_1'], 'placement', false],
    ['the wrong displacer', ['op_1', 'op_2'], ['printf'], 'placement', false],
    ['the wrong cause', ['op_1', 'op_2'], ['cold_1'], 'work', false],
  ] as const)('with %s', (_, suspects, displacers, kind, right) => {
    expect(isRight(judge(report(suspects, displacers, kind), expected))).toBe(right)
  })

  test('with another answer that is right too', () => {
    const either = { ...expected, or: [{ decision: 'slower', causes: ['work'] }] } as const
    expect(isRight(judge(report([], [], 'work'), either))).toBe(true)
    expect(isRight(judge(report([], [], 'memory'), either))).toBe(false)
  })
})
