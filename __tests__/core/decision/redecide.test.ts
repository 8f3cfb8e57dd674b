import { expect, test } from '@jest/globals'
import { decideTable } from '../../../src/core/decision/decide.ts'
import { worstBreach } from '../../../src/core/decision/redecide.ts'
import { summarizeRounds } from '../../../src/core/decision/rounds-summary.ts'
import type { BenchmarkReport } from '../../../src/core/model/report.ts'
import { aBenchmark } from '../../doubles/reports.ts'

const ALPHA = 0.01
const MARK = { threshold: 0.05, better: 'lower' } as const

/** Rows of one table, each with so many rounds of so large a slowdown, decided as the gate does. */
function table(...rows: readonly (readonly [name: string, ratio: number, rounds: number])[]) {
  const measured = rows.map(([name, ratio, count]) => {
    const rounds = Array.from({ length: count }, (_, at) => {
      const base = 1 + at / 1e4
      return { base: [base, base], head: [base, base, base].map(value => value * ratio), control: [base] }
    })
    return { name, rounds, summary: summarizeRounds(rounds, MARK, ALPHA) }
  })
  const answers = decideTable(measured, { alpha: ALPHA, rows: rows.length })
  return measured.map(({ name, rounds, summary }, at): BenchmarkReport => {
    const series = (side: 'base' | 'head' | 'control') => rounds.flatMap(round => round[side])
    return aBenchmark({
      name,
      decision: answers[at]!.decision,
      base: { median: 1, samples: series('base') },
      head: { median: 1, samples: series('head') },
      control: { ratio: 1, low: 1, high: 1, fit: true, samples: series('control') },
      rounds: rounds.length,
      ...(summary.change && { change: summary.change }),
    })
  })
}

test('the one that got slower by most is bisected', () => {
  const rows = table(['a', 1.2, 20], ['b', 1.5, 20], ['c', 1, 20])
  expect(worstBreach(rows, ALPHA)?.name).toBe('b')
})

test('more is better for some', () => {
  const [slow, rate] = table(['slow', 1.2, 20], ['rate', 1.3, 20])
  const fell = { ...rate!, better: 'higher' as const, metric: 'instructions' as const }
  expect(worstBreach([slow!, { ...fell, change: { ...fell.change!, ratio: 0.5 } }], ALPHA)?.name).toBe('rate')
})

test('none is bisected that is slower only together with others', () => {
  const rows = table(['a', 1.2, 2], ['b', 1.5, 2])
  // Both claims stand as a table (e-BH), and neither alone (Bonferroni).
  expect(rows.map(({ decision }) => decision)).toEqual(['slower', 'slower'])
  expect(worstBreach(rows, ALPHA)).toBeUndefined()
  expect(worstBreach(table(['a', 1.2, 2], ['b', 1.5, 3]), ALPHA)?.name).toBe('b')
})

test('without a breach there is none', () => {
  expect(worstBreach(table(['a', 1, 20]), ALPHA)).toBeUndefined()
  expect(worstBreach([], ALPHA)).toBeUndefined()
})
