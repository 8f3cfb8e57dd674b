import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { judgeCause } from '../../../src/core/cause/judge.ts'
import type { CounterProbe } from '../../../src/core/counters/probe.ts'
import { HARDWARE_ROLES, type Role } from '../../../src/core/counters/roles.ts'
import { topDownChoices } from '../../../src/core/counters/top-down.ts'
import { collectEvidence } from '../../../src/core/evidence/collect.ts'
import type { BenchmarkPlan } from '../../../src/core/model/plan.ts'
import type { Change } from '../../../src/core/model/report.ts'
import type { Side } from '../../../src/core/model/side.ts'
import { count } from '../../../src/flow/count/count.ts'
import type { CountRequest } from '../../../src/flow/count/request.ts'
import {
  type CountingMachine,
  countingMachine,
  type EventModel,
  type MachineModel,
  type SimulationModel,
} from '../../doubles/counting-machine.ts'
import { recorded } from '../../doubles/recorded.ts'
import { BARE_PROBE, SAMPLE_PLAN } from '../../doubles/sample-plan.ts'

const both = (base: number, head = base): EventModel => ({ base, head })
const EVENTS: Readonly<Record<string, EventModel>> = {
  'task-clock': both(500, 900),
  'page-faults': both(200),
  'context-switches': both(3),
  migrations: both(0),
  instructions: both(3e9, 3.001e9),
  cycles: both(1.3e9, 2.1e9),
  branches: both(5e8),
  'branch-misses': both(1.6e6),
  'l1-icache-load-misses': both(1e6, 8.5e7),
  'l1-icache-loads': both(1e9),
  'itlb-load-misses': both(2000),
  'stalled-cycles-frontend': both(1.5e8, 8.5e8),
  'stalled-cycles-backend': both(4e7),
  'l1-dcache-load-misses': both(5e6),
}
const SPECIFICATION: Partial<Record<Role, string>> = {
  instructions: 'instructions:u',
  cycles: 'cycles:u',
  branches: 'branches:u',
  'branch-misses': 'branch-misses:u',
  'icache-misses': 'L1-icache-load-misses:u',
  'icache-loads': 'L1-icache-loads:u',
  'itlb-misses': 'iTLB-load-misses:u',
  'front-end-stalls': 'stalled-cycles-frontend:u',
  'back-end-stalls': 'stalled-cycles-backend:u',
  'dcache-misses': 'L1-dcache-load-misses:u',
}
const SOFTWARE: Partial<Record<Role, string>> = {
  'task-clock': 'task-clock:u',
  'page-faults': 'page-faults:u',
  'context-switches': 'context-switches',
  migrations: 'cpu-migrations',
}
const roles = (events: Partial<Record<Role, string>>) =>
  Object.entries(events).map(([role, event]) => ({ role: role as Role, event, tried: [] }))

const PROBE: CounterProbe = {
  ...BARE_PROBE,
  perf: { path: '/usr/bin/perf', version: '6.1' },
  hardware: true,
  roles: [...roles(SPECIFICATION), ...roles(SOFTWARE)],
}
const PLAN: BenchmarkPlan = { ...SAMPLE_PLAN, name: 'call_method' }
const request = (more: Partial<CountRequest> = {}): CountRequest => ({
  plan: PLAN,
  trees: { base: '/work/base', head: '/work/head' },
  env: { base: { PATH: '/bin', SIDE: 'base' }, head: { PATH: '/bin', SIDE: 'head' } },
  mode: 'auto',
  scheduling: {},
  timeLimitSeconds: 600,
  probe: PROBE,
  ...more,
})

/** Samples of a program that is mapped at 0x10000; by default one that can be read, our own. */
const script = (samples: number, program = process.execPath) =>
  `7/7 PERF_RECORD_MMAP2 7/7: [0x10000(0x1000) @ 0 0 0]: r-xp ${program}\n${'7/7 10040\n'.repeat(samples)}`
const SCRIPT = { base: script(4000), head: script(4000) }

let machine: CountingMachine
const start = (model: Partial<MachineModel> = {}) => {
  machine = countingMachine({ events: EVENTS, script: SCRIPT, ...model })
  return machine
}
beforeEach(() => {
  start()
})
afterEach(() => machine.sandbox.end())

