import { describe, expect, test } from '@jest/globals'
import type { BenchmarkPlan, HarnessFormat } from '../../../src/core/model/plan.ts'
import { withFixedWork } from '../../../src/flow/count/fixed-work.ts'
import { notCounted } from '../../../src/report/limitations/counting.ts'
import type { Job } from '../../../src/shell/ports/ports.ts'
import { planOf } from '../../doubles/fake-bench-ports.ts'

const ENDED = { seconds: 1, code: 0, signal: null, timedOut: false, stderr: '', truncated: false } as const
const row = (harness: HarnessFormat['harness'], name: string, more: Partial<BenchmarkPlan> = {}) =>
  planOf({
    name: `m: ${name}`,
    command: './bench -test.bench .',
    format: { kind: 'harness', harness, row: name, of: 1 },
    ...more,
  })

async function fixed(plan: BenchmarkPlan, print: (job: Job) => string) {
  const jobs: Job[] = []
  const run = async (job: Job) => {
    jobs.push(job)
    return { ...ENDED, stdout: print(job) }
  }
  return {
    result: await withFixedWork(plan, { sandbox: { run }, tree: '/t', env: {}, scheduling: {} }),
    jobs,
  }
}

describe('the work of a counted run', () => {
  test('is a number of iterations that fits, where the harness does what it is told', async () => {
    const { result, jobs } = await fixed(row('go', 'BenchmarkF'), () => 'BenchmarkF  1  20000 ns/op\n')
    expect(jobs[0]!.argv.at(-1)).toMatch(/-test\.benchtime=1x/)
    expect(result).toMatchObject({ ok: true, value: { countIterations: 1500 } })
  })

  test('is found by its time where instructions are what is gated', async () => {
    const counted = row('go', 'BenchmarkF', { metric: 'instructions', unit: 'instructions' })
    const { result } = await fixed(counted, () => 'BenchmarkF  1  20000 ns/op\n')
    expect(result).toMatchObject({ ok: true, value: { countIterations: 1500 } })
  })

  test.each([
    ['./f.test -test.bench . -test.benchtime 3000x', 3000],
    ["go test -bench . -benchtime='20x' ./...", 20],
  ])('is what the command itself tells Go: %s', async (command, countIterations) => {
    const { result, jobs } = await fixed(row('go', 'BenchmarkF', { command }), () => '')
    expect(result).toMatchObject({ ok: true, value: { command, countIterations } })
    expect(jobs).toEqual([])
  })

  test.each([
    {
      what: 'that ran more often than it was told',
      plan: row('go', 'BenchmarkF'),
      print: 'BenchmarkF  100  20 ns/op\n',
    },
    { what: 'that cannot be told', plan: row('criterion', 'f'), print: 'f  time:   [1 ns 1 ns 1 ns]\n' },
  ])('of a harness $what is not fixed, so that nothing is counted', async ({ plan, print }) => {
    const { result } = await fixed(plan, () => print)
    if (result.ok) throw new Error('it is taken for fixed work')
    const { what, instead } = notCounted(result.fault, { sampled: false })
    expect(what).toMatch(/different work\.$/)
    expect(instead).toMatch(/^Nothing is counted for its rows\. /)
  })

  test.each([planOf(), row('hyperfine', 'f'), row('criterion', 'f', { countWith: './fixed' })])(
    'that is the same every time needs nothing: $name',
    async plan => {
      const { result, jobs } = await fixed(plan, () => '')
      expect(result).toEqual({ ok: true, value: plan })
      expect(jobs).toEqual([])
    },
  )
})
