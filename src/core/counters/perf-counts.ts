import type { Counts } from '../model/counters.ts'
import { type PerSide, SIDES } from '../model/side.ts'
import { median } from '../statistics/median.ts'
import type { ChosenEvent } from './groups.ts'
import { faultOfCount, faultOfSchedulerEvent, lineOf } from './perf-probe.ts'
import type { PerfLine, PerfOutput } from './perf-stat.ts'
import { COUNT_OF_ROLE, type Role } from './roles.ts'

/** One run of perf: what was asked for on which side, and what came. */
export interface PerfRun {
  readonly side: keyof PerSide<unknown>
  readonly events: readonly ChosenEvent[]
  readonly output: PerfOutput
}

export interface CountedRoles {
  readonly counts: PerSide<Counts>
  /** Instructions of every run, in the order of the runs. */
  readonly instructions: PerSide<readonly number[]>
  /** Events that failed on either side: they are left out on both. */
  readonly dropped: readonly (ChosenEvent & { readonly why: string })[]
}

const SCHEDULER_ROLES: ReadonlySet<Role> = new Set(['context-switches', 'migrations'])

const faultOf = ({ role, specification }: ChosenEvent, output: PerfOutput): string | undefined =>
  SCHEDULER_ROLES.has(role)
    ? faultOfSchedulerEvent(specification, output)
    : faultOfCount(specification, output)

/** Seconds for clocks (whose value perf gives in milliseconds), the plain count for the rest. */
function countOf(line: PerfLine): number {
  const value = Number(line.value)
  if (line.unit === 'msec') return value / 1e3
  return line.unit === 'ns' ? value / 1e9 : value
}

/** The median over the runs of every role that was counted in all of its runs on both sides. */
export function countsOfRuns(runs: readonly PerfRun[]): CountedRoles {
  const dropped = new Map<Role, ChosenEvent & { why: string }>()
  const values: PerSide<Map<Role, number[]>> = { base: new Map(), head: new Map() }
  for (const { side, events, output } of runs) {
    for (const event of events) {
      const why = faultOf(event, output)
      if (why !== undefined) dropped.set(event.role, { ...event, why })
      else {
        const seen = values[side].get(event.role) ?? []
        values[side].set(event.role, [...seen, countOf(lineOf(event.specification, output)!)])
      }
    }
  }
  const side = (name: keyof PerSide<unknown>): Counts =>
    Object.fromEntries(
      [...values[name]]
        .filter(([role]) => !dropped.has(role))
        .map(([role, seen]) => [COUNT_OF_ROLE[role], median(seen)]),
    )
  return {
    counts: { base: side('base'), head: side('head') },
    instructions: {
      base: values.base.get('instructions') ?? [],
      head: values.head.get('instructions') ?? [],
    },
    dropped: [...dropped.values()],
  }
}

/** Whether instructions were counted on both sides and are no zeros, as a virtual PMU may give. */
export const hasInstructions = ({ counts }: CountedRoles): boolean =>
  SIDES.every(side => (counts[side].instructions ?? 0) > 0)
