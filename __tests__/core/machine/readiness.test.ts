import { describe, expect, test } from '@jest/globals'
import { type ReadinessFacts, readinessOf } from '../../../src/core/machine/readiness.ts'

const quiet: ReadinessFacts = {
  chosenCpus: 1,
  virtual: false,
  tunable: true,
  noise: [],
  isolation: 'uid+cgroup+pidns+mountns',
  hardwareCounters: true,
  simulation: true,
  missing: [],
}
const busy = ['The CPUs are 100 % busy.']
const git = { name: 'git', debian: 'git', required: true }
const mold = { name: 'mold', debian: 'mold', required: false }

describe('a machine is ready', () => {
  test.each([
    ['for times when it is quiet', {}, 'times', 'time'],
    ['for times in a virtual machine', { virtual: true }, 'times', 'time'],
    ['for instructions while other programs run', { noise: busy }, 'instructions', 'instructions'],
    [
      'for nothing while other programs run, where nothing can be counted',
      { noise: busy, hardwareCounters: false, simulation: false },
      'not-ready',
      undefined,
    ],
    ['for instructions when no CPU can be set apart', { chosenCpus: 0 }, 'instructions', 'instructions'],
    [
      'for simulated instructions without a PMU',
      { chosenCpus: 0, hardwareCounters: false },
      'instructions',
      'instructions',
    ],
    [
      'for nothing without a CPU and without counters',
      { chosenCpus: 0, hardwareCounters: false, simulation: false },
      'not-ready',
      undefined,
    ],
    ['for nothing without git', { missing: [git] }, 'not-ready', undefined],
    ['for times without mold', { missing: [mold] }, 'times', 'time'],
    ['for nothing where code cannot be kept apart', { isolation: 'none' }, 'not-ready', undefined],
  ] as const)('%s', (_, overrides, verdict, metric) => {
    const readiness = readinessOf({ ...quiet, ...overrides })
    expect([readiness.verdict, readiness.metric]).toEqual([verdict, metric])
    expect(readiness.because.length).toBeGreaterThan(0)
    for (const sentence of readiness.because) expect(sentence).toMatch(/^[A-Za-z+]+ .*\.$/)
  })

  test('and says what to do where other programs run that cannot be stopped', () => {
    expect(readinessOf({ ...quiet, noise: busy }).because.join(' ')).toMatch(
      /stop them and ask again.*metric: cpu-time suffers less/,
    )
  })

  test('and says that counters are closed now, where a gate can open them', () => {
    const closed = { ...quiet, hardwareCounters: false, countersClosed: true }
    expect(readinessOf({ ...closed, countersWhileTuned: true }).because.join(' ')).toMatch(
      /closed to this user now; a gate that tunes opens them/,
    )
    expect(readinessOf(closed).because.join(' ')).toMatch(/closed to this user, so causes rest on simulated/)
    expect(readinessOf({ ...quiet, hardwareCounters: false }).because.join(' ')).toMatch(
      /^((?!closed).)*simulated counts/,
    )
  })

  test('with one line to paste for all that is missing', () => {
    const twice = { ...mold, name: 'another tool of the package' }
    expect(readinessOf({ ...quiet, missing: [git, mold, twice] }).install).toBe(
      'sudo apt-get install -y git mold',
    )
    expect(readinessOf(quiet).install).toBeUndefined()
  })
})
