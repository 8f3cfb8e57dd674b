import type { CpuModel } from '../processor/cpu.ts'
import type { HARDWARE_ROLES } from './roles.ts'

export type HardwareRole = (typeof HARDWARE_ROLES)[number]

/** One event that can play a role on some processors. */
export interface EventCandidate {
  /** As perf's own tables or the kernel's generic list name it. */
  readonly event: string
  /** The same as numbers, for a perf whose tables do not know the processor: see `raw`. */
  readonly code?: string
  /** Whether it may be tried on this processor; everywhere when absent. */
  readonly on?: (cpu: CpuModel) => boolean
  /** Whether the numbers mean this event on this processor; a wrong guess would count something else in silence. */
  readonly codeOn?: (cpu: CpuModel) => boolean
  /** What one count is; `slots` are several in a cycle, so they have no share of the cycles. */
  readonly unit: 'events' | 'cycles' | 'slots'
  /** Loads and misses give a rate only when they come from the same family of events. */
  readonly family?: string
  /** What to know about it, for the list of chosen events. */
  readonly note?: string
}

const intel = (cpu: CpuModel): boolean => cpu.vendor === 'intel'
const amd = (cpu: CpuModel): boolean => cpu.vendor === 'amd'
const arm = (cpu: CpuModel): boolean => cpu.vendor === 'arm'
const zen3To5 = (cpu: CpuModel): boolean => amd(cpu) && (cpu.family === 0x19 || cpu.family === 0x1a)
const zen = (cpu: CpuModel): boolean => amd(cpu) && cpu.family >= 0x17 && cpu.family <= 0x1a

/** Skylake to Rocket Lake: the cores that keep an event for tags missed in the instruction cache. */
const SKYLAKE_TO_ROCKET_LAKE = new Set([
  0x4e, 0x5e, 0x55, 0x8e, 0x9e, 0xa5, 0xa6, 0x6a, 0x6c, 0x7d, 0x7e, 0x8c, 0x8d, 0xa7,
])
const skylakeToRocketLake = (cpu: CpuModel): boolean =>
  intel(cpu) && cpu.family === 6 && SKYLAKE_TO_ROCKET_LAKE.has(cpu.model)
/** Golden Cove and later: the kernel's generic name counts code reads of the second level there. */
const GOLDEN_COVE_ON = new Set([
  0x97, 0x9a, 0xb7, 0xba, 0xbf, 0x8f, 0xcf, 0xaa, 0xac, 0xad, 0xae, 0xbd, 0xc5, 0xc6, 0xb5, 0xcc,
])
const goldenCoveOn = (cpu: CpuModel): boolean =>
  intel(cpu) && cpu.family === 6 && GOLDEN_COVE_ON.has(cpu.model)

/**
 * For each role the events to try, best first. Names and codes: tools/perf/pmu-events, arch/x86/events/{intel,amd}/core.c and
 * drivers/perf/arm_pmuv3.c of Linux 5.10 to 7.2. Cycles come before slots, so that stalls have a share of the cycles.
 */
