import { describe, expect, test } from '@jest/globals'
import { cpuTimeOf, lostToWaiting, usesSeveralCpus } from '../../../src/core/decision/cpu-time.ts'
import type { Round } from '../../../src/core/decision/rounds.ts'
import { cpuTimeSentences } from '../../../src/report/words/cpu-time.ts'
import { causeWords } from '../../../src/report/words/finding.ts'
import { meaningOf } from '../../../src/report/words/meaning.ts'
import { verdictSentence } from '../../../src/report/words/sentence.ts'
import { aBenchmark, aCause } from '../../doubles/reports.ts'

const wobble = [1, 1.004, 0.997, 1.002, 0.999]
const rounds = (base: number, head: number, count = 12): Round[] =>
  Array.from({ length: count }, (_, at) => ({
    base: [0, 1].map(run => base * wobble[(at + run) % 5]!),
    head: [0, 1, 2].map(run => head * wobble[(at + run + 3) % 5]!),
    control: [base * wobble[(at + 2) % 5]!],
  }))
const of = (wall: readonly [number, number], cpu: readonly [number, number]) =>
  cpuTimeOf(rounds(...wall), rounds(...cpu), { threshold: 0.05 }, 0.01)

describe('what CPU time shows', () => {
  test.each([
    { cpu: [1, 1.2], shows: 'slower' },
    { cpu: [1, 1], shows: 'unchanged' },
    { cpu: [1, 0.8], shows: 'faster' },
    { cpu: [1, 1.05], shows: 'undecided' },
  ] as const)('of $cpu: $shows', ({ cpu, shows }) => {
    expect(of([2, 2], cpu)?.shows).toBe(shows)
  })

  test('is nothing where it is not known of every round', () => {
    expect(cpuTimeOf(rounds(1, 1), rounds(1, 1).slice(1), { threshold: 0.05 }, 0.01)).toBeUndefined()
    expect(cpuTimeOf(rounds(1, 1), [], { threshold: 0.05 }, 0.01)).toBeUndefined()
  })

  test('keeps how many CPUs were busy', () => {
    const { base, head } = of([1, 3], [4, 4])!.busyCpus
    expect(base).toBeCloseTo(4, 1)
    expect(head).toBeCloseTo(1.33, 1)
  })
})

describe('a slowdown that is none in CPU time', () => {
  test.each([
    { what: 'four threads that became one', wall: [1, 3], cpu: [4, 4], lost: 'parallelism' },
    { what: 'a program that sleeps longer', wall: [1, 1.5], cpu: [0.5, 0.5], lost: 'waiting' },
    { what: 'threads that wait as long as they work', wall: [1, 1.04], cpu: [4, 4], lost: 'waiting' },
    { what: 'more work', wall: [1, 1.5], cpu: [1, 1.5], lost: undefined },
    { what: 'more work, whose CPU time is open', wall: [1, 1.5], cpu: [1, 1.05], lost: undefined },
  ] as const)('$what: $lost', ({ wall, cpu, lost }) => {
    expect(lostToWaiting('slower', of(wall, cpu))).toBe(lost)
    expect(lostToWaiting('unchanged', of(wall, cpu))).toBeUndefined()
  })

  test('is named in the first sentence, in the table and in what it means', () => {
    const row = aBenchmark({
      ...{ name: 'sort', decision: 'slower', cpuTime: of([1, 3], [4, 4])!, cause: aCause('unexplained') },
      change: { ratio: 3, low: 2.9, high: 3.1, confidence: 0.98 },
    })
    expect(verdictSentence({ verdict: 'fail', benchmarks: [row], errors: [] })).toBe(
      '`sort` takes 3× as long, because it lost parallelism: it keeps 1.3 CPUs busy instead of 4.0, and its CPU time did not change.',
    )
    expect(causeWords(row.cause!, row)).toBe('lost parallelism')
    expect(meaningOf(row)).toContain('the same work on fewer CPUs at once')
  })

  test('is named in a sentence', () => {
    const said = (
      decision: 'slower' | 'undecided',
      wall: readonly [number, number],
      cpu: readonly [number, number],
    ) => cpuTimeSentences(aBenchmark({ decision, cpuTime: of(wall, cpu)! }))
    expect(said('slower', [1, 3], [4, 4])).toEqual([
      'Head does the same work with less parallelism: its CPU time did not change, but it keeps 1.3 CPUs busy where base keeps 4.0 CPUs.',
    ])
    expect(said('slower', [1, 1.5], [0.5, 0.5])[0]).toMatch(
      /^The CPU time did not change, so head waits longer/,
    )
    expect(said('undecided', [1, 1.05], [1, 1.2])[0]).toMatch(
      /^By CPU time head needs more than the threshold allows \(\+20.* CPU time does not see waiting, locks, I\/O or lost parallelism\.$/,
    )
    expect(said('slower', [1, 1.5], [1, 1.5])).toEqual([])
    expect(cpuTimeSentences(aBenchmark({ decision: 'undecided' }))).toEqual([])
  })
})

test('a run that kept more than one CPU busy is known by its CPU time', () => {
  expect(usesSeveralCpus({ seconds: 1, cpuSeconds: 3.9 })).toBe(true)
  expect(usesSeveralCpus({ seconds: 1, cpuSeconds: 1.01 })).toBe(false)
  expect(usesSeveralCpus({ seconds: 1 })).toBe(false)
})
