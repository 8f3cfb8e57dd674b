import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Bundle, bundle } from '../doubles/bundle.ts'
import { gateProject } from './gate-project.ts'

let entries: Bundle
beforeAll(() => {
  entries = bundle(['src/cli.ts'])
})
afterAll(() => entries.end())

const CONFIG = `build: gcc -O1 -o app main.c
format: 'regex:([\\d.]+) (?<unit>ns/op)'
metric: instructions
benchmarks:
  - { name: timed, command: ./app timed }
  - { name: fixed, command: ./app fixed }
`
const valgrind = existsSync('/usr/bin/valgrind')

const run = valgrind ? test : test.skip
if (!valgrind) console.log('valgrind is not installed; counting is not tried.')
run(
  'instructions of a program that ends by the clock are refused with the remedy, those of fixed work decide',
  () => {
    const gated = gateProject(entries.path('cli'), {
      ...{ project: 'timed', config: CONFIG, budget: '90s', counters: 'simulated' },
    })
    gated.end()
    const [timed, fixed] = ['timed', 'fixed'].map(name =>
      gated.report.benchmarks.find(row => row.name === name),
    )
    expect(fixed).toMatchObject({ decision: 'slower', metric: 'instructions' })
    expect(fixed!.change!.ratio).toBeGreaterThan(1.8)
    if (timed!.decision !== 'unmeasured') {
      // Without a cgroup nobody knows the CPU time of a run.
      expect(gated.report.host.isolation).not.toContain('cgroup')
      return
    }
    expect(timed!.reason).toMatch(/bounded by time: a run of it ends by the clock.*name one in count-with\.$/)
    expect(timed).not.toHaveProperty('counters')
  },
)
