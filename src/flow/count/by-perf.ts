import { type ChosenEvent, eventGroups, groupsApart } from '../../core/counters/groups.ts'
import {
  type CountedRoles,
  countsOfRuns,
  hasInstructions,
  type PerfRun,
} from '../../core/counters/perf-counts.ts'
import { chosenEvents } from '../../core/counters/probe.ts'
import { HARDWARE_ROLES, SOFTWARE_ROLES } from '../../core/counters/roles.ts'
import { type TopDownSlots, topDownOf } from '../../core/counters/top-down.ts'
import type { Limitation } from '../../core/model/report.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { PerSide } from '../../core/model/side.ts'
import {
  endedUnderPerf,
  eventNotCounted,
  failedUnderPerf,
  noInstructionsCounted,
  noIssueSlots,
} from '../../report/limitations/counting.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { perfStat } from '../../shell/profilers/perf.ts'
import { failureOf } from '../../shell/profilers/run-under.ts'
import { type CountJob, mayRepeat, orderOf, secondsLeft, workloadOf } from './request.ts'

export interface PerfCounts {
  readonly counted: CountedRoles
  readonly limitations: readonly Limitation[]
}

type Groups = readonly (readonly ChosenEvent[])[]

const REPEATS = 3
const REPEATS_OF_A_GATE = 9

/** Counts every chosen event on both sides in turns; a failure of the workload is a limitation, and what was counted before it counts. */
export async function countByPerf(
  job: CountJob,
  ports: Pick<Ports, 'sandbox' | 'clock'>,
): Promise<Result<PerfCounts, Limitation>> {
  const hardware = job.probe.hardware ? chosenEvents(job.probe, HARDWARE_ROLES) : []
  const software = chosenEvents(job.probe, SOFTWARE_ROLES)
  const repeats = job.request.plan.metric === 'instructions' ? REPEATS_OF_A_GATE : REPEATS
  let groups = eventGroups(hardware, software)
  let runs: readonly PerfRun[] = []
  let seconds = 0
  for (let repeat = 0; repeat < repeats; repeat++) {
    if (repeat > 0 && !mayRepeat(job, ports.clock, seconds)) break
    const started = ports.clock.now()
    const round = await countGroups(job, ports, { groups, repeat })
    if (!round.ok) return round
    seconds = ports.clock.now() - started
    runs = [...runs, ...round.value]
    if (repeat > 0) continue
    const { dropped } = countsOfRuns(runs)
    const crowded = hardware.filter(({ role }) => dropped.some(event => event.role === role))
    if (crowded.length === 0) continue
    runs = runs.map(run => ({ ...run, events: run.events.filter(event => !crowded.includes(event)) }))
    groups = [
      ...eventGroups(
        hardware.filter(event => !crowded.includes(event)),
        software,
      ),
      ...groupsApart(crowded, hardware, software),
    ]
  }
  const counted = countsOfRuns(runs)
  if (job.probe.hardware && !hasInstructions(counted)) return failed(noInstructionsCounted)
  const slots = job.probe.hardware ? await countSlots(job, ports) : undefined
  const counts = {
    base: { ...counted.counts.base, ...(slots?.ok && slots.value.base) },
    head: { ...counted.counts.head, ...(slots?.ok && slots.value.head) },
  }
  const dropped = counted.dropped.map(({ specification, why }) => eventNotCounted(specification, why))
  const limitations = [...dropped, ...(slots && !slots.ok ? [slots.fault] : [])]
  return success({ counted: { ...counted, counts }, limitations })
}

/** Where the issue slots of both sides went, each the run with the median of its slots; a limitation where a run of either side cannot be used. */
async function countSlots(
  job: CountJob,
  { sandbox, clock }: Pick<Ports, 'sandbox' | 'clock'>,
): Promise<Result<PerSide<TopDownSlots>, Limitation> | undefined> {
  const { topDown, perf } = job.probe
  if (!topDown || !perf) return undefined
  const found: PerSide<TopDownSlots[]> = { base: [], head: [] }
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const started = clock.now()
    for (const side of orderOf(repeat)) {
      const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft(job, clock))
      const ran = await perfStat(
        sandbox,
        { perf: perf.path, events: [topDown.argument] },
        workloadOf(job, side, timeout),
      )
      const failure = failureOf(ran)
      const slots = failure === undefined ? topDownOf(topDown, ran.output) : failed(endedUnderPerf(failure))
      if (!slots.ok) {
        return failed(noIssueSlots(side, slots.fault))
      }
      found[side].push(slots.value)
    }
    if (!mayRepeat(job, clock, clock.now() - started)) break
  }
  return success({ base: middleOf(found.base), head: middleOf(found.head) })
}

const middleOf = (runs: readonly TopDownSlots[]): TopDownSlots =>
  runs.toSorted((one, other) => one.slots - other.slots)[Math.floor(runs.length / 2)]!

async function countGroups(
  job: CountJob,
  { sandbox, clock }: Pick<Ports, 'sandbox' | 'clock'>,
  { groups, repeat }: { readonly groups: Groups; readonly repeat: number },
): Promise<Result<readonly PerfRun[], Limitation>> {
  const runs: PerfRun[] = []
  for (const events of groups) {
    for (const side of orderOf(repeat)) {
      const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft(job, clock))
      const specifications = events.map(({ specification }) => specification)
      const ran = await perfStat(
        sandbox,
        { perf: job.probe.perf!.path, events: specifications },
        workloadOf(job, side, timeout),
      )
      const failure = failureOf(ran)
      if (failure !== undefined) {
        return failed(failedUnderPerf(failure, side))
      }
      runs.push({ side, events, output: ran.output })
    }
  }
  return success(runs)
}
