import type { Counts } from '../model/counters.ts'

/** What a counter is for; the event that plays the role differs from vendor to vendor. */
export type Role =
  | 'instructions'
  | 'cycles'
  | 'branches'
  | 'branch-misses'
  | 'icache-misses'
  | 'icache-loads'
  | 'itlb-misses'
  | 'front-end-stalls'
  | 'back-end-stalls'
  | 'uop-cache-misses'
  | 'dcache-misses'
  | 'task-clock'
  | 'page-faults'
  | 'context-switches'
  | 'migrations'

/** Roles that the kernel counts itself: they need no PMU. */
export const SOFTWARE_ROLES = [
  'task-clock',
  'page-faults',
  'context-switches',
  'migrations',
] as const satisfies Role[]

/** Roles that need a PMU, in the order they are probed: the first two decide whether there is one. */
export const HARDWARE_ROLES = [
  'instructions',
  'cycles',
  'branches',
  'branch-misses',
  'icache-misses',
  'icache-loads',
  'itlb-misses',
  'front-end-stalls',
  'back-end-stalls',
  'uop-cache-misses',
  'dcache-misses',
] as const satisfies Role[]

/** The field of `Counts` that a role fills. */
export const COUNT_OF_ROLE: Readonly<Record<Role, keyof Counts>> = {
  instructions: 'instructions',
  cycles: 'cycles',
  branches: 'branches',
  'branch-misses': 'branchMisses',
  'icache-misses': 'icacheMisses',
  'icache-loads': 'icacheLoads',
  'itlb-misses': 'itlbMisses',
  'front-end-stalls': 'frontEndStalls',
  'back-end-stalls': 'backEndStalls',
  'uop-cache-misses': 'uopCacheMisses',
  'dcache-misses': 'dcacheMisses',
  'task-clock': 'taskClockSeconds',
  'page-faults': 'pageFaults',
  'context-switches': 'contextSwitches',
  migrations: 'migrations',
}