describe('a run that ends by the clock', () => {
  test('has no counts, and where its time goes is sampled', async () => {
    start({ events: { ...EVENTS, 'task-clock': both(500) } })
    const { counters, profiles, limitations, refused } = await count(request({ valueRatio: 1.4 }), machine)
    expect([counters.source, counters.base, refused?.what]).toEqual([
      'none',
      {},
      expect.stringContaining('is bounded by time'),
    ])
    expect([profiles?.base.total, profiles?.head.source]).toEqual([4000, 'perf-record'])
    expect(limitations[0]!.instead).toMatch(
      /^Nothing is counted for it: only where its time goes is sampled\./,
    )
  })

  test('is not even sampled where only the number of instructions is asked for', async () => {
    start({ events: { ...EVENTS, 'task-clock': both(500) } })
    const { profiles } = await count(request({ valueRatio: 1.4, screening: true }), machine)
    expect(profiles).toBeUndefined()
  })
})

describe('by hardware', () => {
  test('branch records are taken in a recording of their own, where the processor keeps them', async () => {
    const stack = '7/7 0x1004a/0x10040/P/-/-/3 0x1004a/0x10040/P/-/-/5\n'
    start({ script: { base: `${SCRIPT.base}${stack}`, head: `${SCRIPT.head}${stack}` } })
    const { profiles } = await count(request({ probe: { ...PROBE, branchRecords: true } }), machine)
    expect(profiles!.head.blocks).toMatchObject([{ object: process.execPath, cycles: expect.any(Number) }])
    const recordings = machine.jobs.filter(({ argv }) => argv.includes('record'))
    expect(recordings.filter(({ argv }) => argv.includes('any,u'))).toHaveLength(2)
    const without = await count(request(), start())
    expect(without.profiles!.head.blocks).toBeUndefined()
  })

  test('where issue slots went is counted in runs of its own, where the kernel offers it', async () => {
    const topDown = topDownChoices(
      { ...BARE_PROBE.cpu, vendor: 'intel', family: 6, model: 0x6a },
      { name: 'cpu', named: false },
      undefined,
    )[0]!
    const slots = {
      slots: both(1e9),
      'topdown-retiring': both(6e8, 4e8),
      'topdown-bad-spec': both(1e8),
      'topdown-fe-bound': both(1e8, 3e8),
      'topdown-be-bound': both(2e8),
    }
    start({ events: { ...EVENTS, ...slots }, counters: 5 })
    const { counters } = await count(request({ probe: { ...PROBE, topDown } }), machine)
    expect(counters).toMatchObject({
      base: { slots: 1e9, retiredSlots: 6e8, frontEndSlots: 1e8 },
      head: {
        slots: 1e9,
        retiredSlots: 4e8,
        frontEndSlots: 3e8,
        badSpeculationSlots: 1e8,
        backEndSlots: 2e8,
      },
    })
    expect(counters.events).toContainEqual({ role: 'issue-slots', event: topDown.argument })
    const { because, against } = judgeCause(
      collectEvidence({ change: { ratio: 1.3, low: 1.2, high: 1.4 } as Change, counters }, undefined),
    )
    expect([...because, ...against]).toContainEqual({
      rule: 'front-end-stalled',
      figures: { base: 0.1, head: 0.3, of: 'slots' },
    })
    // A group that comes out otherwise than over the busy loop is left out on both sides.
    start({ events: { ...EVENTS, ...slots, 'topdown-be-bound': 'not-counted' }, counters: 5 })
    const without = await count(request({ probe: { ...PROBE, topDown } }), machine)
    expect([without.counters.base.slots, without.counters.head.slots]).toEqual([undefined, undefined])
    expect(without.limitations.map(({ what }) => what)).toContainEqual(
      expect.stringContaining('issue slots went could not be counted'),
    )
  })

  test('the story is counted, in runs of at most four events, with the same events on both sides in turns', async () => {
    const { counters, limitations } = await count(request(), start())
    expect(counters).toMatchObject({
      source: 'perf',
      base: {
        instructions: 3e9,
        icacheMisses: 1e6,
        frontEndStalls: 1.5e8,
        pageFaults: 200,
        taskClockSeconds: 0.5,
      },
      head: { instructions: 3.001e9, icacheMisses: 8.5e7, frontEndStalls: 8.5e8, contextSwitches: 3 },
      instructionSpread: 0,
      summary: 'as many instructions, 85× the icache misses, 61.5 % more cycles',
    })
    expect(limitations).toEqual([])
    const hardware = new Set(Object.values(SPECIFICATION))
    for (const { events } of machine.stats) {
      expect(events.filter(event => hardware.has(event)).length).toBeLessThanOrEqual(4)
      expect(events).toContain('instructions:u')
      expect(events).toContain('task-clock:u')
    }
    const places = machine.stats.map(({ place }) => place)
    expect(places.filter(place => place === 'base')).toHaveLength(places.length / 2)
    for (let pair = 0; pair < places.length; pair += 2) {
      expect(machine.stats[pair]!.events).toEqual(machine.stats[pair + 1]!.events)
      expect(places[pair]).not.toBe(places[pair + 1])
    }
    expect(new Set(places.filter((_, index) => index % 2 === 0)).size).toBe(2)
  })

  test('perf is run with point decimals, without a shell around the values, and in the tree of its side', async () => {
    const env = { PATH: '/bin', LC_ALL: 'de_DE.UTF-8' }
    await count(request({ env: { base: env, head: env }, scheduling: { cpus: '3' } }), machine)
    const job = machine.jobs.find(({ argv }) => argv[0] === '/usr/bin/perf')
    expect(job!.env).toEqual({ PATH: '/bin', SYSFS_PATH: '/sys', LANG: 'de_DE.UTF-8', LC_NUMERIC: 'C' })
    expect(job!.scheduling).toEqual({ cpus: '3' })
    expect(job!.argv.slice(0, 2)).toEqual(['/usr/bin/perf', 'stat'])
    expect(job!.argv.slice(-6)).toEqual(['bash', '-e', '-o', 'pipefail', '-c', './bench'])
    expect(job!.tree).toBe('/work/base')
  })

  test('an event that shares its counter is counted again alone, and left out when that does not help', async () => {
    const crowded = { ...EVENTS, 'itlb-load-misses': { base: 2000, head: 2000, percent: 61 } }
    const { counters, limitations } = await count(request(), start({ events: crowded }))
    expect(counters.base.itlbMisses).toBeUndefined()
    expect(counters.head.itlbMisses).toBeUndefined()
    expect(counters.base.icacheMisses).toBe(1e6)
    expect(
      machine.stats.some(({ events }) => events.length === 3 && events.includes('iTLB-load-misses:u')),
    ).toBe(true)
    expect(limitations).toEqual([
      {
        what: expect.stringMatching(/iTLB-load-misses:u.*61 %/),
        instead: expect.stringContaining('both sides'),
      },
    ])
  })

  test('where only three events find a counter at once, all are still counted', async () => {
    const { counters, limitations } = await count(request(), start({ counters: 3 }))
    expect(counters.base).toMatchObject({
      branches: 5e8,
      icacheMisses: 1e6,
      frontEndStalls: 1.5e8,
      dcacheMisses: 5e6,
    })
    expect(limitations).toEqual([])
  })

  test('a gate on instructions has more repeats than an explanation needs', async () => {
    const explained = await count(request(), machine)
    const gated = await count(request({ plan: { ...PLAN, metric: 'instructions' } }), start())
    expect(explained.instructionRepeats.base.length).toBeGreaterThanOrEqual(3)
    expect(gated.instructionRepeats.base.length).toBeGreaterThan(2 * explained.instructionRepeats.base.length)
    expect(gated.instructionRepeats.base.length).toBe(gated.instructionRepeats.head.length)
  })

  test('little time means fewer repeats, and none that would not end', async () => {
    const { counters } = await count(request({ timeLimitSeconds: 20 }), machine)
    expect(counters.base.icacheMisses).toBe(1e6)
    expect(machine.clock.now()).toBeLessThan(40)
  })

  test('hot functions are samples of cycles, said when perf recorded something else or a file is gone', async () => {
    const gone = script(4000, '/no/such/program')
    const { profiles, limitations } = await count(
      request(),
      start({ recordedEvent: 'cpu-clock:uH', script: { base: gone, head: gone } }),
    )
    expect(profiles!.base).toEqual({
      source: 'perf-record',
      total: 4000,
      objects: [{ object: '/no/such/program', addresses: [0x40], counts: [4000] }],
    })
    expect(limitations.map(({ what }) => what)).toEqual(
      [
        expect.stringMatching(/asked to sample cycles:u and recorded cpu-clock:uH/),
        expect.stringMatching(/no longer readable as ELF: \/no\/such\/program/),
      ]
        .reverse()
        .reverse(),
    )
  })

  test('few samples are added up over recordings, and said to be few when they stay so', async () => {
    const { profiles, limitations } = await count(
      request(),
      start({ script: { base: script(300), head: script(300) } }),
    )
    expect(profiles!.base.total).toBeGreaterThanOrEqual(3000)
    expect(limitations.some(({ what }) => what.includes('samples'))).toBe(false)
    const few = await count(request(), start({ script: { base: script(10), head: script(10) } }))
    expect(few.limitations.some(({ what }) => /only 120 samples/.test(what))).toBe(true)
  })
})

