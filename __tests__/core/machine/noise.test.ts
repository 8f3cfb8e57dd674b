import { describe, expect, test } from '@jest/globals'
import { type CpuRoles, findNoise as noiseIn } from '../../../src/core/machine/noise.ts'
import { parseCpuTimes, parseMemory, parsePressure, type Vitals } from '../../../src/core/machine/vitals.ts'
import { describeNoise } from '../../../src/report/words/noise.ts'

const findNoise = (...given: Parameters<typeof noiseIn>) => noiseIn(...given).map(describeNoise)

const GIB = 2 ** 30
const calm: Vitals = {
  times: [0, 1, 2, 3].map(cpu => ({ cpu, busy: 1000, steal: 0, total: 10_000 })),
  load: 0.02,
  pressure: { cpu: 0, memory: 0, io: 0 },
  throttles: 0,
  onBattery: false,
  clocksource: 'tsc',
  memory: { total: 16 * GIB, available: 12 * GIB },
}
const scene: CpuRoles = { chosen: [3], siblings: [1] }

/** The next look: some ticks later, with so many busy and stolen on each CPU. */
function later(ticks: number, busy: readonly number[], steal: readonly number[] = [0, 0, 0, 0]): Vitals {
  const times = calm.times.map((time, at) => ({
    ...time,
    busy: time.busy + busy[at]!,
    steal: time.steal + steal[at]!,
    total: time.total + ticks,
  }))
  return { ...calm, times }
}

const quiet = later(25, [0, 0, 0, 0])

describe('the quiet check', () => {
  test('says nothing of a quiet machine', () => expect(findNoise(calm, quiet, scene)).toEqual([]))

  test('says nothing of a machine that tells nothing', () => {
    const nothing: Vitals = { times: [], pressure: {}, onBattery: false }
    expect(findNoise(nothing, nothing, { chosen: [], siblings: [] })).toEqual([])
  })

  test.each<[string, Vitals, Partial<CpuRoles>, readonly RegExp[]]>([
    [
      'busy CPUs',
      { ...later(25, [25, 0, 25, 0]), load: 2.4 },
      {},
      [/^The CPUs are 50 % busy \(load 2\.4 on 4 CPUs\)/],
    ],
    [
      'a busy target',
      later(25, [0, 0, 0, 8]),
      {},
      [/^CPU 3, where the benchmark is to run, is 32 % busy; .*isolcpus/],
    ],
    [
      'a busy sibling',
      later(25, [0, 5, 0, 0]),
      {},
      [/^CPU 1, the other thread of the benchmark's core, is 20 % busy; add smt/],
    ],
    ['a busy CPU elsewhere, below a quarter in all', later(25, [20, 0, 0, 0]), {}, []],
    [
      'a hypervisor that takes time',
      later(100, [0, 0, 0, 0], [8, 8, 8, 8]),
      {},
      [/^The hypervisor took 8 % of the CPU time/],
    ],
    [
      'waiting for CPUs',
      { ...quiet, pressure: { cpu: 28.4 } },
      {},
      [/^Programs waited for a CPU in 28 % of the last ten seconds/],
    ],
    ['waiting for memory', { ...quiet, pressure: { memory: 3 } }, {}, [/^Programs waited for memory in 3 %/]],
    [
      'waiting for disks',
      { ...quiet, pressure: { io: 40 } },
      {},
      [/^Programs waited for input and output in 40 %.*pidstat/],
    ],
    ['little pressure', { ...quiet, pressure: { cpu: 9, memory: 0.9, io: 9 } }, {}, []],
    ['heat now', { ...quiet, throttles: 3 }, {}, [/slowing down for heat right now/]],
    ['a battery', { ...quiet, onBattery: true }, {}, [/^The machine runs on its battery/]],
    ['a slow clock', { ...quiet, clocksource: 'hpet' }, {}, [/^The clock source is hpet/]],
    ['a paravirtual clock', { ...quiet, clocksource: 'kvm-clock' }, {}, []],
    [
      'little memory',
      { ...quiet, memory: { total: 16 * GIB, available: GIB } },
      {},
      [/^Only 1024 MiB of memory are available/],
    ],
    [
      'another run',
      quiet,
      { holder: 'process 9 of bench since 14:03:22 UTC' },
      [/^Another perf-verdict run holds this machine \(process 9 of bench/],
    ],
  ])('on %s says what and what to do', (_, after, part, expected) => {
    const noise = findNoise(calm, after, { ...scene, ...part })
    expect(noise).toHaveLength(expected.length)
    for (const [at, pattern] of expected.entries()) expect(noise[at]).toMatch(pattern)
  })

  test('tells heat since the boot from heat now', () => {
    const warm = { ...calm, throttles: 12 }
    expect(findNoise(warm, { ...quiet, throttles: 12 }, scene)).toEqual([
      'The processor has slowed down for heat 12 times since the boot; check its cooling, or switch turbo off.',
    ])
  })
})

describe('a sign of disturbance', () => {
  test('is read from /proc/stat, without idle and without time given to guests twice', () => {
    const text = 'cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 10 1 5 100 7 2 3 4 6 0\ncpu1 0 0 0 50 0 0 0 0 0 0\nintr 5\n'
    expect(parseCpuTimes(text)).toEqual([
      { cpu: 0, busy: 21, steal: 4, total: 132 },
      { cpu: 1, busy: 0, steal: 0, total: 50 },
    ])
    expect(parseCpuTimes('')).toEqual([])
  })

  test('is read from /proc/pressure', () => {
    expect(
      parsePressure(
        'some avg10=85.10 avg60=80.39 avg300=53.90 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
      ),
    ).toBe(85.1)
    expect(parsePressure('')).toBeUndefined()
  })

  test('is read from /proc/meminfo', () => {
    expect(parseMemory('MemTotal:       100 kB\nMemFree:  5 kB\nMemAvailable:    40 kB\n')).toEqual({
      total: 102_400,
      available: 40_960,
    })
    expect(parseMemory('MemTotal: 100 kB\n')).toBeUndefined()
  })
})
