import { describe, expect, test } from '@jest/globals'
import { decideTable } from '../../../src/core/decision/decide.ts'
import { summarizeRounds } from '../../../src/core/decision/rounds-summary.ts'
import type { Comparison } from '../../../src/core/statistics/comparison.ts'
import { confidenceSequence } from '../../../src/core/statistics/confidence-sequence.ts'
import { evidenceOf } from '../../../src/core/statistics/questions.ts'
import { MACHINES, type Noise, simulate, simulatedRounds } from '../../doubles/simulated-machine.ts'
import { counted } from '../../doubles/soak.ts'

/**
 * Counts over simulated gates with fixed seeds. A rate that is at most alpha may show up to this many times in so many
 * gates: three standard deviations above its expectation.
 */
function mostOf(gates: number, alpha: number): number {
  return gates * alpha + 3 * Math.sqrt(gates * alpha * (1 - alpha))
}

const machines = Object.entries<Noise>(MACHINES)
const mark = { threshold: 0.03, better: 'lower' } as const

/** How often each answer ever reaches its level within so many rounds, when the truth is `head` times base. */
function everShown(
  noise: Noise,
  head: number,
  { gates, rounds, alpha }: Record<'gates' | 'rounds' | 'alpha', number>,
) {
  const shown = { slower: 0, notSlower: 0, faster: 0, notFaster: 0 }
  for (let gate = 0; gate < gates; gate++) {
    const stream = simulatedRounds({ noise, head, seed: gate * 7919 + 13 })
    const trials = Array.from({ length: rounds }, () => stream.next().value).map(round => ({
      subjects: round.head,
      references: [...round.base, ...round.control],
    }))
    const reached = { slower: false, notSlower: false, faster: false, notFaster: false }
    for (let seen = 2; seen <= rounds; seen++) {
      const evidence = evidenceOf(trials.slice(0, seen), mark, 1)
      for (const answer of Object.keys(reached) as (keyof typeof reached)[])
        reached[answer] ||= evidence[answer] >= -Math.log(alpha)
    }
    for (const answer of Object.keys(reached) as (keyof typeof reached)[])
      if (reached[answer]) shown[answer]++
  }
  return shown
}

describe('looking after every round, a wrong answer is ever shown no more often than alpha', () => {
  const size = { gates: counted(50, 500), rounds: 15, alpha: 0.05 }

  test.each(machines)('at the threshold, on a machine that is %s', (_, noise) => {
    const { slower, notSlower } = everShown(noise, 1.03, size)
    expect(slower).toBeLessThanOrEqual(mostOf(size.gates, size.alpha))
    expect(notSlower).toBeLessThanOrEqual(mostOf(size.gates, size.alpha))
  })

  test.each(machines)('without any change, on a machine that is %s', (_, noise) => {
    const fewer = { ...size, gates: counted(15, 100) }
    const { slower, faster } = everShown(noise, 1, fewer)
    expect(slower + faster).toBeLessThanOrEqual(mostOf(fewer.gates, fewer.alpha))
  })
})

describe('the confidence sequence holds the truth at every look but for a share of two alpha', () => {
  const [gates, rounds, alpha] = [counted(30, 300), 20, 0.05]

  test.each(machines)('on a machine that is %s', (_, noise) => {
    let missed = 0
    for (let gate = 0; gate < gates; gate++) {
      const stream = simulatedRounds({ noise, head: 1.2, seed: gate * 104_729 + 5 })
      const sides: Comparison[] = []
      let out = false
      for (let round = 0; round < rounds; round++) {
        const { base, head, control } = stream.next().value
        sides.push({ subjects: head, references: [...base, ...control] })
        const interval = round % 4 === 3 ? confidenceSequence(sides, alpha) : undefined
        out ||= interval !== undefined && (interval.low > 1.2 || interval.high < 1.2)
      }
      if (out) missed++
    }
    expect(missed).toBeLessThanOrEqual(mostOf(gates, 2 * alpha))
  })
})

