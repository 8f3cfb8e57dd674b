import type { HardwareRole } from './events.ts'
import type { Role } from './roles.ts'

/** A role with the specification perf is given for it. */
export interface ChosenEvent {
  readonly role: Role
  readonly specification: string
}

/** Four events fit together on every processor, also where the NMI watchdog holds one counter. */
export const MOST_HARDWARE_EVENTS = 4

/** What is best counted in one run, because its ratio is of interest. */
const TOGETHER: readonly (readonly HardwareRole[])[] = [
  ['instructions', 'cycles', 'branches', 'branch-misses'],
  ['instructions', 'icache-misses', 'icache-loads', 'itlb-misses'],
  ['instructions', 'cycles', 'front-end-stalls', 'back-end-stalls'],
  ['instructions', 'uop-cache-misses', 'dcache-misses'],
]
const NORMALISERS: ReadonlySet<Role> = new Set(['instructions', 'cycles'])

/** The runs of perf that count all chosen hardware events: each with at most four, `instructions` among them; software events join the first. */
export function eventGroups(
  hardware: readonly ChosenEvent[],
  software: readonly ChosenEvent[],
): readonly (readonly ChosenEvent[])[] {
  const clock = software.filter(({ role }) => role === 'task-clock')
  const groups = TOGETHER.map(roles => hardware.filter(({ role }) => roles.some(wanted => wanted === role)))
    .filter(group => group.some(({ role }) => !NORMALISERS.has(role)) || group.length === 2)
    .filter((group, index, all) => index === 0 || !isWithin(group, all[0]!))
  const [first = [], ...others] = groups
  return [[...software, ...first], ...others.map(group => [...clock, ...group])].filter(
    group => group.length > 0,
  )
}

const isWithin = (group: readonly ChosenEvent[], other: readonly ChosenEvent[]): boolean =>
  group.every(event => other.includes(event))

/** A run for each event that found no counter next to the others, alone with `instructions`. */
export function groupsApart(
  failed: readonly ChosenEvent[],
  hardware: readonly ChosenEvent[],
  software: readonly ChosenEvent[],
): readonly (readonly ChosenEvent[])[] {
  const always = [
    ...software.filter(({ role }) => role === 'task-clock'),
    ...hardware.filter(({ role }) => role === 'instructions'),
  ]
  return failed.filter(event => !always.includes(event)).map(event => [...always, event])
}