describe('a workload that fails under perf', () => {
  test.each([
    ['exits with 3', 3, /exited with code 3 under perf on head/],
    ['dies of a signal that perf hides behind its own 0', 139, /killed by signal 11 under perf on head/],
  ])('%s: said, and nothing of it is used', async (_name, code, what) => {
    const { counters, limitations, profiles } = await count(request(), start({ exit: { head: code } }))
    expect(counters).toMatchObject({ source: 'none', base: {}, head: {} })
    expect(profiles).toBeUndefined()
    expect(limitations.some(limitation => what.test(limitation.what))).toBe(true)
  })
})

describe('without a PMU', () => {
  const software: CounterProbe = {
    ...PROBE,
    hardware: false,
    roles: [
      { role: 'instructions', tried: [{ event: 'instructions:u', why: 'the machine does not support it' }] },
      ...roles(SOFTWARE),
    ],
    limitations: [{ what: 'This machine has no PMU.', instead: 'Simulation.' }],
  }

  test('and without valgrind only the kernel’s own counts are left, and both lacks are said', async () => {
    const { counters, limitations, profiles } = await count(request({ probe: software }), machine)
    expect(counters.source).toBe('perf')
    expect(new Set(Object.keys(counters.base))).toEqual(
      new Set(['contextSwitches', 'migrations', 'pageFaults', 'taskClockSeconds']),
    )
    expect(limitations.map(({ what }) => what)).toEqual([
      'This machine has no PMU.',
      'valgrind is not installed, or does not run.',
    ])
    expect(profiles!.head.source).toBe('perf-record')
    expect(counters.events).toContainEqual({
      role: 'instructions',
      why: 'instructions:u: the machine does not support it',
    })
  })

  test('mode perf does not fall back to a simulation', async () => {
    const withValgrind = { ...software, valgrind: { path: '/usr/bin/valgrind', version: '3.24.0' } }
    const { counters } = await count(request({ probe: withValgrind, mode: 'perf' }), machine)
    expect(counters.source).toBe('perf')
    expect(machine.jobs.some(({ argv }) => argv.includes('/usr/bin/valgrind'))).toBe(false)
  })

  test('context switches that perf may not see come from the kernel’s accounts', async () => {
    const hidden = {
      ...software,
      time: '/usr/bin/time',
      roles: software.roles.filter(({ role }) => role !== 'context-switches' && role !== 'migrations'),
    }
    const { counters, limitations } = await count(
      request({ probe: hidden }),
      start({ time: '0;4;6;0;210\n' }),
    )
    expect(counters.base).toMatchObject({ contextSwitches: 10, pageFaults: 200 })
    expect(counters.base.migrations).toBeUndefined()
    expect(limitations.some(({ what }) => what.includes('Context switches'))).toBe(false)
    const { time: _, ...blind } = hidden
    const { limitations: said } = await count(request({ probe: blind }), start())
    expect(said.some(({ what }) => what.includes('Context switches'))).toBe(true)
  })

  test('without perf the report still says what is missing', async () => {
    const { perf: _, ...bare } = software
    const { counters, limitations } = await count(request({ probe: { ...bare, roles: [] } }), machine)
    expect([counters.source, counters.summary]).toEqual(['none', 'nothing was counted'])
    expect(limitations.length).toBeGreaterThanOrEqual(2)
  })
})