export const CANDIDATES: Readonly<Record<HardwareRole, readonly EventCandidate[]>> = {
  instructions: [{ event: 'instructions', unit: 'events' }],
  cycles: [{ event: 'cycles', unit: 'cycles' }],
  branches: [{ event: 'branches', unit: 'events' }],
  'branch-misses': [{ event: 'branch-misses', unit: 'events' }],
  'icache-misses': [
    {
      event: 'icache_64b.iftag_miss',
      code: 'event=0x83,umask=0x02',
      on: intel,
      codeOn: skylakeToRocketLake,
      unit: 'events',
      family: 'iftag',
    },
    { event: 'icache.misses', on: intel, unit: 'events', family: 'icache' },
    {
      event: 'ic_tag_hit_miss.instruction_cache_miss',
      code: 'event=0x18e,umask=0x18',
      on: amd,
      codeOn: zen3To5,
      unit: 'events',
      family: 'ic_tag',
    },
    { event: 'l1i_cache_refill', code: 'event=0x01', on: arm, codeOn: arm, unit: 'events', family: 'l1i' },
    {
      event: 'L1-icache-load-misses',
      on: goldenCoveOn,
      unit: 'events',
      family: 'generic',
      note: 'a proxy: code reads of the second-level cache, prefetches included',
    },
    { event: 'L1-icache-load-misses', unit: 'events', family: 'generic' },
    {
      event: 'l2_request_g1.cacheable_ic_read',
      code: 'event=0x60,umask=0x10',
      on: amd,
      codeOn: zen,
      unit: 'events',
      family: 'l2',
      note: 'a proxy: code reads of the second-level cache',
    },
    {
      event: 'ic_cache_fill_l2',
      code: 'event=0x82',
      on: amd,
      codeOn: zen,
      unit: 'events',
      family: 'fill',
      note: 'a proxy: lines filled from the second-level cache',
    },
  ],
  'icache-loads': [
    { event: 'icache.accesses', on: intel, unit: 'events', family: 'icache' },
    {
      event: 'ic_tag_hit_miss.all_instruction_cache_accesses',
      code: 'event=0x18e,umask=0x1f',
      on: amd,
      codeOn: zen3To5,
      unit: 'events',
      family: 'ic_tag',
    },
    { event: 'l1i_cache', code: 'event=0x14', on: arm, codeOn: arm, unit: 'events', family: 'l1i' },
    { event: 'L1-icache-loads', unit: 'events', family: 'generic' },
  ],
  'itlb-misses': [
    { event: 'l1i_tlb_refill', code: 'event=0x02', on: arm, codeOn: arm, unit: 'events' },
    { event: 'iTLB-load-misses', unit: 'events' },
    { event: 'itlb_misses.walk_completed', on: intel, unit: 'events' },
  ],
  'front-end-stalls': [
    { event: 'idq_bubbles.cycles_0_uops_deliv.core', on: intel, unit: 'cycles' },
    { event: 'idq_uops_not_delivered.cycles_0_uops_deliv.core', on: intel, unit: 'cycles' },
    { event: 'de_op_queue_empty', code: 'event=0xa9', on: amd, codeOn: zen3To5, unit: 'cycles' },
    { event: 'de_dis_uop_queue_empty_di0', on: amd, unit: 'cycles' },
    { event: 'stall_frontend', code: 'event=0x23', on: arm, codeOn: arm, unit: 'cycles' },
    {
      event: 'stalled-cycles-frontend',
      unit: 'cycles',
      note: 'on AMD what it counts changed between Linux 6.1 and 6.12',
    },
    { event: 'icache_data.stalls', on: intel, unit: 'cycles', note: 'only stalls on instruction-cache data' },
    { event: 'idq_bubbles.core', on: intel, unit: 'slots' },
    {
      event: 'idq_uops_not_delivered.core',
      code: 'event=0x9c,umask=0x01',
      on: intel,
      codeOn: skylakeToRocketLake,
      unit: 'slots',
    },
    { event: 'topdown_fe_bound.all', on: intel, unit: 'slots' },
    { event: 'de_no_dispatch_per_slot.no_ops_from_frontend', on: amd, unit: 'slots' },
  ],
  'back-end-stalls': [
    { event: 'stall_backend', code: 'event=0x24', on: arm, codeOn: arm, unit: 'cycles' },
    { event: 'stalled-cycles-backend', unit: 'cycles' },
    { event: 'resource_stalls.any', on: intel, unit: 'cycles' },
    {
      event: 'exe_activity.bound_on_loads',
      on: intel,
      unit: 'cycles',
      note: 'only cycles that wait for loads',
    },
    { event: 'de_no_dispatch_per_slot.backend_stalls', on: amd, unit: 'slots' },
  ],
  'uop-cache-misses': [
    {
      event: 'idq.mite_uops',
      code: 'event=0x79,umask=0x04',
      on: intel,
      codeOn: skylakeToRocketLake,
      unit: 'events',
      note: 'micro-operations that came from the decoders',
    },
    {
      event: 'op_cache_hit_miss.op_cache_miss',
      code: 'event=0x28f,umask=0x04',
      on: amd,
      codeOn: zen3To5,
      unit: 'events',
    },
    { event: 'op_cache_hit_miss.miss', on: amd, unit: 'events' },
  ],
  'dcache-misses': [
    { event: 'l1d_cache_refill', code: 'event=0x03', on: arm, codeOn: arm, unit: 'events' },
    { event: 'L1-dcache-load-misses', unit: 'events' },
  ],
}

/** The events to try for a role on this processor, best first. */
export const candidatesFor = (role: HardwareRole, cpu: CpuModel): readonly EventCandidate[] => {
  const seen = new Set<string>()
  return CANDIDATES[role].filter(({ event, on }) => {
    if ((on && !on(cpu)) || seen.has(event)) return false
    seen.add(event)
    return true
  })
}

/** Whether the event of a stall role counts cycles, of which it then has a share, or issue slots; undefined when the gate does not know it. */
export function stallUnit(
  role: 'front-end-stalls' | 'back-end-stalls',
  event: string | undefined,
): EventCandidate['unit'] | undefined {
  if (event === undefined) return undefined
  return CANDIDATES[role].find(candidate => event.includes(candidate.event))?.unit
}
