import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { opensWhileTuned } from '../../../src/core/counters/probe.ts'
import { probeCounters } from '../../../src/flow/count/probe-counters.ts'
import { describeCounters } from '../../../src/report/doctor/counters-probe.ts'
import { countingMachine, type EventModel, type MachineModel } from '../../doubles/counting-machine.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perf-verdict-roots-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

interface Kernel {
  readonly cpuinfo: string
  readonly units: Readonly<Record<string, string | undefined>>
  readonly paranoid?: string
}

function layOut({ cpuinfo, units, paranoid }: Kernel) {
  const [sysfs, procfs] = [join(root, 'sys'), join(root, 'proc')]
  mkdirSync(join(procfs, 'sys/kernel'), { recursive: true })
  writeFileSync(join(procfs, 'cpuinfo'), cpuinfo)
  if (paranoid) writeFileSync(join(procfs, 'sys/kernel/perf_event_paranoid'), `${paranoid}\n`)
  for (const [name, cpus] of Object.entries(units)) {
    const folder = join(sysfs, 'bus/event_source/devices', name)
    mkdirSync(folder, { recursive: true })
    if (cpus) writeFileSync(join(folder, 'cpus'), `${cpus}\n`)
  }
  return { sysfs, procfs }
}

const count = (value: number): EventModel => ({ base: value, head: value })
const GENERIC: MachineModel['events'] = {
  'task-clock': count(20),
  'page-faults': count(60),
  'context-switches': count(1),
  migrations: count(0),
  instructions: count(1e8),
  cycles: count(6e7),
  branches: count(2e7),
  'branch-misses': count(1e5),
  'itlb-load-misses': count(400),
  'l1-dcache-load-misses': count(9000),
}
const XEON = 'vendor_id : GenuineIntel\ncpu family : 6\nmodel : 85\nmodel name : Intel Xeon Gold\n'
const ALDER_LAKE = 'vendor_id : GenuineIntel\ncpu family : 6\nmodel : 151\nmodel name : Core i9-12900\n'
const EPYC = 'vendor_id : AuthenticAMD\ncpu family : 25\nmodel : 17\nmodel name : AMD EPYC 9354\n'
const GRAVITON = 'CPU implementer : 0x41\nCPU part : 0xd40\n'

async function probe(kernel: Kernel, model: MachineModel, cpus?: string) {
  const machine = countingMachine(model)
  const found = await probeCounters(machine, {
    ...layOut(kernel),
    ...(cpus !== undefined && { scheduling: { cpus } }),
  })
  await machine.sandbox.end()
  const event = (role: string) => found.roles.find(probed => probed.role === role)?.event
  return { machine, found, event }
}