describe('by simulation', () => {
  const withValgrind: CounterProbe = {
    ...PROBE,
    hardware: false,
    roles: roles(SOFTWARE),
    valgrind: { path: '/usr/bin/valgrind', version: '3.24.0' },
  }
  const profile = (instructions: number, end = 'totals: 1\n') =>
    `positions: instr line\nevents: Ir I1mr D1mr D1mw Bc Bcm\nob=/work/bench\n0x1000 0 ${instructions} 7\n${end}`
  const counted = (model: NonNullable<MachineModel['simulation']>, more: Partial<CountRequest> = {}) =>
    count(request({ probe: withValgrind, ...more }), start({ simulation: model }))

  test('a program that does the same every time is simulated twice a side, one behind a gate five times', async () => {
    const same = () => ({ files: [profile(1000)] })
    const twice = await counted(same)
    expect(twice.instructionRepeats).toEqual({ base: [1000, 1000], head: [1000, 1000] })
    expect(twice.profiles!.base).toMatchObject({ source: 'callgrind', total: 1000 })
    const gated = await counted(same, { plan: { ...PLAN, metric: 'instructions' } })
    expect(gated.instructionRepeats.head).toHaveLength(5)
  })

  test('a program that differs by itself is simulated more often where a cause hangs on it, with the stack elsewhere each time', async () => {
    const random = (_side: Side, before: number): SimulationModel => ({
      files: [profile(1000 + 10 * before)],
    })
    expect((await counted(random)).instructionRepeats.base).toHaveLength(2)
    const { counters } = await counted(random, { thorough: true })
    expect(counters.instructionSpread).toBeCloseTo(40 / 1020)
    const sizes = machine.jobs
      .filter(({ argv }) => argv.includes('--tool=callgrind'))
      .map(({ env }) => JSON.stringify(env).length)
    expect(new Set(sizes).size).toBe(5)
  })

  test('a run that was ended together with the other side’s is run again by itself', async () => {
    const { counters } = await counted((side, before) =>
      side === 'head' && before === 0
        ? { files: [], ended: { code: null, signal: 'SIGKILL' } }
        : { files: [profile(1000)] },
    )
    expect(counters.source).toBe('simulated')
  })

  test('without time for a second run the spread is not known, and that is said', async () => {
    const { counters, limitations } = await counted(() => ({ files: [profile(1000)] }), {
      timeLimitSeconds: 9,
    })
    expect(counters.source).toBe('simulated')
    expect(counters.instructionSpread).toBeUndefined()
    expect(limitations.some(({ what }) => what.includes('ran only once'))).toBe(true)
  })

  test('a process that was killed while it wrote is said, and what it wrote is counted', async () => {
    const { counters, limitations } = await counted(() => ({ files: [profile(1000), profile(5, '')] }))
    expect(counters.base.instructions).toBe(1005)
    expect(limitations).toContainEqual({
      what: '1 of 2 processes left no whole profile on base.',
      instead: expect.any(String),
    })
  })

  test.each<[string, SimulationModel, RegExp, RegExp]>([
    [
      'AVX-512, as valgrind logs it',
      { files: [], log: recorded('callgrind/avx512.txt'), ended: { code: 132 } },
      /an AVX-512 instruction/,
      /-march=x86-64-v3/,
    ],
    [
      'another instruction it does not know',
      {
        files: [],
        log: 'vex amd64->IR: unhandled instruction bytes: 0xD5 0x1 0x2 0x3\n',
        ended: { code: null, signal: 'SIGILL' },
      },
      /0xD5 0x1 0x2 0x3/,
      /plainer processor/,
    ],
    [
      'the time limit',
      { files: [], ended: { code: null, signal: 'SIGTERM', timedOut: true } },
      /did not finish/,
      /count-with/,
    ],
    [
      'a workload that fails',
      { files: [profile(1)], ended: { code: 2 } },
      /exited with code 2 under valgrind/,
      /Nothing/,
    ],
    ['no profile at all', { files: [] }, /left no whole profile/, /Nothing/],
    [
      'a profile without addresses',
      { files: ['positions: line\nevents: Ir\n1 5\ntotals: 5\n'] },
      /left no whole/,
      /Nothing/,
    ],
  ])('%s ends the simulation with a reason and a way out', async (_name, model, what, instead) => {
    const { counters, limitations, instructionRepeats } = await counted(() => model)
    expect(counters.source).toBe('perf')
    expect(counters.base.instructions).toBeUndefined()
    expect(instructionRepeats).toEqual({ base: [], head: [] })
    const said = limitations.find(limitation => what.test(limitation.what))
    expect(said?.instead).toMatch(instead)
  })
})

test('mode off runs nothing at all', async () => {
  const counted = await count(request({ mode: 'off' }), machine)
  expect(counted.counters.source).toBe('none')
  expect(machine.jobs).toEqual([])
})

test('every hardware role of the probe was asked for in some run', async () => {
  await count(request(), machine)
  const asked = new Set(machine.stats.flatMap(({ events }) => events))
  for (const role of HARDWARE_ROLES.filter(role => SPECIFICATION[role]))
    expect(asked).toContain(SPECIFICATION[role])
})
