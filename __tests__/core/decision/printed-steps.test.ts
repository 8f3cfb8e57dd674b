import { describe, expect, test } from '@jest/globals'
import { canBeAnswered, decideTable } from '../../../src/core/decision/decide.ts'
import { decideExact } from '../../../src/core/decision/exact.ts'
import { decideAnew } from '../../../src/core/decision/redecide.ts'
import { type Round, runsPerRound } from '../../../src/core/decision/rounds.ts'
import { type JudgedEffect, summarizeRounds } from '../../../src/core/decision/rounds-summary.ts'
import { uniform } from '../../../src/core/statistics/random.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'
import { aBenchmark } from '../../doubles/reports.ts'

const ALPHA = 0.01
const FAMILY = { alpha: ALPHA, rows: 1 }
const MARK = { threshold: 0.05, better: 'lower' } as const

type Rounding = (value: number, step: number) => number
const ROUNDINGS: Readonly<Record<string, Rounding>> = {
  nearest: (value, step) => Math.round(value / step) * step,
  'cut off': (value, step) => Math.floor(value / step) * step,
}

interface Program {
  readonly base: number
  readonly head: number
  readonly step: number
  readonly noise?: number
  readonly rounding?: Rounding
  readonly seed?: number
  readonly count?: number
}

/** Rounds of a program that prints its time in steps. */
function printedRounds(program: Program): readonly Round[] {
  const { base, head, step, noise = 0, rounding = ROUNDINGS.nearest!, seed = 1, count = 20 } = program
  const next = uniform(seed)
  const print = (value: number) => rounding(value * (1 + noise * (2 * next() - 1)), step)
  const runs = (part: keyof Round, value: number) =>
    Array.from({ length: runsPerRound(part) }, () => print(value))
  return Array.from({ length: count }, () => ({
    base: runs('base', base),
    head: runs('head', head),
    control: runs('control', base),
  }))
}

function decided(rounds: readonly Round[], effect: JudgedEffect) {
  const summary = summarizeRounds(rounds, effect, ALPHA)
  return { ...decideTable([{ summary, unit: 's' }], FAMILY)[0]!, change: summary.change }
}

const judged = (step: number, more: object = {}): JudgedEffect => ({
  ...{ ...MARK, steps: { base: step, head: step } },
  ...more,
})

describe('a program that prints its time in steps', () => {
  test.each([
    ['1.04 and 0.96 s both print 1', { base: 0.96, head: 1.04, step: 1 }],
    [
      '14 and 14.9 ms both print 0.01',
      { base: 0.014, head: 0.0149, step: 0.01, rounding: ROUNDINGS['cut off']! },
    ],
    ['3 ns/iter', { base: 2.6, head: 3.4, step: 1 }],
    ['12 ms', { base: 11.6, head: 12.4, step: 1 }],
  ])('hides a slowdown in a step, so that equal values are no answer: %s', (_, program) => {
    const rounds = printedRounds(program)
    // Without knowing the step it would pass.
    expect(decided(rounds, MARK).decision).toBe('unchanged')
    const { decision, reason } = decided(rounds, judged(program.step))
    expect({ decision, rule: reason?.rule }).toEqual({ decision: 'undecided', rule: 'printed-steps' })
    expect(canBeAnswered(rounds, 1000, judged(program.step), FAMILY)).toBe(false)
  })

  test.each(Object.entries(ROUNDINGS))(
    'a slowdown beyond the threshold is never unchanged or faster, however it is rounded: %s',
    (_, rounding) => {
      const wrong: object[] = []
      for (const step of [1, 0.5, 0.25, 0.1])
        for (const noise of [0, 0.01, 0.04])
          for (let at = 0; at < 12; at++) {
            const base = 8 + at * 0.57
            const program = { base, head: base * 1.0501, step, noise, rounding, seed: at, count: 12 }
            const { decision } = decided(printedRounds(program), judged(step))
            if (decision === 'unchanged' || decision === 'faster') wrong.push(program)
          }
      expect(wrong).toEqual([])
    },
  )

  test.each(Object.entries(ROUNDINGS))(
    'what did not get slower than the threshold is no breach, however it is rounded: %s',
    (_, rounding) => {
      const wrong: object[] = []
      for (const step of [1, 0.5, 0.25])
        for (let at = 0; at < 12; at++) {
          const base = 8 + at * 0.57
          const program = { base, head: base * 1.0499, step, rounding, seed: at, count: 12 }
          if (decided(printedRounds(program), judged(step)).decision === 'slower') wrong.push(program)
        }
      expect(wrong).toEqual([])
    },
  )

  test.each([
    { base: 10, head: 20, step: 1 },
    { base: 2, head: 6, step: 1 },
    { base: 0.02, head: 0.04, step: 0.01 },
  ])(
    'a clear slowdown is still a breach, and its interval is as wide as the steps: $base to $head in steps of $step',
    program => {
      const { decision, change } = decided(printedRounds({ ...program, noise: 0.001 }), judged(program.step))
      const { base, head, step } = program
      expect(decision).toBe('slower')
      expect(change!.ratio).toBeCloseTo(head / base, 9)
      expect(change!.low).toBeLessThanOrEqual(head / (base + step) + 1e-9)
      expect(change!.high).toBeGreaterThanOrEqual((head + step) / base - 1e-9)
      expect(Object.values(change!).every(Number.isFinite)).toBe(true)
    },
  )

  test('fine steps decide as no steps do', () => {
    for (const head of [1, 1.2, 0.7]) {
      const rounds = printedRounds({ base: 1234.567, head: 1234.567 * head, step: 0.001, noise: 0.005 })
      const { reason: _, change: __, ...fine } = decided(rounds, judged(0.001))
      const { reason: ___, change: ____, ...without } = decided(rounds, MARK)
      expect(fine.decision).toBe(without.decision)
    }
  })

  test('a step that only one side has counts for that side', () => {
    const rounds = printedRounds({ base: 1.04, head: 1.04, step: 0.001 }).map(round => ({
      ...round,
      head: [1, 1, 1],
    }))
    expect(decided(rounds, MARK).decision).toBe('unchanged')
    const effect = { ...MARK, steps: { base: 0.001, head: 1 } }
    expect(decided(rounds, effect)).toMatchObject({
      decision: 'undecided',
      reason: { rule: 'printed-steps' },
    })
  })

  test('of rates more is better, and their steps count as well', () => {
    const rounds = printedRounds({ base: 12.4, head: 11.6, step: 1 })
    const rate = { better: 'higher' } as const
    expect(decided(rounds, { ...MARK, ...rate }).decision).toBe('unchanged')
    expect(decided(rounds, judged(1, rate)).decision).toBe('undecided')
    const third = printedRounds({ base: 30, head: 10, step: 1, noise: 0.01 })
    expect(decided(third, judged(1, rate)).decision).toBe('slower')
  })

  test('a floor above the step settles it', () => {
    const rounds = printedRounds({ base: 12, head: 12, step: 1 })
    expect(decided(rounds, judged(1, { floor: 0.5 })).decision).toBe('undecided')
    expect(decided(rounds, judged(1, { floor: 3 })).decision).toBe('unchanged')
  })

  test('a step as large as the values leaves every claim open', () => {
    for (const head of [1, 2]) {
      const { decision, change } = decided(printedRounds({ base: 1, head, step: 1 }), judged(1))
      expect(decision).toBe('undecided')
      expect(JSON.stringify(change ?? {})).not.toMatch(/null/)
    }
  })
})