describe('a whole gate', () => {
  const family = { alpha: 0.01, rows: 1 }
  const gate = (noise: Noise, head: number, seed: number) =>
    simulate({ noise, head, mark, family, maxRounds: 50, seed })
  const decisions = (noise: Noise, head: number, gates: number) =>
    Array.from({ length: gates }, (_, at) => gate(noise, head, 31 * at + 7).decision)
  const count = (all: readonly string[], decision: string) => all.filter(each => each === decision).length

  test.each(machines)('never cries wolf over equal builds, on a machine that is %s', (_, noise) => {
    const all = decisions(noise, 1, counted(8, 100))
    expect(count(all, 'slower') + count(all, 'faster')).toBe(0)
  })

  test.each(machines)(
    'never lets a slowdown of twice the threshold through, on a machine that is %s',
    (_, noise) => {
      const all = decisions(noise, 1.06, counted(8, 100))
      expect(count(all, 'unchanged') + count(all, 'faster')).toBe(0)
    },
  )

  test.each([
    ['quiet', 1.05, 25],
    ['quiet', 1.12, 25],
    ['noisy', 1.06, 24],
    ['noisy', 1.12, 25],
    ['heavyTailed', 1.06, 25],
    ['drifting', 1.06, 25],
    ['bursts', 1.06, 25],
    ['correlated', 1.06, 25],
    ['bimodal', 1.06, 20],
    ['bimodal', 2, 25],
  ] as const)(
    'on a machine that is %s finds a slowdown of %d in at least %i of 25 gates',
    (name, head, least) => {
      const gates = counted(5, 25)
      const found = count(decisions(MACHINES[name], head, gates), 'slower')
      expect(found).toBeGreaterThanOrEqual(Math.floor((least / 25) * gates))
    },
  )

  test('needs hardly more rounds than the fewest possible where the answer is clear', () => {
    for (const head of [1, 1.12, 0.89]) {
      const gates = counted(10, 25)
      const rounds = Array.from({ length: gates }, (_, at) => gate(MACHINES.quiet, head, at).rounds)
      expect(rounds.reduce((sum, each) => sum + each, 0) / gates).toBeLessThan(4)
    }
  })

  test('finds an unfit machine unfit, and lets it decide nothing', () => {
    for (const control of [1.06, 0.94])
      for (const head of [1, 1.2]) {
        const { decision, control: shown } = simulate({
          noise: MACHINES.quiet,
          head,
          control,
          mark,
          family,
          maxRounds: 30,
          seed: 3,
        })
        expect({ decision, fit: shown?.fit }).toEqual({ decision: 'undecided', fit: false })
      }
  })

  test('calls a fit machine unfit in no gate', () => {
    const fits = Array.from(
      { length: counted(20, 100) },
      (_, at) => gate(MACHINES.noisy, 1.12, at).control?.fit,
    )
    expect(fits.filter(fit => fit !== true)).toEqual([])
  })
})

describe('a table of twenty benchmarks of which five are slower', () => {
  test('makes wrong claims at no more than its rate, and finds the five', () => {
    const family = { alpha: 0.05, rows: 20 }
    let wrong = 0
    let found = 0
    const tables = counted(6, 30)
    for (let table = 0; table < tables; table++) {
      const rows = Array.from({ length: 20 }, (_, row) => {
        const truth = row < 5 ? 1.1 : 1.03
        const stream = simulatedRounds({ noise: MACHINES.noisy, head: truth, seed: table * 1000 + row * 17 })
        return {
          summary: summarizeRounds(
            Array.from({ length: 30 }, () => stream.next().value),
            mark,
            family.alpha,
          ),
        }
      })
      const claims = decideTable(rows, family).map(({ decision }) => decision === 'slower')
      const [right, false_] = [claims.slice(0, 5), claims.slice(5)].map(each => each.filter(Boolean).length)
      found += right!
      wrong += false_! / Math.max(1, right! + false_!)
    }
    expect(wrong / tables).toBeLessThanOrEqual(0.05)
    expect(found).toBeGreaterThanOrEqual(0.95 * 5 * tables)
  })
})