describe('the events chosen', () => {
  test('Intel whose perf does not know the model: the same events by number', async () => {
    const events = {
      ...GENERIC,
      'event=0x83,umask=0x02': count(7000),
      'l1-icache-loads': 'not-supported',
      'idq_uops_not_delivered.cycles_0_uops_deliv.core': count(5e6),
    } as const
    const { event, found } = await probe({ cpuinfo: XEON, units: { cpu: undefined } }, { events })
    expect(event('icache-misses')).toBe('cpu/event=0x83,umask=0x02,name=icache_64b.iftag_miss/u')
    expect(found.roles.find(({ role }) => role === 'icache-misses')!.tried).toEqual([
      { event: 'icache_64b.iftag_miss:u', why: 'perf does not know it here' },
    ])
    expect(event('front-end-stalls')).toBe('idq_uops_not_delivered.cycles_0_uops_deliv.core:u')
    expect(event('icache-loads')).toBeUndefined()
    expect(found.hardware).toBe(true)
    expect(found.limitations).toEqual([])
  })

  test('AMD with loads and misses of one kind, and never of two', async () => {
    const both = {
      'ic_tag_hit_miss.instruction_cache_miss': count(5000),
      'ic_tag_hit_miss.all_instruction_cache_accesses': count(900_000),
      'l1-icache-loads': count(300_000),
      'l1-icache-load-misses': count(4000),
    }
    const kernel = { cpuinfo: EPYC, units: { cpu: undefined, ibs_op: undefined } }
    const zen = await probe(kernel, { events: { ...GENERIC, ...both } })
    expect([zen.event('icache-misses'), zen.event('icache-loads')]).toEqual([
      'ic_tag_hit_miss.instruction_cache_miss:u',
      'ic_tag_hit_miss.all_instruction_cache_accesses:u',
    ])
    const { 'ic_tag_hit_miss.all_instruction_cache_accesses': _, ...missing } = { ...GENERIC, ...both }
    expect((await probe(kernel, { events: missing })).event('icache-loads')).toBeUndefined()
  })

  test('Arm by its architectural names', async () => {
    const events = {
      ...GENERIC,
      l1i_cache_refill: count(800),
      l1i_cache: count(9e6),
      stall_frontend: count(1e6),
    }
    const { event } = await probe({ cpuinfo: GRAVITON, units: { armv8_pmuv3_0: '0-63' } }, { events })
    expect([event('icache-misses'), event('icache-loads'), event('front-end-stalls')]).toEqual([
      'l1i_cache_refill:u',
      'l1i_cache:u',
      'stall_frontend:u',
    ])
  })

  test('hybrid: every event names the kind of core that is pinned, and the note says what a proxy is', async () => {
    const units = { cpu_core: '0-15', cpu_atom: '16-23' }
    const events = { ...GENERIC, 'l1-icache-load-misses': count(700), 'icache.misses': count(650) }
    const fast = await probe({ cpuinfo: ALDER_LAKE, units }, { events }, '2')
    expect(fast.event('instructions')).toBe('cpu_core/instructions/u')
    expect(fast.machine.jobs[0]!.scheduling).toEqual({ cpus: '2' })
    const slow = await probe({ cpuinfo: ALDER_LAKE, units }, { events }, '20')
    expect(slow.event('icache-misses')).toBe('cpu_atom/icache.misses/u')
    const { 'icache.misses': _, ...fewer } = events
    const proxy = await probe({ cpuinfo: ALDER_LAKE, units }, { events: fewer }, '2')
    expect(describeCounters(proxy.found).join('\n')).toMatch(/L1-icache-load-misses\/u \(a proxy: code reads/)
  })
})

describe('why an event is refused', () => {
  const kernel = { cpuinfo: EPYC, units: { cpu: undefined } }
  test.each<[string, EventModel, RegExp]>([
    ['it shares its counter', { base: 5, head: 5, percent: 43 }, /only 43 % of the time/],
    ['it counts nothing', count(0), /0 on a busy loop/],
    ['the machine has none', 'not-supported', /does not support/],
    ['it never runs', 'not-counted', /never got a counter/],
    ['perf leaves it out', 'left-out', /left it out/],
  ])('%s', async (_name, model, why) => {
    const { event, found } = await probe(kernel, { events: { ...GENERIC, 'itlb-load-misses': model } })
    expect(event('itlb-misses')).toBeUndefined()
    expect(describeCounters(found).find(line => line.startsWith('itlb-misses'))).toMatch(why)
  })

  test('perf does not know it', async () => {
    const { found } = await probe(kernel, { events: GENERIC })
    const [first] = found.roles.find(({ role }) => role === 'icache-misses')!.tried
    expect(first).toEqual({
      event: 'ic_tag_hit_miss.instruction_cache_miss:u',
      why: 'perf does not know it here',
    })
  })
})

describe('machines without hardware counters', () => {
  test('no unit at all: instructions are tried once, the rest is not', async () => {
    const events = { ...GENERIC, instructions: 'not-supported' } as const
    const { found, machine } = await probe(
      { cpuinfo: EPYC, units: { software: undefined, msr: undefined } },
      { events },
    )
    expect(found.hardware).toBe(false)
    expect(machine.stats).toHaveLength(2)
    expect(found.limitations[0]!.what).toMatch(/no PMU/)
  })

  test('a virtual unit that counts nothing but zeros, or nonsense', async () => {
    const kernel = { cpuinfo: EPYC, units: { cpu: undefined } }
    const zeros = await probe(kernel, { events: { ...GENERIC, instructions: count(0), cycles: count(0) } })
    expect([zeros.found.hardware, zeros.found.limitations.length]).toEqual([false, 1])
    expect(zeros.found.limitations[0]?.what).toContain('its PMU does not count instructions, as is usual')
    const slow = await probe(kernel, { events: { ...GENERIC, cycles: count(12) } })
    expect(slow.found.limitations[0]?.what).toContain('its PMU does not count cycles, as is usual')
    expect(slow.found.hardware).toBe(false)
    expect(describeCounters(slow.found).join('\n')).toMatch(/GHz, which no processor runs at/)
  })

  test('perf refuses everything: the setting is named, with the way out', async () => {
    const kernel = { cpuinfo: EPYC, units: { cpu: undefined }, paranoid: '4' }
    const { found } = await probe(kernel, { events: GENERIC, refused: true })
    expect(found.limitations).toEqual([
      {
        what: expect.stringContaining('perf_event_paranoid is 4'),
        instead: expect.stringMatching(/CAP_PERFMON.*container/),
      },
    ])
    expect(describeCounters(found).join('\n')).toMatch(/perf said: Access to performance monitoring/)
    expect(describeCounters(found)).toContainEqual(
      expect.stringMatching(/^hardware counters: closed to this user/),
    )
    expect(found.refused).toBe(true)
  })

  test.each<[string, Kernel, boolean]>([
    ["at 3, Debian's default, by tuning", { cpuinfo: EPYC, units: { cpu: undefined }, paranoid: '3' }, true],
    ['at 4 of Ubuntu, on an Arm', { cpuinfo: GRAVITON, units: { armv8_pmuv3: '0' }, paranoid: '4' }, true],
    ['at 2 by nothing that tuning does', { cpuinfo: EPYC, units: { cpu: undefined }, paranoid: '2' }, false],
    [
      'nowhere that has no PMU',
      { cpuinfo: EPYC, units: { software: undefined, msr: undefined }, paranoid: '3' },
      false,
    ],
  ])('a closed PMU opens %s', async (_name, kernel, opens) => {
    const { found } = await probe(kernel, { events: GENERIC, refused: true })
    expect([found.hardware, opensWhileTuned(found)]).toEqual([false, opens])
    const hasUnit = !('software' in kernel.units)
    expect(describeCounters(found).some(line => line.startsWith('hardware counters: closed'))).toBe(hasUnit)
    expect(found.limitations[0]?.instead).toMatch(hasUnit ? /to 2 or give perf/ : /has no PMU/)
    const { found: open } = await probe(kernel, { events: GENERIC })
    expect(opensWhileTuned(open)).toBe(false)
  })

  test('an ordinary user counts hardware, and the scheduler not: its zeros are no answer', async () => {
    const kernel = { cpuinfo: EPYC, units: { cpu: undefined } }
    const { found, event } = await probe(kernel, { events: GENERIC, userOnly: true })
    expect([found.hardware, event('context-switches'), event('migrations'), event('page-faults')]).toEqual([
      true,
      undefined,
      undefined,
      'page-faults:u',
    ])
  })

  test('no perf', async () => {
    const machine = countingMachine({ events: GENERIC })
    const none = { ...machine, tools: { ...machine.tools, find: async () => undefined } }
    const found = await probeCounters(none, layOut({ cpuinfo: EPYC, units: {} }))
    await machine.sandbox.end()
    expect(found.hardware).toBe(false)
    expect(describeCounters(found)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^perf: not installed/),
        expect.stringMatching(/^valgrind: not installed/),
        expect.stringMatching(/install perf for the running kernel/),
      ]),
    )
  })
})

