import { describe, expect, test } from '@jest/globals'
import { CANDIDATES, candidatesFor, type HardwareRole, stallUnit } from '../../../src/core/counters/events.ts'
import { choosePmu, eventName, isUserOnly, specificationsOf } from '../../../src/core/counters/pmu.ts'
import { HARDWARE_ROLES } from '../../../src/core/counters/roles.ts'
import { type CpuModel, cpuList } from '../../../src/core/processor/cpu.ts'

const cpu = (vendor: CpuModel['vendor'], family = 6, model = 0): CpuModel => ({
  vendor,
  family,
  model,
  stepping: 0,
  microcode: 0,
  part: -1,
  name: vendor,
})
const SKYLAKE = cpu('intel', 6, 0x55)
const ALDER_LAKE = cpu('intel', 6, 0x97)
const ZEN_4 = cpu('amd', 0x19, 0x11)
const ZEN_1 = cpu('amd', 0x17, 1)
const NEOVERSE = cpu('arm', -1, -1)

describe('candidates', () => {
  test.each<[string, CpuModel, HardwareRole, string]>([
    ['Skylake', SKYLAKE, 'icache-misses', 'icache_64b.iftag_miss'],
    ['Zen 4', ZEN_4, 'icache-misses', 'ic_tag_hit_miss.instruction_cache_miss'],
    ['Neoverse', NEOVERSE, 'icache-misses', 'l1i_cache_refill'],
    ['an unknown make', cpu('other'), 'icache-misses', 'L1-icache-load-misses'],
    ['Neoverse', NEOVERSE, 'front-end-stalls', 'stall_frontend'],
    ['Alder Lake', ALDER_LAKE, 'front-end-stalls', 'idq_bubbles.cycles_0_uops_deliv.core'],
    ['Zen 4', ZEN_4, 'uop-cache-misses', 'op_cache_hit_miss.op_cache_miss'],
  ])('%s: %s %s starts with %s', (_name, on, role, first) => {
    expect(candidatesFor(role, on)[0]!.event).toBe(first)
  })

  test('every make has generic names to fall back to, and no event twice', () => {
    for (const on of [SKYLAKE, ALDER_LAKE, ZEN_1, ZEN_4, NEOVERSE, cpu('other')]) {
      for (const role of HARDWARE_ROLES.filter(role => role !== 'uop-cache-misses')) {
        const events = candidatesFor(role, on).map(({ event }) => event)
        expect(new Set(events).size).toBe(events.length)
        expect(events.some(event => /^[a-zA-Z0-9-]+$/.test(event))).toBe(true)
      }
    }
  })

  test('stalls in cycles are tried before stalls in slots, which have no share of the cycles', () => {
    for (const role of ['front-end-stalls', 'back-end-stalls'] as const) {
      const units = CANDIDATES[role].map(({ unit }) => unit)
      expect(units.lastIndexOf('cycles')).toBeLessThan(units.indexOf('slots'))
    }
    expect(stallUnit('front-end-stalls', 'cpu_core/idq_bubbles.cycles_0_uops_deliv.core/u')).toBe('cycles')
    expect(stallUnit('front-end-stalls', 'de_no_dispatch_per_slot.no_ops_from_frontend:u')).toBe('slots')
    expect(stallUnit('back-end-stalls', undefined)).toBeUndefined()
  })

  test('numbers are tried only on processors where they are known to mean the event', () => {
    const pmu = { name: 'cpu', named: false }
    const miss = (on: CpuModel) => specificationsOf(candidatesFor('icache-misses', on)[0]!, pmu, on)
    expect(miss(SKYLAKE)).toEqual([
      'icache_64b.iftag_miss:u',
      'cpu/event=0x83,umask=0x02,name=icache_64b.iftag_miss/u',
    ])
    expect(miss(ALDER_LAKE)).toEqual(['icache_64b.iftag_miss:u'])
    expect(miss(ZEN_4)).toContain('cpu/event=0x18e,umask=0x18,name=ic_tag_hit_miss.instruction_cache_miss/u')
    expect(miss(ZEN_1)).toEqual(['ic_tag_hit_miss.instruction_cache_miss:u'])
  })
})

describe('the unit to count on', () => {
  const hybrid = [
    { name: 'cpu_atom', cpus: '16-23' },
    { name: 'cpu_core', cpus: '0-15' },
    { name: 'software' },
  ]
  test.each([
    ['none', [{ name: 'software' }, { name: 'msr' }, { name: 'breakpoint' }], undefined, undefined],
    ['one', [{ name: 'cpu' }, { name: 'power' }], '3', { name: 'cpu', named: false }],
    [
      'one of Arm',
      [{ name: 'armv8_pmuv3_0', cpus: '0-3' }],
      undefined,
      { name: 'armv8_pmuv3_0', named: false },
    ],
    ['hybrid, pinned to a fast core', hybrid, '2', { name: 'cpu_core', named: true }],
    ['hybrid, pinned to a slow core', hybrid, '17', { name: 'cpu_atom', named: true }],
    ['hybrid, not pinned', hybrid, undefined, { name: 'cpu_core', named: true }],
    ['hybrid, pinned across both', hybrid, '15-16', { name: 'cpu_core', named: true }],
  ])('%s', (_name, units, pinned, chosen) => {
    expect(choosePmu(units, pinned)).toEqual(chosen)
  })

  test('a hybrid core is named in every specification', () => {
    const pmu = { name: 'cpu_core', named: true }
    const [instructions] = candidatesFor('instructions', ALDER_LAKE)
    expect(specificationsOf(instructions!, pmu, ALDER_LAKE)).toEqual(['cpu_core/instructions/u'])
  })
})

test.each([
  ['cycles:u', 'cycles'],
  ['cpu-cycles', 'cycles'],
  ['cpu_core/cycles/', 'cycles'],
  ['cpu_core/cycles/u', 'cycles'],
  ['cpu-clock [software]', 'cpu-clock'],
  ['L1-icache-load-misses:uH', 'l1-icache-load-misses'],
  ['cpu/event=0x83,umask=0x02,name=icache_64b.iftag_miss/u', 'icache_64b.iftag_miss'],
  ['icache_64b.iftag_miss:u', 'icache_64b.iftag_miss'],
  ['cpu-migrations', 'migrations'],
  ['task-clock:u', 'task-clock'],
  ['armv8_pmuv3_0/event=0x01,name=l1i_cache_refill/u', 'l1i_cache_refill'],
])('%s meets its line under the name %s', (text, name) => {
  expect(eventName(text)).toBe(name)
})

test('whether kernel code was left out shows in the printed name', () => {
  expect(['context-switches:u', 'cpu_core/cycles/u', 'cs:uH'].map(isUserOnly)).toEqual([true, true, true])
  expect(['context-switches', 'cycles:k', 'cpu_core/cycles/', 'task-clock'].map(isUserOnly)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a list of CPUs is read, and what is no list is empty', () => {
  expect(cpuList('0-3,8')).toEqual([0, 1, 2, 3, 8])
  expect(cpuList('5\n')).toEqual([5])
  expect([cpuList(''), cpuList('a'), cpuList('1-'), cpuList('99999')]).toEqual([[], [], [], []])
  expect(cpuList('0-9999').length).toBeLessThanOrEqual(8192)
})
