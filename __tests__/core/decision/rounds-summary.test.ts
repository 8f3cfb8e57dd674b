import { describe, expect, test } from '@jest/globals'
import type { Round } from '../../../src/core/decision/rounds.ts'
import {
  decideInstructions,
  detectableSlowdown,
  summarizeRounds,
} from '../../../src/core/decision/rounds-summary.ts'
import { NO_EVIDENCE } from '../../../src/core/statistics/questions.ts'

const mark = { threshold: 0.05, better: 'lower' } as const

/** Rounds whose values differ a little and in turn: 100, 101, 99 for base, likewise for the others. */
function steadyRounds(count: number, { head = 100, control = 100 } = {}): Round[] {
  const wobble = [1, 1.01, 0.99, 1.005, 0.995]
  return Array.from({ length: count }, (_, at) => ({
    base: [0, 3].map(run => 100 * wobble[(at + run) % 5]!),
    head: [1, 2, 4].map(run => head * wobble[(at * 2 + run) % 5]!),
    control: [control * wobble[(at * 3 + 2) % 5]!],
  }))
}

describe('a look at the rounds of a benchmark', () => {
  test('gives the median of the ratios to both copies of base, with an interval around it', () => {
    const { change, control, base } = summarizeRounds(steadyRounds(30, { head: 110 }), mark, 0.01)
    expect(change?.ratio).toBeCloseTo(1.1, 2)
    expect(change!.low).toBeLessThan(1.1)
    expect(change!.high).toBeGreaterThan(1.1)
    expect(change?.confidence).toBeCloseTo(0.98, 12)
    expect(control!.low! <= 1 && control!.high! >= 1).toBe(true)
    expect(base).toBeCloseTo(100, 0)
  })

  test('gives no interval before there are two rounds', () => {
    const summary = summarizeRounds(steadyRounds(1), mark, 0.01)
    expect(summary).not.toHaveProperty('change')
    expect(summary.control).toEqual({ ratio: expect.any(Number) })
    expect(summary.bias).toBe(1)
  })

  test.each([
    { head: 130, better: 'lower' as const },
    { head: 100, better: 'lower' as const },
    { head: 70, better: 'lower' as const },
    { head: 70, better: 'higher' as const },
  ])(
    'counts each round that was lost against every answer, head $head, better $better',
    ({ head, better }) => {
      const looks = [0, 1, 2, 4].map(lostRounds =>
        summarizeRounds(steadyRounds(12, { head }), { ...mark, better, lostRounds }, 0.01),
      )
      for (const [at, look] of looks.slice(1).entries()) {
        const before = looks[at]!
        for (const answer of ['slower', 'notSlower', 'faster', 'notFaster'] as const)
          expect(look.evidence[answer]).toBeLessThan(before.evidence[answer])
        expect(look.change!.low).toBeLessThanOrEqual(before.change!.low)
        expect(look.change!.high).toBeGreaterThanOrEqual(before.change!.high)
        // The copies of base are doubted as before.
        expect(look).toMatchObject({ unfit: before.unfit, bias: before.bias })
      }
      expect(looks.at(-1)!.change!.high).toBeGreaterThan(looks[0]!.change!.high)
      expect(() => summarizeRounds([], { ...mark, lostRounds: 2 }, 0.01)).not.toThrow()
    },
  )

  test('looks at nothing without complaint', () => {
    expect(summarizeRounds([], mark, 0.01)).toMatchObject({ rounds: 0, unfit: false, bias: 1 })
  })

  test('reads the same change where more is better', () => {
    const { change, evidence } = summarizeRounds(
      steadyRounds(30, { head: 80 }),
      { ...mark, better: 'higher' },
      0.01,
    )
    expect(change?.ratio).toBeCloseTo(0.8, 2)
    expect(evidence.slower).toBeGreaterThan(Math.log(1000))
  })

  test.each([
    { control: 108, unfit: true, why: 'slower beyond the threshold' },
    { control: 92, unfit: true, why: 'faster beyond the threshold' },
    { control: 103, unfit: false, why: 'biased within the threshold' },
    { control: 100, unfit: false, why: 'even' },
  ])('a control that is $why: unfit is $unfit', ({ control, unfit }) => {
    const summary = summarizeRounds(steadyRounds(30, { head: 130, control }), mark, 0.01)
    expect(summary.unfit).toBe(unfit)
    expect(summary.evidence === NO_EVIDENCE).toBe(unfit)
  })

  test.each([103, 97])('takes the bias that a control of %i shows off the claim', control => {
    const clear = summarizeRounds(steadyRounds(40, { head: 130, control }), mark, 0.01)
    expect(clear.bias).toBeGreaterThan(1.01)
    expect(clear.bias).toBeLessThan(1.03)
    expect(clear.evidence.slower).toBeGreaterThan(Math.log(100))
    const close = summarizeRounds(steadyRounds(40, { head: 107.5, control }), mark, 0.01)
    expect(close.evidence.slower).toBeLessThan(close.unchecked.slower)
  })
})

