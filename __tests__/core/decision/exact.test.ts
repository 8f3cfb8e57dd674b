import { describe, expect, test } from '@jest/globals'
import { decideExact, repeats } from '../../../src/core/decision/exact.ts'

const mark = { threshold: 0.05, better: 'lower' as const }

describe('exact values', () => {
  test.each<{ base: number[]; head: number[]; decision: string; more?: object }>([
    { base: [0, 0], head: [0, 0], decision: 'unchanged' },
    { base: [0, 0], head: [10, 10], decision: 'slower' },
    { base: [10, 10], head: [0, 0], decision: 'faster' },
    { base: [0, 0], head: [3, 3], decision: 'unchanged', more: { floor: 5 } },
    { base: [100, 100], head: [104, 104], decision: 'unchanged' },
    { base: [100, 100], head: [106, 106], decision: 'slower' },
    { base: [100, 101], head: [105, 108], decision: 'undecided' },
    { base: [100, 101], head: [110, 112], decision: 'slower' },
    { base: [100, 100], head: [90, 90], decision: 'slower', more: { better: 'higher' } },
    { base: [0, 0], head: [7, 7], decision: 'faster', more: { better: 'higher' } },
    { base: [7, 7], head: [0, 0], decision: 'slower', more: { better: 'higher' } },
    { base: [0, 1], head: [1, 0], decision: 'undecided' },
  ])('$base → $head: $decision', ({ base, head, decision, more }) => {
    const answer = decideExact({ base, head }, { ...mark, ...more })
    expect(answer.decision).toBe(decision)
    for (const value of Object.values(answer.change ?? {})) expect(Number.isFinite(value)).toBe(true)
  })

  test('from none to some has no ratio, and says what it was', () => {
    expect(decideExact({ base: [0, 0], head: [10, 10] }, mark)).toEqual({
      decision: 'slower',
      reason: { rule: 'from-zero', base: 0, head: 10 },
    })
  })

  test('two runs that agree are enough, one is not', () => {
    expect(repeats({ base: [5, 5], head: [6, 6] })).toBe(true)
    expect(repeats({ base: [5, 5], head: [6] })).toBe(false)
    expect(repeats({ base: [5, 5, 6], head: [6, 6] })).toBe(false)
  })
})
