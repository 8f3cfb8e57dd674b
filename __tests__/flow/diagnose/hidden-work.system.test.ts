import { afterAll, describe, expect, test } from '@jest/globals'
import { hiddenWork } from '../../../src/core/decision/masked.ts'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import type { CountedTable } from '../../../src/flow/count/count-all.ts'
import { countHidden } from '../../../src/flow/diagnose/hidden-work.ts'
import type { GateContext } from '../../../src/flow/run/gate-context.ts'
import { perfVersion } from '../../../src/shell/profilers/perf.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { buildTrees, hasTool, type Program } from '../../doubles/programs.ts'
import { aBenchmark } from '../../doubles/reports.ts'
import { SAMPLE_PLAN } from '../../doubles/sample-plan.ts'
import { spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const perf = await tools.find('perf')
const samples = perf !== undefined && (await perfVersion(tools, perf)) !== undefined
const able = samples && hasTool('gcc') && hasTool('valgrind')
if (!able)
  process.stdout.write('skipped: looking for hidden work needs gcc, valgrind and a perf that may sample\n')
const withTools = able ? describe : describe.skip
const sandbox = spawningSandbox()
afterAll(() => sandbox.end())

const ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: '/nonexistent' }
const HOLD = { knobs: [], gaps: [], scheduling: {}, release: async () => [] }

interface Made {
  /** Bytes of a function that never runs, in front of the hot one. */
  readonly cold?: number
  /** What the hot loop does besides. */
  readonly extra?: string
  /** How often the hot function is called by one that is not hot. */
  readonly calls?: number
}

function program({ cold = 16, extra = '', calls = 20 }: Made): Program {
  const source = `
void cold(void) { __asm__ volatile(".skip ${cold}, 0x90"); }
volatile unsigned sink;
__attribute__((noinline)) void hot(unsigned n) {
  unsigned x = n;
  for (unsigned i = 0; i < n; i++) { x = x * 3u + i; ${extra} }
  sink = x;
}
int main(void) { for (int i = 0; i < ${calls}; i++) hot(1000000); return 0; }
`
  return { source, options: ['-O1', '-fno-toplevel-reorder'] }
}

async function look(head: Made, plan: Partial<BenchmarkPlan> = {}, counters = 'auto') {
  const trees = buildTrees(program({}), program(head))
  const benchmark = { ...SAMPLE_PLAN, ...plan }
  const lines: string[] = []
  const row = aBenchmark({ ...benchmark, decision: 'unchanged', rounds: 2 })
  const log = {
    line: (text: string) => void lines.push(text),
    warn: () => {},
    group: (_: string, work: () => unknown) => work(),
  }
  const context = {
    plan: {
      benchmarks: [{ plan: benchmark, on: ['base', 'head'] }],
      settings: { counters, budgetSeconds: 240 },
    },
    checkout: { trees },
    env: { base: ENV, head: ENV },
    ports: { tools, sandbox, log, clock: { now: () => performance.now() / 1e3 } },
  } as unknown as GateContext
  const table: CountedTable = { benchmarks: [row], counted: new Map(), limitations: [] }
  try {
    const found = await countHidden(context, table, HOLD)
    return { row: found.benchmarks[0]!, told: found.limitations.map(({ what }) => what).join(' '), lines }
  } finally {
    trees.remove()
  }
}

withTools('a row that did not get slower', () => {
  test('is not counted where its hot code only moved', async () => {
    const { row, told, lines } = await look({ cold: 4000 })
    expect([row.counters, told, lines]).toEqual([undefined, '', []])
  })

  test('is counted where its hot code changed, and shows the work that it may hide', async () => {
    const { row, lines } = await look({ extra: 'x ^= x >> 7; x += i << 2;' })
    expect(lines.join()).toContain('its hot code changed (`hot`)')
    expect(hiddenWork(row)).toBeGreaterThan(1.3)
  })

  test('is counted where unchanged hot code is called more often by code that is not hot', async () => {
    const { row, lines } = await look({ calls: 27 })
    expect(lines.join()).toContain('its hot code changed (`main`)')
    expect(hiddenWork(row)).toBeCloseTo(1.35, 1)
  })

  test('says that it was not looked at where a program may run for a time, or nothing may be counted', async () => {
    const head = { extra: 'x ^= x >> 7;' }
    const timed = await look(head, { format: { kind: 'seconds' } })
    expect(timed.told).toContain('may run for a time; name a workload of fixed size with count-with')
    expect(timed.row.counters).toBeUndefined()
    expect((await look(head, {}, 'off')).told).toContain('was not looked at: counters is off')
  })
})
