import { describe, expect, test } from '@jest/globals'
import { type ClockReading, clockSteps } from '../../../src/core/harness/clock-step.ts'
import { readUnit } from '../../../src/core/harness/units.ts'
import { uniform } from '../../../src/core/statistics/random.ts'

/** What a program whose runs take about so long measures and prints. */
interface Program {
  readonly seconds: number
  /** Spread of its runs, as a part of their time. */
  readonly noise?: number
  /** What its clock counts in; 0 for a fine one. */
  readonly tick: number
  /** The step of the last digit. */
  readonly digit: number
  readonly rounding?: (value: number) => number
  readonly seed?: number
  readonly runs?: number
  /** What is wrong with each reading of the clock at most: sums of binary fractions, a clock that is being adjusted. */
  readonly error?: number
  readonly iterations?: (nth: number) => number
  /** What each value is corrected by. */
  readonly less?: number
}

function readingsOf(program: Program): readonly ClockReading[] {
  const { seconds, noise = 0.05, tick, digit, rounding = Math.round, seed = 1, runs = 36 } = program
  const { error = 0, iterations, less = 0 } = program
  const next = uniform(seed)
  return Array.from({ length: runs }, (_, nth) => {
    const count = iterations?.(nth) ?? 1
    const took = seconds * (1 + noise * (2 * next() - 1)) * count
    // A clock that ticks shows one tick more or less, as the start falls.
    const ticked = tick === 0 ? took : tick * Math.floor(took / tick + next())
    const value = (ticked + error * (2 * next() - 1)) / count - less
    return { value: digit * rounding(value / digit), ...(iterations && { iterations: count }) }
  })
}

function stepOf(program: Program, unit = 's', head: Program = { ...program, seed: 99 }) {
  const readings = { base: readingsOf(program), head: readingsOf(head) }
  const printed = { base: program.digit, head: head.digit }
  return clockSteps(readings, { printed, unit: readUnit(unit) })
}