describe('top-down analysis', () => {
  const SLOTS = {
    slots: count(1e9),
    'topdown-retiring': count(4e8),
    'topdown-bad-spec': count(1e8),
    'topdown-fe-bound': count(3e8),
    'topdown-be-bound': count(2e8),
  }
  const ICE_LAKE = 'vendor_id : GenuineIntel\ncpu family : 6\nmodel : 106\nmodel name : Intel Xeon Platinum\n'

  test('is chosen where the kernel offers it, and the busy loop adds up', async () => {
    const kernel = { cpuinfo: ICE_LAKE, units: { cpu: undefined } }
    const { found } = await probe(kernel, { events: { ...GENERIC, ...SLOTS }, counters: 8 })
    expect([found.topDown?.method.id, found.topDownTried]).toEqual(['intel-metrics', undefined])
    const none = await probe(kernel, { events: GENERIC })
    expect([none.found.topDown, none.found.topDownTried]).toEqual([
      undefined,
      [
        {
          event: '{slots,topdown-retiring,topdown-bad-spec,topdown-fe-bound,topdown-be-bound}:u',
          why: 'perf does not know it here',
        },
      ],
    ])
  })

  test('takes the width of the core from an Arm kernel', async () => {
    const kernel = { cpuinfo: GRAVITON, units: { armv8_pmuv3_0: '0-63' } }
    const { sysfs, procfs } = layOut(kernel)
    mkdirSync(join(sysfs, 'bus/event_source/devices/armv8_pmuv3_0/caps'))
    writeFileSync(join(sysfs, 'bus/event_source/devices/armv8_pmuv3_0/caps/slots'), '0x00000008\n')
    const events = {
      ...GENERIC,
      cpu_cycles: count(1e8),
      stall_slot_frontend: count(1e8),
      stall_slot_backend: count(3e8),
      op_retired: count(3.6e8),
      op_spec: count(4e8),
    }
    const machine = countingMachine({ events, counters: 6 })
    const found = await probeCounters(machine, { sysfs, procfs })
    await machine.sandbox.end()
    expect([found.topDown?.method.id, found.topDown?.width]).toEqual(['arm-slots', 8])
  })
})
