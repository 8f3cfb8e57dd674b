import { choosePmu, isSmallCore } from '../../core/counters/pmu.ts'
import type { CounterProbe, ProbedRole } from '../../core/counters/probe.ts'
import type { Role } from '../../core/counters/roles.ts'
import { topDownChoices } from '../../core/counters/top-down.ts'
import type { Limitation } from '../../core/model/report.ts'
import { cpuList, readCpu } from '../../core/processor/cpu.ts'
import type { GeometryOverride } from '../../core/processor/geometry.ts'
import { hazardsOf } from '../../core/processor/hazards.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { noHardwareCounts, noPerf, perfRefused, signsNotCounted } from '../../report/limitations/counting.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { readCpuInfo } from '../../shell/profilers/cache-geometry.ts'
import { kernelNumber, perfVersion, readPmus } from '../../shell/profilers/perf.ts'
import { valgrindVersion } from '../../shell/profilers/valgrind.ts'
import { findGeometry } from './find-geometry.ts'
import { probeBranchRecords, probeHardware, probeSoftware, probeTopDown } from './probe-events.ts'

export interface ProbeOptions {
  /** How the benchmark is run; on a machine with several kinds of core its CPUs decide which one counts. */
  readonly scheduling?: Scheduling
  readonly geometry?: GeometryOverride
  /** The environment of the probes; a plain PATH when absent. */
  readonly env?: Readonly<Record<string, string>>
  /** Roots of the kernel's trees, which tests make themselves. */
  readonly sysfs?: string
  readonly procfs?: string
}

const PLAIN_ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
const KERNEL_DEFAULT_HERTZ = 100_000

/** Finds out what can be counted here and with which events, by counting each one alone over a busy loop of the gate. */
export async function probeCounters(
  ports: Pick<Ports, 'tools' | 'sandbox'>,
  options: ProbeOptions = {},
): Promise<CounterProbe> {
  const { scheduling = {}, sysfs = '/sys', procfs = '/proc', env = PLAIN_ENV } = options
  const pinnedCpu = cpuList(scheduling.cpus ?? '')[0] ?? 0
  const cpu = readCpu(await readCpuInfo(procfs), pinnedCpu)
  const [perf, valgrind, time] = await Promise.all([
    versioned(ports, 'perf', perfVersion),
    versioned(ports, 'valgrind', valgrindVersion),
    ports.tools.find('time'),
  ])
  const units = await readPmus(sysfs)
  const paranoid = await kernelNumber(procfs, 'perf_event_paranoid')
  const { geometry, limitations } = await findGeometry(ports.tools, {
    sysfs,
    cpu,
    pinnedCpu,
    ...(options.geometry && { override: options.geometry }),
  })
  const events = perf
    ? await probeEvents(ports, { perf: perf.path, scheduling, env, cpu, units, paranoid })
    : { roles: [], limitations: [noPerf] }
  const has = (role: ProbedRole['role']): boolean =>
    events.roles.some(probed => probed.role === role && probed.event !== undefined)
  return {
    cpu,
    ...(perf && { perf }),
    ...(paranoid !== undefined && { paranoid }),
    mostHertz: (await kernelNumber(procfs, 'perf_event_max_sample_rate')) ?? KERNEL_DEFAULT_HERTZ,
    units,
    hardware: has('instructions') && has('cycles'),
    ...(refusedAll(events.roles) && { refused: true }),
    roles: events.roles,
    ...(events.branchRecords && { branchRecords: true }),
    ...(events.topDown && { topDown: events.topDown }),
    ...(events.topDownTried && events.topDownTried.length > 0 && { topDownTried: events.topDownTried }),
    ...(time !== undefined && { time }),
    ...(valgrind && { valgrind }),
    geometry,
    hazards: hazardsOf(cpu, { l1i: geometry.l1i, smallOfHybrid: isSmallCore(units, pinnedCpu) }),
    geometryLimitations: limitations,
    limitations: events.limitations,
  }
}

/** Whether perf was there and counted not even the kernel's own events. */
const refusedAll = (roles: readonly ProbedRole[]): boolean =>
  roles.length > 0 && roles.every(({ event }) => event === undefined)

/** Roles that tell a cause; what else is missing only makes the table shorter. */
const SIGNS: ReadonlySet<Role> = new Set([
  'icache-misses',
  'front-end-stalls',
  'branch-misses',
  'dcache-misses',
])

async function versioned(
  { tools }: Pick<Ports, 'tools'>,
  name: string,
  ask: (tools: Ports['tools'], path: string) => Promise<string | undefined>,
): Promise<{ readonly path: string; readonly version: string } | undefined> {
  const path = await tools.find(name)
  const version = path && (await ask(tools, path))
  return path && version ? { path, version } : undefined
}

interface EventsToProbe {
  readonly perf: string
  readonly scheduling: Scheduling
  readonly env: Readonly<Record<string, string>>
  readonly cpu: CounterProbe['cpu']
  readonly units: CounterProbe['units']
  readonly paranoid: number | undefined
}

async function probeEvents(
  { sandbox }: Pick<Ports, 'sandbox'>,
  { perf, scheduling, env, cpu, units, paranoid }: EventsToProbe,
): Promise<Pick<CounterProbe, 'roles' | 'limitations' | 'topDown' | 'topDownTried' | 'branchRecords'>> {
  const prober = { sandbox, perf, env, scheduling }
  const software = await probeSoftware(prober)
  const unit = choosePmu(units, scheduling.cpus)
  if (!software.some(({ event }) => event !== undefined)) {
    return { roles: software, limitations: [perfRefused(paranoid, unit !== undefined)] }
  }
  const pmu = unit ?? { name: 'cpu', named: false }
  const hardware = await probeHardware(prober, cpu, pmu)
  const roles = [...hardware, ...software]
  const counts = hardware.some(({ role, event }) => role === 'cycles' && event !== undefined)
  const width = units.find(({ name }) => name === pmu.name)?.slots
  return {
    roles,
    limitations: limitationsOf(roles, unit !== undefined),
    ...(counts && (await probeBranchRecords(prober)) && { branchRecords: true }),
    ...(counts ? await probeTopDown(prober, topDownChoices(cpu, pmu, width)) : {}),
  }
}

/** What the roles that found no event mean for the report. */
function limitationsOf(roles: readonly ProbedRole[], hasUnit: boolean): readonly Limitation[] {
  const missing = roles.filter(({ event }) => event === undefined).map(({ role }) => role)
  const vital = missing.filter(role => role === 'instructions' || role === 'cycles')
  if (vital.length > 0) return [noHardwareCounts(vital, hasUnit)]
  const signs = missing.filter(role => SIGNS.has(role))
  return signs.length === 0 ? [] : [signsNotCounted(signs)]
}
