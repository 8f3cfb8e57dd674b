import { afterEach, describe, expect, test } from '@jest/globals'
import type { CounterProbe } from '../../../src/core/counters/probe.ts'
import type { Counters } from '../../../src/core/model/counters.ts'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import type { BenchmarkReport } from '../../../src/core/model/report.ts'
import type { Counting } from '../../../src/flow/count/count-all.ts'
import { wholeCounter } from '../../../src/flow/count/whole-benchmark.ts'
import type { GateContext } from '../../../src/flow/run/gate-context.ts'
import { type CountingMachine, countingMachine } from '../../doubles/counting-machine.ts'
import { BARE_PROBE, SAMPLE_PLAN } from '../../doubles/sample-plan.ts'

const PROBE: CounterProbe = { ...BARE_PROBE, valgrind: { path: '/usr/bin/valgrind', version: '3.24.0' } }
const PLAN: BenchmarkPlan = {
  ...SAMPLE_PLAN,
  name: 'lookup',
  command: './bench 65536',
  countWith: './bench 4000',
}
const profile = (instructions: number) => ({
  files: [
    `positions: instr line\nevents: Ir I1mr D1mr D1mw Bc Bcm\nob=/work/bench\n0x1000 0 ${instructions} 7\ntotals: 1\n`,
  ],
})
const small = (seconds: number): Counters => ({
  source: 'simulated',
  base: { instructions: 100, taskClockSeconds: seconds },
  head: { instructions: 100, taskClockSeconds: 2 * seconds },
})

let machine: CountingMachine | undefined
afterEach(() => machine?.sandbox.end())

function context(plan: BenchmarkPlan, budgetSeconds = 600): GateContext {
  machine = countingMachine({
    events: {},
    simulation: side => profile(side === 'head' ? 2000 : 1000),
    script: { base: '', head: '' },
  })
  const ports = { ...machine, log: { line: () => {} } }
  const checkout = { trees: { base: '/work/base', head: '/work/head' } }
  const env = { base: { PATH: '/bin' }, head: { PATH: '/bin' } }
  return {
    ports,
    checkout,
    env,
    plan: { settings: { counters: 'auto', budgetSeconds }, benchmarks: [{ plan, on: ['base', 'head'] }] },
  } as unknown as GateContext
}

const row = (counters: Counters): BenchmarkReport => ({
  ...{ name: 'lookup', unit: 's', threshold: 0.05, better: 'lower', metric: 'time', decision: 'slower' },
  rounds: 9,
  counters,
})
const counting: Counting = { probe: PROBE, scheduling: { cpus: '3', nice: -20 }, deadline: 600 }

describe('a benchmark whose smaller workload does not settle the cause', () => {
  test('is counted by itself, and that is said', async () => {
    const found = await wholeCounter(context(PLAN), counting)(row(small(0.2)))
    expect(found?.counters.head.instructions).toBe(2000)
    const commands = machine!.jobs
      .map(({ argv }) => argv.join(' '))
      .filter(line => line.includes('--tool=callgrind'))
    expect(commands.length).toBeGreaterThan(0)
    for (const line of commands) expect(line).toContain('./bench 65536')
    expect(found?.limitations.map(({ what }) => what)).toContain(
      'The smaller workload of count-with did not settle the cause for lookup.',
    )
  })

  test('leaves less time to the next one', async () => {
    const count = wholeCounter(context(PLAN, 85), counting)
    expect(await count(row(small(0.2)))).toBeDefined()
    expect(await count(row(small(0.2)))).toBeUndefined()
  })

  test.each<[string, BenchmarkPlan, Counters, number]>([
    ['it would take longer than is left', PLAN, small(2), 300],
    ['nobody knows how long it takes', PLAN, { source: 'simulated', base: {}, head: {} }, 600],
    ['hardware counted, and so the benchmark itself', PLAN, { ...small(0.2), source: 'perf' }, 600],
    ['the smaller workload is what is gated', { ...PLAN, metric: 'instructions' }, small(0.2), 600],
    ['there was no smaller workload', { ...PLAN, countWith: undefined } as never, small(0.2), 600],
  ])('is left at that when %s', async (_, plan, counters, seconds) => {
    expect(await wholeCounter(context(plan, seconds), counting)(row(counters))).toBeUndefined()
    expect(machine!.jobs).toEqual([])
  })
})