describe('the clock behind many digits', () => {
  test.each<[string, Program, number]>([
    ['milliseconds, printed as microseconds', { seconds: 0.012, tick: 1e-3, digit: 1e-6 }, 1e-3],
    ['milliseconds with two digits more', { seconds: 0.012, tick: 1e-3, digit: 1e-5 }, 1e-3],
    ['milliseconds with one digit more', { seconds: 0.012, noise: 0.2, tick: 1e-3, digit: 1e-4 }, 1e-3],
    ['a kernel of 100 Hz', { seconds: 0.2, tick: 1e-2, digit: 1e-6 }, 1e-2],
    ['a kernel of 250 Hz', { seconds: 0.03, noise: 0.3, tick: 4e-3, digit: 1e-6 }, 4e-3],
    [
      'a kernel of 250 Hz, whose clock is being adjusted',
      { seconds: 0.03, noise: 0.3, tick: 4.0001e-3, digit: 1e-9 },
      4e-3,
    ],
    [
      'a kernel of 250 Hz, printed as milliseconds',
      { seconds: 0.03, noise: 0.4, tick: 4e-3, digit: 1e-3 },
      4e-3,
    ],
    ['Windows, 1/64 s', { seconds: 0.05, noise: 0.3, tick: 1 / 64, digit: 1e-6 }, 1 / 64],
    ['Windows, 1/64 s, all digits', { seconds: 0.05, noise: 0.3, tick: 1 / 64, digit: 1e-15 }, 1 / 64],
    ['Windows, in whole milliseconds', { seconds: 0.2, noise: 0.2, tick: 1 / 64, digit: 1e-3 }, 1 / 64],
    ['a display, 1/60 s', { seconds: 0.05, noise: 0.3, tick: 1 / 60, digit: 1e-6 }, 1 / 60],
    [
      'a display, cut off',
      { seconds: 0.05, noise: 0.3, tick: 1 / 60, digit: 1e-6, rounding: Math.floor },
      1 / 60,
    ],
    ['microseconds, printed as nanoseconds', { seconds: 5e-6, noise: 0.3, tick: 1e-6, digit: 1e-9 }, 1e-6],
    [
      'a browser, 0.1 ms with errors of its sums',
      { seconds: 2e-3, tick: 1e-4, digit: 1e-18, error: 1e-12 },
      1e-4,
    ],
    [
      'milliseconds since 1970 as a fraction of seconds',
      { seconds: 0.012, tick: 1e-3, digit: 1e-18, error: 2.4e-7 },
      1e-3,
    ],
    ['seconds of time(2)', { seconds: 5, noise: 0.3, tick: 1, digit: 1e-6 }, 1],
    [
      'float32 seconds after some hours',
      { seconds: 0.012, noise: 0.3, tick: 2 ** -10, digit: 1e-9 },
      2 ** -10,
    ],
    ['a clock of 24 MHz', { seconds: 5e-7, noise: 0.3, tick: 1 / 24e6, digit: 1e-10 }, 1 / 24e6],
    ['an unusual tick', { seconds: 0.03, noise: 0.5, tick: 3.1e-3, digit: 1e-7 }, 3.1e-3],
    [
      'a correction that is taken off',
      { seconds: 0.03, noise: 0.3, tick: 3.3e-3, digit: 1e-7, less: 1.2345e-3 },
      3.3e-3,
    ],
    [
      'milliseconds over 7 operations each',
      { seconds: 2e-3, noise: 0.4, tick: 1e-3, digit: 1e-9, iterations: () => 7 },
      1e-3 / 7,
    ],
    [
      'milliseconds over operations of any number',
      { seconds: 2e-3, tick: 1e-3, digit: 1e-9, iterations: nth => 7 + (nth % 5) },
      1e-3 / 7,
    ],
  ])('%s', (_, program, tick) => {
    for (const seed of [1, 2, 3]) {
      const { base, head } = stepOf({ ...program, seed })
      expect(base / tick).toBeCloseTo(1, 3)
      expect(head).toBe(base)
    }
  })

  test.each<[string, readonly number[], number, number]>([
    // One value is nothing: a program that measures has noise in such digits.
    ['0.012000', [0.012], 1e-6, 0],
    ['0.012000 and 0.013000', [0.012, 0.013], 1e-6, 1e-3],
    ['12.00 ms, 13.00 ms and 14.00 ms', [0.012, 0.013, 0.014], 1e-5, 1e-3],
    // Two zeros may be chance, and so may one in two values.
    ['12.00 ms', [0.012], 1e-5, 0],
    ['12.0 ms and 13.0 ms', [0.012, 0.013], 1e-4, 0],
    ['15.625 ms and 31.250 ms', [0.015625, 0.03125], 1e-6, 1 / 64],
    ['16.667 ms and 33.333 ms', [0.016667, 0.033333], 1e-6, 1 / 60],
    ['0.200000', [0.2], 1e-6, 0],
    // One digit that is zero is nothing: every tenth value has it.
    ['12.0 ms', [0.012], 1e-4, 0],
    ['12.34 ms', [0.01234], 1e-5, 0],
    // Nobody knows a clock of whole seconds from a program that waits for some.
    ['1.000 s', [1], 1e-3, 0],
    // What doubles twice or stands for a workload is as round as it was written.
    ['0.100 and 0.200 s', [0.1, 0.2], 1e-3, 0],
    ['1.000 and 2.000 s', [1, 2], 1e-3, 0],
    ['0.200000 and 0.400000 s', [0.2, 0.4], 1e-6, 1e-3],
    ['zeros', [0], 1e-6, 0],
  ])('values that hardly change: %s', (_, values, digit, tick) => {
    const side = Array.from({ length: 24 }, (_, at) => ({ value: values[at % values.length]! }))
    const { base } = clockSteps(
      { base: side, head: side },
      { printed: { base: digit, head: digit }, unit: readUnit('s') },
    )
    expect(base).toBeCloseTo(tick, 12)
  })

  test.each<[string, number, number, number]>([
    ['ns', 1000, 2000, 1],
    ['ns', 100, 200, 1],
    ['ns', 5000, 5000, 1],
    ['us', 1000, 2000, 1],
    ['us', 1, 2, 1e-2],
    ['ms', 100, 130, 1],
    ['s', 0.1, 0.2, 1e-3],
    // The other side shows that the digits are real.
    ['ms', 12, 12.5, 1e-3],
    ['ms', 10, 20, 1e-3],
    ['s', 0.1, 0.104, 1e-6],
  ])(
    'round values tell nothing of a clock: always %s %d on base and %d on head',
    (unit, base, head, digit) => {
      const always = (value: number) => Array.from({ length: 24 }, () => ({ value }))
      const printed = { base: digit, head: digit }
      const steps = clockSteps({ base: always(base), head: always(head) }, { printed, unit: readUnit(unit) })
      expect(steps).toEqual({ base: 0, head: 0 })
    },
  )

  test('a value whose unit nobody knows', () => {
    const steps = (texts: readonly number[], digit: number) => {
      const side = texts.map(value => ({ value }))
      return clockSteps(
        { base: side, head: side },
        { printed: { base: digit, head: digit }, unit: undefined },
      ).base
    }
    expect(steps([12, 13, 14], 1e-3)).toBe(1)
    expect(steps([12, 13, 12], 1e-3)).toBe(0)
    expect(steps([0.012, 0.013, 0.014], 1e-6)).toBeCloseTo(1e-3, 12)
    expect(steps([1, 1], 1e-3)).toBe(0)
    expect(steps([12.345, 13.1], 1e-3)).toBe(0)
  })

  test('what a real CLOCK_MONOTONIC_COARSE let a program print, on a kernel of 250 Hz', () => {
    const read = (text: string) =>
      text.split(' ').map(milliseconds => ({ value: Number(`0.0${milliseconds}000`) }))
    const base = read('32 32 32 36 32 48 32 32 28 28 28 32 32 32 32 32 28 44 32 28 32 36')
    const head = read(
      '28 28 36 32 28 28 52 28 28 44 28 28 28 36 36 28 28 28 28 28 32 36 28 28 32 52 32 44 36 32 36 32 36',
    )
    const digits = { base: 1e-6, head: 1e-6 }
    const { base: step } = clockSteps({ base, head }, { printed: digits, unit: readUnit('s') })
    expect(step).toBeCloseTo(4e-3, 9)
  })

  test('a rate is what was done over a time of ticks', () => {
    const rates = (seconds: readonly number[], counts?: readonly number[]) =>
      seconds.map((time, at) => ({
        value: Math.round((counts?.[at] ?? 1_000_000) / time),
        ...(counts && { iterations: counts[at]! }),
      }))
    const printed = { base: 1, head: 1 }
    const unit = readUnit('ops/s')
    const times = [0.012, 0.013, 0.014, 0.012, 0.015, 0.016]
    const { base } = clockSteps({ base: rates(times), head: rates(times) }, { printed, unit })
    // From 12 to 13 ms it falls by a thirteenth.
    expect(base / (1e6 / 0.012)).toBeGreaterThan(1 / 13)
    expect(base / (1e6 / 0.012)).toBeLessThan(1 / 11)
    const counts = [1e6, 1.1e6, 1.2e6, 1.3e6]
    const counted = rates([0.012, 0.013, 0.014, 0.013], counts)
    expect(clockSteps({ base: counted, head: counted }, { printed, unit }).base).toBeGreaterThan(6e6)
    const fine = rates([
      0.01212345678, 0.01317117171, 0.01451212345, 0.01242424243, 0.01511119876, 0.01631311234,
    ])
    expect(clockSteps({ base: fine, head: fine }, { printed, unit })).toEqual({ base: 0, head: 0 })
  })

  test('a side of its own', () => {
    const fine: Program = { seconds: 0.012, tick: 0, digit: 1e-6 }
    const { base, head } = stepOf({ ...fine, tick: 1e-3 }, 's', { ...fine, seed: 5 })
    expect(base).toBeCloseTo(1e-3, 12)
    expect(head).toBe(0)
  })

  test('what has no step of digits has none of a clock, and bytes have neither', () => {
    const side = [0.012, 0.013, 0.014].map(value => ({ value }))
    const readings = { base: side, head: side }
    const none = { base: 0, head: 0 }
    expect(clockSteps(readings, { printed: none, unit: readUnit('s') })).toEqual(none)
    expect(clockSteps(readings, { printed: { base: 1e-6, head: 1e-6 }, unit: readUnit('B') })).toEqual(none)
    expect(clockSteps({ base: [], head: [] }, { printed: { base: 1, head: 1 }, unit: undefined })).toEqual(
      none,
    )
  })
})

