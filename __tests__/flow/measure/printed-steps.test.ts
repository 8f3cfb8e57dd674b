import { afterEach, describe, expect, test } from '@jest/globals'
import { decideAnew } from '../../../src/core/decision/redecide.ts'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import { measure } from '../../../src/flow/measure/measure.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'
import { type FakeBench, fakeBench, planOf } from '../../doubles/fake-bench-ports.ts'

const benches: FakeBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

type Print = (part: string, nth: number) => string

async function gated(plan: Partial<BenchmarkPlan>, print: Print) {
  const bench = fakeBench([planOf(plan)], ({ part, nth }) => ({ stdout: print(part, nth) }))
  benches.push(bench)
  const { benchmarks, limitations } = await measure(bench.request, bench.ports)
  return { report: benchmarks[0]!, limitations }
}

const measured = async (plan: Partial<BenchmarkPlan>, print: Print) => (await gated(plan, print)).report

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

describe('a coarse clock behind fine digits', () => {
  const clocks: readonly [string, Partial<BenchmarkPlan>, (value: number) => string, number, string][] = [
    ['seconds', { format: { kind: 'seconds' } }, value => `${(value / 1000).toFixed(6)}\n`, 1e-3, '1.00 µs'],
    ['lines', harness('lines', 'f'), value => `f ${value}.000 ms\n`, 1e-3, '1.00 µs'],
    [
      'libtest',
      harness('libtest', 'f'),
      value => `test f ... bench: ${value},000,000.00 ns/iter (+/- 0)\n`,
      1e-3,
      '0.0100 ns',
    ],
  ]

  test.each(clocks)(
    '%s: the same few values are no answer, and the report says why',
    async (_, plan, text, step, digit) => {
      const { report, limitations } = await gated(plan, (__, nth) => text(nth % 4 === 0 ? 13 : 12))
      expect(report.decision).toBe('undecided')
      expect(report.base!.step! / step).toBeCloseTo(1, 9)
      expect(report.base!.digit!).toBeLessThan(step / 99)
      expect(report.reason).toMatch(
        /^It prints steps of .*, but its values move in steps of 1\.00 ms, 8\.3 ?% of base's 12\.0 ms/,
      )
      expect(limitations.map(({ what }) => what)).toEqual([
        expect.stringMatching(
          / move in steps of 1\.00 ms \(8\.3 ?% of its value\) although they are printed in steps of /,
        ),
      ])
      expect(limitations[0]!.what).toContain(digit)
    },
  )

  test.each(clocks)(
    '%s: a slowdown that a step may hide is no answer, and a clear one is a breach',
    async (_, plan, text) => {
      const hidden = await gated(plan, (part, nth) => text(part === 'head' && nth % 2 === 0 ? 13 : 12))
      expect(hidden.report.decision).toBe('undecided')
      const clear = await gated(plan, (part, nth) =>
        text((part === 'head' ? 24 : 12) + (nth % 4 === 0 ? 1 : 0)),
      )
      expect(clear.report.decision).toBe('slower')
      expect(clear.report.change!.low).toBeLessThan(1.9)
    },
  )

  test('a fine clock that measures about the same is unchanged', async () => {
    const { report, limitations } = await gated(
      { format: { kind: 'seconds' } },
      (part, nth) => `${(0.012 + ((nth * 37 + part.length * 11) % 23) * 1.7e-6).toFixed(6)}\n`,
    )
    expect(report.decision).toBe('unchanged')
    expect(report.base!.digit).toBeUndefined()
    expect(limitations).toEqual([])
  })

  test('the report that is decided anew says the same', async () => {
    const { report } = await gated({ format: { kind: 'seconds' } }, (_, nth) =>
      nth % 4 === 0 ? '0.013000\n' : '0.012000\n',
    )
    const [anew] = decideAnew([report], 0.01, describeReason)
    expect(anew).toMatchObject({ decision: 'undecided', reason: report.reason })
  })

  test.each(clocks)(
    '%s: one value again and again decides, and the report says what it may be',
    async (_, plan, text) => {
      const { report, limitations } = await gated(plan, () => text(12))
      expect(report.decision).toBe('unchanged')
      expect(limitations).toEqual([
        {
          what: expect.stringMatching(
            / have no noise: each run of a side printed the same whole milliseconds \(12\.0 ms on base\)\.$/,
          ),
          instead: expect.stringMatching(/could hide a change of 8\.3 ?%/),
        },
      ])
      const { limitations: ofLonger } = await gated(plan, () => text(120))
      expect(ofLonger).toEqual([])
    },
  )
})