describe('the smallest slowdown that the rounds could have shown', () => {
  const level = Math.log(100)

  test('is the slowdown at which the same noise is just a breach', () => {
    const rounds = steadyRounds(20)
    const detectable = detectableSlowdown(rounds, mark, level)!
    const slowedBy = (factor: number) =>
      summarizeRounds(
        rounds.map(({ base, head, control }) => ({
          base,
          head: head.map(value => (value * factor) / ratio),
          control,
        })),
        mark,
        0.01,
      ).evidence.slower
    const ratio = summarizeRounds(rounds, mark, 0.01).change!.ratio
    expect(detectable).toBeGreaterThan(1.05)
    expect(detectable).toBeLessThan(1.08)
    expect(slowedBy(detectable * 1.0001)).toBeGreaterThanOrEqual(level)
    expect(slowedBy(detectable * 0.9999)).toBeLessThan(level)
  })

  test('respects the floor, which is a larger share of a small value', () => {
    const floored = detectableSlowdown(steadyRounds(20), { ...mark, floor: 20 }, level)!
    expect(floored).toBeGreaterThan(1.2)
    expect(floored).toBeLessThan(1.23)
  })

  test('is a ratio above 1 where more is better, too', () => {
    const rounds = steadyRounds(20)
    const higher = detectableSlowdown(rounds, { ...mark, better: 'higher' }, level)!
    expect(higher).toBeCloseTo(detectableSlowdown(rounds, mark, level)!, 1)
  })

  test('is unknown while no slowdown could be shown', () => {
    expect(detectableSlowdown(steadyRounds(1), mark, level)).toBeUndefined()
    expect(detectableSlowdown(steadyRounds(2), mark, Math.log(1e6))).toBeUndefined()
  })
})

describe('deciding by instruction counts', () => {
  const by = (base: readonly number[], head: readonly number[], floor?: number) =>
    decideInstructions(base, head, { threshold: 0.02, ...(floor !== undefined && { floor }) })

  test.each([
    { base: [1000, 1000], head: [1030, 1030], decision: 'slower' },
    { base: [1000, 1000], head: [1019, 1020], decision: 'unchanged' },
    { base: [1000, 1001, 999], head: [970, 975, 972], decision: 'faster' },
    { base: [1000, 1010], head: [1025, 1040], decision: 'undecided' },
    { base: [1000, 1000], head: [1030], decision: 'unmeasured' },
    { base: [], head: [], decision: 'unmeasured' },
    { base: [0, 0], head: [5, 5], decision: 'unmeasured' },
    { base: [1000, Number.NaN], head: [1000, 1000], decision: 'unmeasured' },
  ])('$base against $head is $decision', ({ base, head, decision }) => {
    expect(by(base, head).decision).toBe(decision)
  })

  test('a floor has to be exceeded as well', () => {
    expect(by([1000, 1000], [1030, 1030], 50).decision).toBe('unchanged')
    expect(by([1000, 1000], [1060, 1060], 50).decision).toBe('slower')
  })

  test('the interval is the spread of the counts', () => {
    const { change } = by([100, 104, 102], [110, 112, 111])
    expect(change).toMatchObject({ ratio: 111 / 102, low: 110 / 104, high: 112 / 100 })
    expect(change?.confidence).toBeCloseTo(0.5625, 12)
  })

  test('says what stays open', () => {
    expect(by([1000, 1010], [1025, 1040]).reason).toEqual({ rule: 'counts-spread' })
    expect(by([1000, 1030], [1000, 1005]).reason).toEqual({ rule: 'counts-speed-up-open' })
  })
})
