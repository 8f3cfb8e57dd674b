import { afterEach, describe, expect, test } from '@jest/globals'
import { roundsToAnswer } from '../../../src/core/decision/decide.ts'
import { decideAnew } from '../../../src/core/decision/redecide.ts'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import { measure } from '../../../src/flow/measure/measure.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'
import { type FakeBench, fakeBench, planOf } from '../../doubles/fake-bench-ports.ts'

const benches: FakeBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

async function measured(plan: Partial<BenchmarkPlan>, print: (part: string, nth: number) => string) {
  const bench = fakeBench([planOf({ unit: '', ...plan })], ({ part, nth }) => ({ stdout: print(part, nth) }))
  benches.push(bench)
  const [report] = (await measure(bench.request, bench.ports)).benchmarks
  return { report: report!, runs: bench.ran.length }
}

describe('zero is a value', () => {
  const allocations: Partial<BenchmarkPlan> = { format: { kind: 'json', path: 'allocations' } }
  test.each([
    { base: 0, head: 0, decision: 'unchanged' },
    { base: 0, head: 10, decision: 'slower' },
    { base: 10, head: 0, decision: 'faster' },
    { base: 0, head: 2, floor: 5, decision: 'unchanged' },
  ])('$base → $head with a floor of $floor is $decision', async ({ base, head, floor, decision }) => {
    const { report } = await measured({ ...allocations, ...(floor !== undefined && { floor }) }, part =>
      JSON.stringify({ allocations: part === 'head' ? head : base }),
    )
    expect(report.decision).toBe(decision)
    expect(JSON.stringify(report)).not.toMatch(/null|Infinity|NaN/)
  })

  test('a value that is zero now and then is open where the sides overlap', async () => {
    const { report } = await measured(allocations, (_, nth) => JSON.stringify({ allocations: nth % 2 }))
    expect(report.decision).toBe('undecided')
  })

  test('needs more rounds where one was lost, because the run that failed may have been another value', async () => {
    const rows = await Promise.all(
      [0, 1, 2].map(async crashes => {
        const bench = fakeBench([planOf({ unit: '', ...allocations })], ({ part, nth }) =>
          part === 'head' && nth > 1 && nth <= 1 + crashes
            ? { code: 1 }
            : { stdout: JSON.stringify({ allocations: 0 }) },
        )
        benches.push(bench)
        return (await measure(bench.request, bench.ports)).benchmarks[0]!
      }),
    )
    expect(rows.map(({ decision, lostRounds }) => [decision, lostRounds])).toEqual([
      ['unchanged', undefined],
      ['unchanged', 1],
      ['unchanged', 2],
    ])
    for (const [at, { rounds }] of rows.entries()) expect(rounds).toBe(roundsToAnswer({ alpha: 0.01 }, at))
    const short = { ...rows[1]!, lostRounds: 3 }
    expect(decideAnew([rows[1]!, short], 0.01, describeReason).map(({ decision }) => decision)).toEqual([
      'unchanged',
      'undecided',
    ])
  })

  test('a time of zero was not measured', async () => {
    const { report } = await measured({ format: { kind: 'seconds' }, unit: 's' }, () => '0\n')
    expect(report).toMatchObject({ decision: 'unmeasured', fault: { kind: 'zero' } })
  })
})

describe('a metric that is counted', () => {
  const go: Partial<BenchmarkPlan> = {
    name: 'go: BenchmarkF (allocations)',
    metric: 'allocations',
    format: { kind: 'harness', harness: 'go', row: 'BenchmarkF', of: 1 },
  }
  const line = (allocations: number) => `BenchmarkF  100  50 ns/op  16 B/op  ${allocations} allocs/op\n`

  test('is decided by one round when every run repeats', async () => {
    const { report, runs } = await measured(go, part => line(part === 'head' ? 3 : 2))
    expect(report).toMatchObject({ decision: 'slower', rounds: 1 })
    expect(report.change!.ratio).toBe(1.5)
    expect(runs).toBeLessThanOrEqual(9)
  })

  test('goes on while its runs differ', async () => {
    const { report } = await measured(go, (part, nth) => line((part === 'head' ? 30 : 20) + (nth % 2)))
    expect(report.decision).toBe('slower')
    expect(report.rounds).toBeGreaterThan(1)
  })
})