describe('honest digits', () => {
  const rows = 400
  function taken(program: (next: () => number, nth: number) => Program): number {
    const next = uniform(2026)
    let count = 0
    for (let nth = 0; nth < rows; nth++) {
      const { base, head } = stepOf(program(next, nth))
      if (base > 0 || head > 0) count++
    }
    return count / rows
  }
  const time = (next: () => number) => 10 ** (-7 + 7 * next())
  /** Four digits that count, as Go and Criterion.rs print. */
  const digitOf = (seconds: number, figures = 4) => 10 ** (Math.floor(Math.log10(seconds)) + 1 - figures)

  test('of runs that differ are never taken for coarse ones', () => {
    expect(
      taken((next, seed) => {
        const seconds = time(next)
        return {
          seconds,
          noise: 0.01 + 0.1 * next(),
          tick: 0,
          digit: digitOf(seconds, 4 + Math.floor(5 * next())),
          seed,
          runs: 12,
        }
      }),
    ).toBe(0)
  })

  test('that move by two or three steps are taken for coarse ones in less than one row of a hundred', () => {
    expect(
      taken((next, seed) => {
        const seconds = time(next)
        const digit = digitOf(seconds, 5)
        return { seconds, noise: (1.2 * digit) / seconds, tick: 0, digit, seed, runs: 12 }
      }),
    ).toBeLessThan(0.01)
  })

  test('that never change are taken for coarse ones in one row of a hundred', () => {
    for (const figures of [3, 5, 9]) {
      const share = taken((next, seed) => {
        const seconds = time(next)
        const program = { seconds, noise: 0, tick: 0, digit: digitOf(seconds, figures), seed, runs: 12 }
        return program
      })
      expect(share).toBeLessThan(0.025)
    }
  })
})
