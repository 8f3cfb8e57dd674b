import { afterEach, expect, test } from '@jest/globals'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import { measure } from '../../../src/flow/measure/measure.ts'
import { type FakeBench, fakeBench, planOf } from '../../doubles/fake-bench-ports.ts'

const benches: FakeBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

async function measured(plan: Partial<BenchmarkPlan>, print: (part: string, nth: number) => string) {
  const bench = fakeBench([planOf(plan)], ({ part, nth }) => ({ stdout: print(part, nth) }))
  benches.push(bench)
  return (await measure(bench.request, bench.ports)).benchmarks[0]!
}

/** A program that prints the same coarse time whatever it took. */
const coarse: readonly [string, Partial<BenchmarkPlan>, string, number][] = [
  ['seconds', { format: { kind: 'seconds' } }, '0.02\n', 0.01],
  ['milliseconds', { format: { kind: 'milliseconds' } }, '12\n', 1e-3],
  ['JSON', { format: { kind: 'json', path: 'elapsed_ms' }, unit: 'ms' }, '{"elapsed_ms":12}', 1],
  ['JSON of zero', { format: { kind: 'json', path: 'elapsed_ms' }, unit: '' }, '{"elapsed_ms":0}', 1],
  ['libtest', harness('libtest', 'f'), 'test f ... bench:           3 ns/iter (+/- 0)\n', 1e-9],
  ['lines', harness('lines', 'f'), 'f 1 ms\n', 1e-3],
  ['a rate', { ...harness('lines', 'f'), unit: 'ops/s', better: 'higher' }, 'f 12 ops/s\n', 1],
]

function harness(name: 'libtest' | 'lines', row: string): Partial<BenchmarkPlan> {
  return { format: { kind: 'harness', harness: name, row, of: 1 } }
}

test.each(coarse)(
  '%s: equal values that rounding may have made are no answer',
  async (_, plan, text, step) => {
    const report = await measured(plan, () => text)
    expect(report).toMatchObject({ decision: 'undecided', reason: expect.stringContaining('in steps of') })
    expect(report.base!.step! / step).toBeCloseTo(1, 9)
    expect(report.head!.step! / step).toBeCloseTo(1, 9)
    expect(JSON.stringify(report)).not.toMatch(/null|Infinity|NaN/)
  },
)

test('a slowdown that is clear beyond the step is a breach', async () => {
  const report = await measured({ format: { kind: 'milliseconds' } }, part =>
    part === 'head' ? '24\n' : '12\n',
  )
  expect(report.decision).toBe('slower')
  expect(report.change!.ratio).toBe(2)
  expect(report.change!.low).toBeLessThan(24 / 13 + 1e-9)
  expect(report.change!.high).toBeGreaterThan(25 / 12 - 1e-9)
})

test.each([
  [
    'many digits in whole nanoseconds',
    { format: { kind: 'json', path: 'ns' }, unit: 'ns' },
    '{"ns":1234567}',
  ],
  ['a count', { format: { kind: 'json', path: 'allocs' }, unit: '' }, '{"allocs":3}'],
  ['a count by its unit', { format: { kind: 'json', path: 'x' }, unit: 'count' }, '{"x":3}'],
  ['a count with a unit', { ...harness('lines', 'f'), unit: '' }, 'f 3 allocs\n'],
  ['what the gate times itself', { format: { kind: 'wall' } }, '1 ms\n'],
] as const)('%s: equal values are unchanged', async (_, plan, text) => {
  const report = await measured(plan, () => text)
  expect(report.decision).toBe('unchanged')
})

test('more digits in some runs show a finer grid', async () => {
  const print = (_: string, nth: number) => `${nth % 3 === 0 ? 12 : 12 + (nth % 3) / 100}\n`
  const report = await measured({ format: { kind: 'milliseconds' } }, print)
  expect(report.base!.step).toBeCloseTo(1e-5, 12)
  expect(report.decision).toBe('unchanged')
})
