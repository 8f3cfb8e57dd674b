import { type CpuModel, cpuList } from '../processor/cpu.ts'
import type { EventCandidate } from './events.ts'

/** A unit under `/sys/bus/event_source/devices`; `cpus` is the text of its file, absent where it counts on all. */
export interface Pmu {
  readonly name: string
  readonly cpus?: string
  /** Issue slots of a cycle, where the kernel tells them (`caps/slots` on Arm). */
  readonly slots?: number
}

/** The unit to count on, and whether events must name it: several kinds of core have several units. */
export interface ChosenPmu {
  readonly name: string
  readonly named: boolean
}

const isCoreUnit = ({ name }: Pmu): boolean => /^cpu(_core|_atom)?$|^armv[89]_|^apple_/.test(name)

/** The core unit of the CPUs that the benchmark is pinned to; the fast cores' where it is not; undefined without a PMU. */
export function choosePmu(units: readonly Pmu[], pinned: string | undefined): ChosenPmu | undefined {
  const cores = units.filter(isCoreUnit)
  if (cores.length <= 1) return cores[0] && { name: cores[0].name, named: false }
  const wanted = cpuList(pinned ?? '')
  const holds = (unit: Pmu): boolean => {
    const has = new Set(cpuList(unit.cpus ?? ''))
    return wanted.length > 0 && wanted.every(cpu => has.has(cpu))
  }
  const chosen = cores.find(holds) ?? cores.find(({ name }) => name === 'cpu_core') ?? cores[0]!
  return { name: chosen.name, named: true }
}

/** Whether a CPU is one of the small cores of a hybrid processor, which have a unit of their own. */
export const isSmallCore = (units: readonly Pmu[], cpu: number): boolean =>
  units.some(({ name, cpus }) => name === 'cpu_atom' && cpuList(cpus ?? '').includes(cpu))

/** How perf is asked for an event of user code: `NAME:u`, or `UNIT/NAME/u` where cores differ. */
const namedEvent = (event: string, pmu: ChosenPmu): string =>
  pmu.named ? `${pmu.name}/${event}/u` : `${event}:u`

/** The specifications to try for a candidate: by name, and by number where the numbers are known to mean it. */
export function specificationsOf(
  candidate: EventCandidate,
  pmu: ChosenPmu,
  cpu: CpuModel,
): readonly string[] {
  const named = namedEvent(candidate.event, pmu)
  if (candidate.code === undefined || !candidate.codeOn?.(cpu)) return [named]
  return [named, `${pmu.name}/${candidate.code},name=${candidate.event}/u`]
}

const ALIASES: Readonly<Record<string, string>> = {
  'cpu-cycles': 'cycles',
  'branch-instructions': 'branches',
  'cpu-migrations': 'migrations',
  cs: 'context-switches',
  faults: 'page-faults',
}

/**
 * The name under which a specification and the line that perf prints for it meet: without the unit, the modifiers that perf
 * adds by itself (`:u`), the brackets of perf 6.12 (`cpu-clock [software]`), and with one name for each alias.
 */
export function eventName(text: string): string {
  const unitForm = /^[a-z0-9_]+\/(.*)\/[a-zA-Z]*$/.exec(text)
  const inner = unitForm ? unitForm[1]! : text.replace(/ \[[^\]]*\]$/, '').replace(/:[a-zA-Z]+$/, '')
  const name = (/(?:^|,)name=([^,]*)/.exec(inner)?.[1] ?? inner).toLowerCase()
  return ALIASES[name] ?? name
}

/** Whether the printed name says that kernel code was left out: software events of the scheduler are then always 0. */
export const isUserOnly = (text: string): boolean => /:[a-zA-Z]*u[a-zA-Z]*$|\/[a-zA-Z]*u[a-zA-Z]*$/.test(text)
