import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parseOptions } from '../../../src/core/config/settings.ts'
import { CommandError, InputError } from '../../../src/core/model/errors.ts'
import { listRows } from '../../../src/flow/build/list-rows.ts'
import { prepare } from '../../../src/gate.ts'
import { listingText } from '../../../src/report/terminal/listing.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'
import { scriptedPorts } from '../../doubles/scripted-ports.ts'
import { spawningSandbox } from '../../doubles/spawning-sandbox.ts'

let repository: TestRepository
const ends: (() => void)[] = []
beforeEach(() => {
  repository = makeRepository()
})
afterEach(() => {
  repository.remove()
  for (const end of ends.splice(0)) end()
})

/** Lists the rows of a commit of these files; its jobs really run. */
async function list(files: Readonly<Record<string, string>>, options: Readonly<Record<string, string>> = {}) {
  repository.commit('one', files)
  const ports = scriptedPorts()
  const sandbox = spawningSandbox()
  ends.push(ports.remove, () => void sandbox.end())
  const context = await prepare(
    {
      invocation: parseOptions(options, name => `--${name}`),
      repository: repository.folder,
      base: ['HEAD'],
      head: 'HEAD',
      origin: {},
      version: '0.1.0',
      environment: { PATH: process.env.PATH },
      usesCache: false,
      keepsNextBase: false,
      keep: async () => {},
    },
    { ...ports.outside, isolate: async () => sandbox },
  )
  return { listing: await listRows(context), jobs: sandbox.jobs }
}

/** Google Benchmark as far as a gate asks it anything: it lists its names, or runs them. */
const MICRO = `#!/bin/bash
if [ "$BENCHMARK_LIST_TESTS" = true ]; then printf 'BM_a/8\\nBM_b\\n'; exit; fi
echo measured >>ran
echo '{"context": {}, "benchmarks": [
 {"name": "BM_a/8", "run_type": "iteration", "iterations": 10, "real_time": 5, "cpu_time": 5, "time_unit": "us"}]}'
`
const FILE = '.github/perf-verdict.yml'

describe('the rows that a gate would have', () => {
  test('are listed by a harness that can, without running any, with what is asked of each', async () => {
    const { listing, jobs } = await list({
      'micro.sh': MICRO,
      [FILE]: `threshold: 3%
benchmarks:
  - name: micro
    command: bash micro.sh
    harness: google-benchmark
    rows:
      - { match: BM_b, threshold: 10%, floor: 1ms }
      - { match: BM_x*, threshold: 1% }
`,
    })
    const row = { command: 'bash micro.sh', harness: 'google-benchmark', metric: 'time', unit: 's' }
    expect(listing.rows).toEqual([
      { ...row, name: 'micro: BM_a/8', better: 'lower', threshold: 0.03, from: 'list' },
      { ...row, name: 'micro: BM_b', better: 'lower', threshold: 0.1, floor: 0.001, from: 'list' },
    ])
    expect(listing.notes.join()).toMatch(/no result that fits the pattern `BM_x\*`; it has .*BM_a\/8/)
    expect(jobs.filter(({ argv }) => argv.at(-1)!.includes('micro.sh'))).toHaveLength(1)
    const text = listingText(listing)
    expect(text).toMatch(/^2 rows of [0-9a-f]{12} one$/m)
    expect(text).toMatch(/^micro: BM_b +google-benchmark +time +s +10 % +1(\.00)? ms +– +bash micro\.sh$/m)
    expect(text).toMatch(/listed by their harness and not run/)
  })

  test('come from one run of what was built where no harness can list, recognised by its output', async () => {
    const { listing } = await list(
      { 'bench.in': 'echo "BenchmarkA-8  100  1500 ns/op  16 B/op  2 allocs/op"\n' },
      { build: 'cp bench.in bench.sh', bench: 'go=bash bench.sh\nwhole=true' },
    )
    expect(listing.rows).toMatchObject([
      { name: 'go: BenchmarkA', harness: 'go', unit: 's', from: 'run', value: 1.5e-6 },
      { name: 'whole', metric: 'time', unit: 's', from: 'run', value: expect.any(Number) },
    ])
  })

  test('a benchmark without a row is shown with why, and with what it printed', async () => {
    const { listing } = await list(
      { 'a.sh': 'echo "cannot open \u001b[31mdata" >&2; exit 3\n' },
      { bench: 'a=bash a.sh\nb=./nowhere', format: 'seconds' },
    )
    expect(listing.rows).toMatchObject([
      { name: 'a', fault: 'exited with code 3', lastLines: ['cannot open data'] },
      { name: 'b', fault: expect.stringMatching(/could not be started/) },
    ])
    const text = listingText(listing)
    expect(text).toContain('a gives no value: it exited with code 3.')
    expect(text).toContain('cannot open')
    expect(text).not.toContain('\u001b')
  })

  test('are not listed where the build fails, or where a floor has no unit of its rows', async () => {
    await expect(list({ x: '' }, { build: 'exit 4', bench: 'a=true' })).rejects.toThrow(CommandError)
    const micro = `benchmarks: [{name: m, command: bash micro.sh, harness: google-benchmark, rows: [{match: BM_a*, floor: '7'}]}]`
    await expect(list({ 'micro.sh': MICRO, [FILE]: micro })).rejects.toThrow(InputError)
  })
})
