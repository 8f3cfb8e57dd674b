import { candidatesFor, type EventCandidate, type HardwareRole } from '../../core/counters/events.ts'
import {
  faultOfClock,
  faultOfCount,
  faultOfProbe,
  faultOfSchedulerEvent,
  lineOf,
} from '../../core/counters/perf-probe.ts'
import { type ChosenPmu, specificationsOf } from '../../core/counters/pmu.ts'
import type { ProbedRole } from '../../core/counters/probe.ts'
import { HARDWARE_ROLES, type Role } from '../../core/counters/roles.ts'
import { type ChosenTopDown, topDownOf } from '../../core/counters/top-down.ts'
import type { CpuModel } from '../../core/processor/cpu.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { perfSaid } from '../../report/limitations/counting.ts'
import type { SandboxPort } from '../../shell/ports/ports.ts'
import { type PerfStatRun, perfRecord, perfStat } from '../../shell/profilers/perf.ts'

export interface Prober {
  readonly sandbox: SandboxPort
  readonly perf: string
  readonly env: Readonly<Record<string, string>>
  readonly scheduling: Scheduling
}

/** Busy for some 20 ms, in user code, with branches that miss and code that does not fit one page. */
const BUSY_LOOP = 'for ((i = 0; i < 20000; i++)); do :; done'
const PROBE_TIMEOUT_SECONDS = 30
const TASK_CLOCK = 'task-clock:u'

const run = ({ sandbox, perf, env, scheduling }: Prober, events: readonly string[]): Promise<PerfStatRun> =>
  perfStat(
    sandbox,
    { perf, events: [TASK_CLOCK, ...events] },
    {
      side: 'base',
      command: BUSY_LOOP,
      tree: sandbox.spare,
      env,
      timeoutSeconds: PROBE_TIMEOUT_SECONDS,
      scheduling,
    },
  )

/** Counts the kernel's own events once; those of the scheduler are of no use where the kernel is hidden from perf. */
export async function probeSoftware(prober: Prober): Promise<readonly ProbedRole[]> {
  const asked: readonly (readonly [Role, string])[] = [
    ['task-clock', TASK_CLOCK],
    ['page-faults', 'page-faults:u'],
    ['context-switches', 'context-switches'],
    ['migrations', 'cpu-migrations'],
  ]
  const ran = await run(
    prober,
    asked.slice(1).map(([, event]) => event),
  )
  return asked.map(([role, event]) => {
    const scheduler = role === 'context-switches' || role === 'migrations'
    const fault = (scheduler ? faultOfSchedulerEvent : faultOfCount)(event, ran.output)
    return fault === undefined
      ? { role, event, tried: [] }
      : { role, tried: [{ event, why: said(ran) ?? fault }] }
  })
}

/** Probes every role in turn; without instructions and cycles there is no PMU to speak of, and the rest is not tried. */
export async function probeHardware(
  prober: Prober,
  cpu: CpuModel,
  pmu: ChosenPmu,
): Promise<readonly ProbedRole[]> {
  const probed: ProbedRole[] = []
  let missFamily: string | undefined
  for (const role of HARDWARE_ROLES) {
    const usable = candidatesFor(role, cpu).filter(
      ({ family }) => role !== 'icache-loads' || family === missFamily,
    )
    const found = await probeRole(prober, { role, candidates: usable, pmu, cpu })
    probed.push(found.role)
    if (role === 'icache-misses') missFamily = found.family
    if (found.role.event === undefined && (role === 'instructions' || role === 'cycles')) break
  }
  return probed
}

interface RoleToProbe {
  readonly role: HardwareRole
  readonly candidates: readonly EventCandidate[]
  readonly pmu: ChosenPmu
  readonly cpu: CpuModel
}

async function probeRole(
  prober: Prober,
  { role, candidates, pmu, cpu }: RoleToProbe,
): Promise<{ readonly role: ProbedRole; readonly family?: string }> {
  const tried: { event: string; why: string }[] = []
  for (const candidate of candidates) {
    for (const specification of specificationsOf(candidate, pmu, cpu)) {
      const why = await faultOn(prober, role, specification)
      if (why !== undefined) {
        tried.push({ event: specification, why })
        continue
      }
      const { unit, note, family } = candidate
      return {
        role: { role, event: specification, unit, ...(note !== undefined && { note }), tried },
        ...(family !== undefined && { family }),
      }
    }
  }
  return { role: { role, tried } }
}

async function faultOn(
  prober: Prober,
  role: HardwareRole,
  specification: string,
): Promise<string | undefined> {
  const ran = await run(prober, [specification])
  const fault = faultOfProbe(specification, ran.output)
  if (fault !== undefined) return said(ran) ?? fault
  if (role !== 'cycles') return undefined
  const clock = lineOf(TASK_CLOCK, ran.output)
  return faultOfClock(Number(lineOf(specification, ran.output)!.value), (clock?.runNanoseconds ?? 0) / 1e9)
}

/** The first way to count the issue slots that works over a busy loop, and what did not. */
export async function probeTopDown(
  prober: Prober,
  choices: readonly ChosenTopDown[],
): Promise<{ readonly topDown?: ChosenTopDown; readonly topDownTried: ProbedRole['tried'] }> {
  const topDownTried: { event: string; why: string }[] = []
  for (const topDown of choices) {
    const ran = await run(prober, [topDown.argument])
    const found = topDownOf(topDown, ran.output)
    if (found.ok) return { topDown, topDownTried }
    topDownTried.push({ event: topDown.argument, why: said(ran) ?? found.fault })
  }
  return { topDownTried }
}

/** Whether a busy loop leaves timed branch records. */
export async function probeBranchRecords({ sandbox, perf, env, scheduling }: Prober): Promise<boolean> {
  const { script } = await perfRecord(
    sandbox,
    { perf, event: 'cycles:u', hertz: 999, branches: true },
    {
      ...{ side: 'base', command: BUSY_LOOP, tree: sandbox.spare, env, scheduling },
      timeoutSeconds: PROBE_TIMEOUT_SECONDS,
    },
  )
  return script.blocks.length > 0
}

const HEADING = /^\s*(error|warning)\s*:?\s*$/i

/** perf's own word where it printed no counts at all: an event it does not know ends the whole run. */
function said({ output, job }: PerfStatRun): string | undefined {
  if (output.lines.length > 0) return undefined
  if (
    /event syntax error|Bad event name|Unable to find event|Cannot find PMU|parser error/i.test(job.stderr)
  ) {
    return perfSaid('unknown-event')
  }
  // perf puts a heading on a line of its own, and what it has to say on the next.
  const first = job.stderr.split('\n').find(line => /[a-z]/i.test(line) && !HEADING.test(line))
  return perfSaid(first === undefined ? 'nothing' : { line: first.trim().slice(0, 160) })
}
