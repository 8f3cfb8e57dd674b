import { afterEach, describe, expect, test } from '@jest/globals'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import { measure } from '../../../src/flow/measure/measure.ts'
import { type FakeBench, fakeBench, planOf, type Script } from '../../doubles/fake-bench-ports.ts'

const benches: FakeBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

async function measured(plans: readonly BenchmarkPlan[], script: Script, budgetSeconds = 3600) {
  const bench = fakeBench(plans, script, { budgetSeconds })
  benches.push(bench)
  return { ...bench, result: await measure(bench.request, bench.ports) }
}

const NAMES = ['a', 'b.c', 'd/64', 'e']
const rows = (of = NAMES.length): readonly BenchmarkPlan[] =>
  NAMES.map(row =>
    planOf({
      name: `micro: ${row}`,
      command: './micro',
      format: { kind: 'harness', harness: 'google-benchmark', row, of },
    }),
  )

/** A Google Benchmark that heeds its filter; `e` is at the threshold, so that it is open longest. */
function micro(heeds = true): Script {
  return ({ part, nth, job }) => {
    const filter = heeds ? job.env.BENCHMARK_FILTER : undefined
    const asked = NAMES.filter(name => filter === undefined || new RegExp(filter).test(name))
    const noise = 1 + 0.004 * (((nth * 7 + part.length * 3) % 11) / 11 - 0.5)
    const factor = (name: string) => {
      if (part !== 'head') return 1
      if (name === 'b.c') return 3
      return name === 'e' ? (nth % 2 ? 1.04 : 1.06) : 1
    }
    const benchmarks = asked.map(name => ({
      name,
      run_type: 'iteration',
      iterations: 1000,
      real_time: 100 * factor(name) * noise,
      cpu_time: 100,
      time_unit: 'ns',
    }))
    return { seconds: asked.length, stdout: JSON.stringify({ context: {}, benchmarks }) }
  }
}

describe('several rows of one command', () => {
  test('are decided separately, one process for all of them', async () => {
    const { result, jobs } = await measured(rows(), micro())
    expect(result.benchmarks.map(({ name, decision }) => [name, decision])).toEqual([
      ['micro: a', 'unchanged'],
      ['micro: b.c', 'slower'],
      ['micro: d/64', 'unchanged'],
      ['micro: e', 'undecided'],
    ])
    expect(result.benchmarks[1]!.change!.ratio).toBeCloseTo(3, 1)
    expect(result.benchmarks[1]!.base!.median).toBeCloseTo(100e-9, 10)
    const first = jobs.slice(0, 3).map(job => job.env.BENCHMARK_FILTER)
    expect(first).toEqual([undefined, undefined, undefined])
  })

  test('are no longer run when they have their answer', async () => {
    const { jobs } = await measured(rows(), micro())
    expect(jobs.at(-1)!.env.BENCHMARK_FILTER).toBe('^(e)$')
    expect(jobs.filter(job => job.env.BENCHMARK_FILTER === undefined).length).toBeLessThan(40)
  })

  test('are asked for and read by the name that head has for them', async () => {
    const plans = rows().map(plan =>
      plan.format.kind === 'harness' && plan.format.row === 'e'
        ? { ...plan, format: { ...plan.format, onHead: 'new' } }
        : plan,
    )
    const script: Script = run => {
      const filter = run.job.env.BENCHMARK_FILTER?.replace('new', 'e')
      const asked = micro()({
        ...run,
        job: { ...run.job, env: { ...run.job.env, ...(filter && { BENCHMARK_FILTER: filter }) } },
      })
      return run.part === 'head'
        ? { ...asked, stdout: asked.stdout!.replace('"name":"e"', '"name":"new"') }
        : asked
    }
    const { result, jobs, ran } = await measured(plans, script)
    expect(result.benchmarks.at(-1)).toMatchObject({ name: 'micro: e', decision: 'undecided' })
    const last = new Map(jobs.map((job, at) => [ran[at], job.env.BENCHMARK_FILTER]))
    expect(Object.fromEntries(last)).toEqual({ base: '^(e)$', control: '^(e)$', head: '^(new)$' })
  })

  test('are all run where the program does not heed the filter, and lose no value by it', async () => {
    const { result, jobs } = await measured(rows(), micro(false), 400)
    expect(result.benchmarks.map(({ decision }) => decision)).toEqual([
      'unchanged',
      'slower',
      'unchanged',
      'undecided',
    ])
    expect(jobs.filter(job => job.env.BENCHMARK_FILTER !== undefined)).toHaveLength(1)
  })

  test('leave out from the start what nobody asked for', async () => {
    const { jobs } = await measured(rows().slice(0, 2), micro())
    expect(jobs[0]!.env.BENCHMARK_FILTER).toBe('^(a|b\\.c)$')
  })

  test('one that is missing on head is unmeasured there, whatever the others say', async () => {
    const script: Script = run => {
      const outcome = micro()(run)
      if (run.part !== 'head') return outcome
      return { ...outcome, stdout: outcome.stdout!.replaceAll('"b.c"', '"renamed"') }
    }
    const { result } = await measured(rows(), script, 400)
    expect(result.benchmarks[1]).toMatchObject({
      decision: 'unmeasured',
      reason: 'On head it printed no result of the name "b.c", while base ran.',
    })
    expect(result.benchmarks[0]!.decision).toBe('unchanged')
  })
})
