import type { Limitation } from '../model/report.ts'
import type { CpuModel } from '../processor/cpu.ts'
import type { Geometry } from '../processor/geometry.ts'
import type { Hazard } from '../processor/hazards.ts'
import type { ChosenEvent } from './groups.ts'
import { choosePmu, type Pmu } from './pmu.ts'
import type { Role } from './roles.ts'
import type { ChosenTopDown } from './top-down.ts'

/** What was tried for one role, in order, and what became of it. */
export interface ProbedRole {
  readonly role: Role
  /** The specification to give perf; absent when nothing plays this role here. */
  readonly event?: string
  readonly unit?: 'events' | 'cycles' | 'slots'
  readonly note?: string
  readonly tried: readonly { readonly event: string; readonly why: string }[]
}

/** What this machine can count, and with what. */
export interface CounterProbe {
  readonly cpu: CpuModel
  readonly perf?: { readonly path: string; readonly version: string }
  /** The value of /proc/sys/kernel/perf_event_paranoid, absent where there is no such file. */
  readonly paranoid?: number
  readonly mostHertz: number
  readonly units: readonly Pmu[]
  /** Whether instructions and cycles can be counted. */
  readonly hardware: boolean
  /** Whether perf may count nothing at all for this user as the machine is set now. */
  readonly refused?: boolean
  readonly roles: readonly ProbedRole[]
  /** How the issue slots are counted; absent where there is no way. */
  readonly topDown?: ChosenTopDown
  /** Whether the processor records its last branches with the cycles between them. */
  readonly branchRecords?: true
  /** What was tried for them and does not work here. */
  readonly topDownTried?: ProbedRole['tried']
  /** Path of GNU time, which tells context switches where perf may not. */
  readonly time?: string
  readonly valgrind?: { readonly path: string; readonly version: string }
  readonly geometry: Geometry
  /** What this processor is known for, as far as the place of code is concerned. */
  readonly hazards: readonly Hazard[]
  /** What to say where a simulation has to guess the caches. */
  readonly geometryLimitations: readonly Limitation[]
  /** What hardware counting lacks here. */
  readonly limitations: readonly Limitation[]
}

/** Whether there is a PMU, and perf may not use it for this user as the machine is set now. */
export const isClosed = ({ refused, units }: Pick<CounterProbe, 'refused' | 'units'>): boolean =>
  refused === true && choosePmu(units, undefined) !== undefined

/** Whether lowering kernel.perf_event_paranoid to 2, as tuning does, opens a PMU that is closed to this user now. */
export const opensWhileTuned = (probe: Pick<CounterProbe, 'refused' | 'paranoid' | 'units'>): boolean =>
  isClosed(probe) && (probe.paranoid ?? 0) > 2

/** The events to count, of the kernel's own roles or of the processor's. */
export const chosenEvents = (probe: CounterProbe, roles: readonly Role[]): readonly ChosenEvent[] =>
  probe.roles.flatMap(({ role, event }) =>
    event !== undefined && roles.includes(role) ? [{ role, specification: event }] : [],
  )
