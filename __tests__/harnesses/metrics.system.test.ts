import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bundle, bundle } from '../doubles/bundle.ts'
import { type GatedProject, gateProject } from './gate-project.ts'

let entries: Bundle
beforeAll(() => {
  entries = bundle(['src/cli.ts'])
})
afterAll(() => entries.end())

const CONFIG = `build: gcc -O1 -o app main.c
benchmarks:
  - name: app
    command: ./app
    format: 'regex:took ([\\d.]+) (?<unit>ms)'
    metric: [time, memory]
    size: app
    threshold: { time: 5%, memory: 10%, size: 3% }
  - name: files
    size: 'ma*.c'
`

const rowsOf = ({ report }: GatedProject) => Object.fromEntries(report.benchmarks.map(row => [row.name, row]))

const time = existsSync('/usr/bin/time')
if (!time) console.log('GNU time is not installed; memory is told to be unmeasured, and nothing more.')

test('one run gives time and memory, and the build gives sizes: each is decided by its own threshold', () => {
  const gated = gateProject(entries.path('cli'), { project: 'metrics', config: CONFIG, budget: '60s' })
  gated.end()
  const rows = rowsOf(gated)
  expect(Object.keys(rows).sort()).toEqual(['app', 'app (memory)', 'app (size)', 'files: main.c (size)'])
  expect(rows.app).toMatchObject({
    decision: 'unchanged',
    metric: 'time',
    unit: 's',
    base: { median: expect.closeTo(0.010243, 9) },
  })
  const memory = rows['app (memory)']!
  if (time) {
    expect(memory).toMatchObject({ decision: 'slower', unit: 'B', threshold: 0.1 })
    // 20 MiB and 25 MiB are touched, on top of what any process has.
    expect(memory.base!.median).toBeGreaterThan(20 * 2 ** 20)
    expect(memory.base!.median).toBeLessThan(24 * 2 ** 20)
    expect(memory.change!.ratio).toBeGreaterThan(1.15)
    expect(memory).not.toHaveProperty('cause')
  } else expect(memory.decision).toBe('unmeasured')
  expect(rows['app (size)']).toMatchObject({ decision: 'slower', metric: 'size', rounds: 0 })
  expect(rows['app (size)']!.head!.median).toBeGreaterThan(rows['app (size)']!.base!.median + 3000)
  expect(rows['files: main.c (size)']!.decision).toBe('unchanged')
  expect(gated.report.verdict).toBe('fail')
  expect(gated.report.sentence).toContain('worse')
})

test('a metric that no result reports stops the gate before it measures', () => {
  const config = `build: gcc -O1 -o app main.c
benchmarks:
  - { name: app, command: "./app | sed 's/.*/x 10 ms/'", harness: lines, metric: [time, allocations] }
  - { name: none, size: not-built }
`
  const gated = gateProject(entries.path('cli'), { project: 'metrics', config, budget: '20s' })
  gated.end()
  expect(gated.report.verdict).toBe('error')
  expect(gated.log).toMatch(
    /metric of app has allocations, which lines of NAME VALUE UNIT does not report for `x`/,
  )
  expect(gated.log).toMatch(/size of none names `not-built`, which neither side has after its build/)
})
