import { describe, expect, test } from '@jest/globals'
import { differencesOf } from '../../../src/core/counters/differences.ts'
import type { Counters, Counts } from '../../../src/core/model/counters.ts'

const counters = (base: Counts, head: Counts, more: Partial<Counters> = {}): Counters => ({
  source: 'perf',
  base,
  head,
  ...more,
})
const differing = (base: Counts, head: Counts, more: Partial<Counters> = {}) =>
  differencesOf(counters(base, head, more))
    .filter(({ differs }) => differs)
    .map(({ count }) => count)

describe('what differs', () => {
  test.each<[string, Counts, Counts, string[]]>([
    ['instructions by 0.4 %', { instructions: 1e9 }, { instructions: 1.004e9 }, []],
    ['instructions by 0.6 %', { instructions: 1e9 }, { instructions: 1.006e9 }, ['instructions']],
    ['cycles by 1 %', { cycles: 1e9 }, { cycles: 1.01e9 }, []],
    ['cycles by 3 %', { cycles: 1e9 }, { cycles: 1.03e9 }, ['cycles']],
    ['1 context switch to 3', { contextSwitches: 1 }, { contextSwitches: 3 }, []],
    ['33 context switches to 72, as on a busy machine', { contextSwitches: 33 }, { contextSwitches: 72 }, []],
    ['10 context switches to 200', { contextSwitches: 10 }, { contextSwitches: 200 }, ['contextSwitches']],
    ['231 page faults to 225', { pageFaults: 231 }, { pageFaults: 225 }, []],
    ['231 page faults to 900', { pageFaults: 231 }, { pageFaults: 900 }, ['pageFaults']],
    ['CPU time, which the rounds judge', { taskClockSeconds: 1 }, { taskClockSeconds: 2 }, []],
    ['both at zero', { migrations: 0 }, { migrations: 0 }, []],
  ])('%s', (_name, base, head, expected) => {
    expect(differing(base, head)).toEqual(expected)
  })

  test('ten times the misses are nothing when they are few for the instructions', () => {
    const many = { instructions: 1e6 }
    const most = { instructions: 1e9 }
    expect(differing({ ...many, icacheMisses: 400 }, { ...many, icacheMisses: 4000 })).toEqual([
      'icacheMisses',
    ])
    expect(differing({ ...most, icacheMisses: 400 }, { ...most, icacheMisses: 4000 })).toEqual([])
    expect(differing({ icacheMisses: 400 }, { icacheMisses: 4000 })).toEqual(['icacheMisses'])
  })

  test('a program that never executes the same number twice is given twice its own spread', () => {
    const [base, head] = [{ instructions: 1e9 }, { instructions: 1.01e9 }]
    expect(differing(base, head, { instructionSpread: 0.001 })).toEqual(['instructions'])
    expect(differing(base, head, { instructionSpread: 0.007 })).toEqual([])
  })
})

test('only what both sides have is compared', () => {
  expect(differencesOf(counters({ cycles: 1 }, { instructions: 1 }))).toEqual([])
})

test('from nothing to something is infinitely more', () => {
  const [difference] = differencesOf(counters({ pageFaults: 0 }, { pageFaults: 500 }))
  expect([difference!.ratio, difference!.differs]).toEqual([Number.POSITIVE_INFINITY, true])
})
