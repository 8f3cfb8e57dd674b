// Shares the machine: nothing here depends on the clock.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bundle, bundle } from '../doubles/bundle.ts'
import { gateProject } from './gate-project.ts'

let entries: Bundle
const cache = mkdtempSync(join(tmpdir(), 'perf-verdict-cache-'))
beforeAll(() => {
  entries = bundle(['src/cli.ts'])
})
afterAll(() => {
  entries.end()
  rmSync(cache, { recursive: true, force: true })
})

/** As `cargo bench` does: what the build downloads is in a cache of the home, and the benchmark needs it without a network. */
const CONFIG = `build: gcc -O1 -o app main.c && mkdir -p ${cache}/registry && echo downloaded > ${cache}/registry/crate
share: ${cache}
benchmarks:
  - name: app
    command: grep -q downloaded ${cache}/registry/crate && ./app
    format: 'regex:took ([\\d.]+) (?<unit>ms)'
`

test('what a build downloads into a lent cache is there for its benchmark, for the copy of base too', () => {
  const gated = gateProject(entries.path('cli'), { project: 'metrics', config: CONFIG, budget: '30s' })
  gated.end()
  const [row] = gated.report.benchmarks
  expect(row!.reason).toBeUndefined()
  expect(row).toMatchObject({
    decision: 'unchanged',
    base: { median: expect.closeTo(0.010243, 9) },
    control: { fit: true },
  })
  // Nothing of it is left on the machine where there is a boundary at all.
  if (gated.report.host.isolation.includes('mountns')) expect(readdirSync(cache)).toEqual([])
})