describe('times of zero that were printed in steps', () => {
  const steps = { base: 0.01, head: 0.01 }

  test('are no equal times', () => {
    const values = { base: [0, 0, 0], head: [0, 0, 0] }
    expect(decideExact(values, MARK).decision).toBe('unchanged')
    expect(decideExact(values, { ...MARK, steps })).toMatchObject({
      decision: 'undecided',
      reason: { rule: 'printed-steps', step: 0.01 },
    })
    expect(decideExact(values, { ...MARK, steps, floor: 0.02 }).decision).toBe('unchanged')
  })

  test('a clear slowdown from zero is a breach', () => {
    expect(decideExact({ base: [0, 0], head: [0.01, 0.01] }, { ...MARK, steps }).decision).toBe('undecided')
    expect(decideExact({ base: [0, 0], head: [0.5, 0.5] }, { ...MARK, steps }).decision).toBe('slower')
    expect(decideExact({ base: [0.5, 0.5], head: [0, 0] }, { ...MARK, steps }).decision).toBe('faster')
  })
})

test('a report repeats the decision: the step stands with the values of a side', () => {
  const rounds = printedRounds({ base: 0.96, head: 1.04, step: 1 })
  const series = (side: keyof Round, step?: number) => ({
    ...{ median: 1, samples: rounds.flatMap(round => round[side]) },
    ...(step !== undefined && { step }),
  })
  const row = (step?: number) =>
    aBenchmark({
      ...{ decision: 'unchanged', threshold: 0.05, rounds: rounds.length },
      ...{ base: series('base', step), head: series('head', step) },
      control: { ratio: 1, fit: true, samples: series('control').samples },
    })
  const anew = (step?: number) => decideAnew([row(step)], ALPHA, describeReason)[0]!
  expect(anew().decision).toBe('unchanged')
  expect(anew(1)).toMatchObject({ decision: 'undecided', reason: expect.stringContaining('in steps of') })
})

test('the sentence names the step, the threshold and what to do', () => {
  const reason = { rule: 'printed-steps', step: 1e-3, base: 0.012, threshold: 0.05, unit: 's' } as const
  expect(describeReason(reason)).toBe(
    "It prints its value in steps of 1.00 ms, 8.3 % of base's 12.0 ms, so rounding can hide a slowdown beyond the threshold of 5 %; print more digits, measure longer in each run, time the whole run with format: wall, or set a higher threshold.",
  )
  expect(describeReason({ ...reason, step: 1, base: 3, unit: '' })).toContain('unit: count')
  expect(describeReason({ ...reason, base: 0 })).not.toMatch(/Infinity|NaN/)
})
