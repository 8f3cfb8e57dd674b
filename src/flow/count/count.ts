import { endedByTheClock, sameTimeOtherValue } from '../../core/counters/bounded-by-time.ts'
import { type CounterProbe, chosenEvents } from '../../core/counters/probe.ts'
import type { Followed } from '../../core/counters/same-work.ts'
import { largestSpread } from '../../core/counters/spread.ts'
import { selects } from '../../core/harness/arrange.ts'
import type { Counters, Counts } from '../../core/model/counters.ts'
import type { Limitation } from '../../core/model/report.ts'
import { failed, type Result } from '../../core/model/result.ts'
import type { PerSide } from '../../core/model/side.ts'
import { formatGeometry } from '../../core/processor/geometry.ts'
import { summariseCounters } from '../../report/evidence/counters-summary.ts'
import { notCounted, type Uncounted } from '../../report/limitations/counting.ts'
import { onlyWork, otherWork, startersCounted } from '../../report/limitations/following.ts'
import { noValgrind, smallerWorkload } from '../../report/limitations/simulation.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { countSimulated, type SimulatedCounts } from './by-callgrind.ts'
import { countByPerf, type PerfCounts } from './by-perf.ts'
import { countResources } from './by-time.ts'
import { followWork } from './follow-work.ts'
import { sampleHot } from './hot-samples.ts'
import { probeCounters } from './probe-counters.ts'
import { type Counted, type CountJob, type CountRequest, NO_REPEATS } from './request.ts'

type CountPorts = Pick<Ports, 'tools' | 'sandbox' | 'clock'>

/** The part of the time in which runs of perf are repeated: the rest is for samples, or for the simulation where that is what counts. */
const PERF_SHARE = 0.7
const BESIDE_SIMULATION_SHARE = 0.15

const NOTHING: Counted = {
  counters: { source: 'none', base: {}, head: {} },
  instructionRepeats: NO_REPEATS,
  limitations: [],
}

/**
 * Counts what one benchmark executed and what it cost on both sides: from one source and with the same events on either side. What the machine
 * cannot do is a limitation, and so is a benchmark that fails under a tool; it never throws for those.
 */
export async function count(request: CountRequest, ports: CountPorts): Promise<Counted> {
  if (request.mode === 'off') return NOTHING
  const { geometry, scheduling } = request
  const probe = request.probe ?? (await probeCounters(ports, { ...(geometry && { geometry }), scheduling }))
  const hardware = request.mode !== 'simulated' && probe.hardware
  const now = ports.clock.now()
  const share = hardware ? PERF_SHARE : BESIDE_SIMULATION_SHARE
  const deadline = now + request.timeLimitSeconds
  const asked: CountJob = { request, probe, deadline, repeatUntil: now + share * request.timeLimitSeconds }
  const looks = hardware || (request.mode !== 'perf' && probe.valgrind !== undefined)
  const followed: Followed = looks ? await followWork(asked, ports) : { kind: 'whole' }
  if (followed.kind === 'differ') {
    const refused = otherWork(followed.choices)
    return { ...NOTHING, limitations: [refused], refused }
  }
  const apart = followed.kind === 'apart' ? followed.choices : undefined
  const job = { ...asked, ...(apart && { works: { base: apart.base.works, head: apart.head.works } }) }
  const native =
    probe.perf && hasTaskClock(probe) && (hardware || !request.screening)
      ? await countByPerf(withoutPmuIfSimulated(job), ports)
      : undefined
  const byPerf = native?.ok ? native.value : undefined
  const wantsHardware = hardware && byPerf !== undefined
  const simulated =
    wantsHardware || request.mode === 'perf' ? undefined : await simulateIfPossible(job, ports)
  // What fails by itself under valgrind may run there as the command starts it.
  const { works: _, ...asItIs } = job
  const whole = apart && simulated && !simulated.ok ? await simulateIfPossible(asItIs, ports) : undefined
  const bySimulation = simulated?.ok ? simulated.value : whole?.ok ? whole.value : undefined
  const ownSeconds =
    apart && !whole?.ok ? apart.base.seconds - apart.base.startSeconds : request.nativeCpuSeconds
  if (isBoundedByTime({ ...request, nativeCpuSeconds: ownSeconds }, byPerf, bySimulation))
    return sampledOnly(job, ports, { kind: 'ends-by-the-clock', benchmark: request.plan.name })
  const limitations = [
    ...limitationsOfProbe(job, bySimulation !== undefined),
    ...limitationsOfWork(followed, whole !== undefined),
    ...[native, whole?.ok ? whole : simulated].flatMap(part => (part && !part.ok ? [part.fault] : [])),
    ...(byPerf?.limitations ?? []),
    ...(bySimulation?.limitations ?? []),
  ]
  return finish({ job, byPerf, bySimulation, limitations }, ports)
}

/** What was counted apart from what starts it, or could not be. */
function limitationsOfWork(followed: Followed, failedAlone: boolean): readonly Limitation[] {
  if (followed.kind === 'bound') return [startersCounted(followed.why, followed.choice)]
  if (followed.kind !== 'apart') return []
  return [failedAlone ? startersCounted('other-alone', followed.choices.head) : onlyWork(followed.choices)]
}

/** A benchmark whose runs end by the clock: what two runs of it executed in all says how fast it was, and not what an operation costs. */
function isBoundedByTime(
  { nativeCpuSeconds, valueRatio }: CountRequest,
  byPerf: PerfCounts | undefined,
  bySimulation: SimulatedCounts | undefined,
): boolean {
  if (bySimulation?.cpuSeconds !== undefined && nativeCpuSeconds !== undefined)
    return endedByTheClock(nativeCpuSeconds, bySimulation.cpuSeconds)
  const { base, head } = byPerf?.counted.counts ?? {}
  if (valueRatio === undefined || !base?.taskClockSeconds || !head?.taskClockSeconds) return false
  return sameTimeOtherValue(valueRatio, head.taskClockSeconds / base.taskClockSeconds)
}

/**
 * What is known of a row whose totals are no evidence: where its time goes. A run that ends by the clock has the same time on both sides, so
 * that a function's part of the samples, times the change of the value, is its time in one operation.
 */
export async function sampledOnly(job: CountJob, ports: CountPorts, uncounted: Uncounted): Promise<Counted> {
  const refused = notCounted(uncounted, { sampled: false })
  const { request, probe } = job
  const samples = probe.perf && hasTaskClock(probe) && !request.screening && isAlone(request)
  if (!samples || request.mode === 'off') return { ...NOTHING, limitations: [refused], refused }
  const sampled = await sampleHot(job, ports, TYPICAL_SECONDS)
  if (!sampled.profiles) return { ...NOTHING, limitations: [refused, ...sampled.limitations], refused }
  return {
    ...NOTHING,
    profiles: sampled.profiles,
    limitations: [notCounted(uncounted, { sampled: true }), ...sampled.limitations],
    refused,
  }
}

/** How long a run that ends by the clock takes, about. */
const TYPICAL_SECONDS = 0.5

/** Whether a run measures this row and no other: samples of several rows are of none. */
const isAlone = ({ plan }: CountRequest): boolean => plan.format.kind !== 'harness' || selects(plan)

const hasTaskClock = (probe: CounterProbe): boolean => chosenEvents(probe, ['task-clock']).length > 0

/** Where instructions are simulated, perf counts only what needs no PMU: a table has one source for what the processor does. */
const withoutPmuIfSimulated = (job: CountJob): CountJob =>
  job.request.mode === 'simulated' ? { ...job, probe: { ...job.probe, hardware: false } } : job

async function simulateIfPossible(
  job: CountJob,
  ports: CountPorts,
): Promise<Result<SimulatedCounts, Limitation>> {
  if (job.probe.valgrind) return countSimulated(job, ports)
  return failed(noValgrind)
}

interface Parts {
  readonly job: CountJob
  readonly byPerf: PerfCounts | undefined
  readonly bySimulation: SimulatedCounts | undefined
  readonly limitations: readonly Limitation[]
}

/** Puts the parts together, fills in what the kernel can tell without perf, and finds the hot functions. */
async function finish(
  { job, byPerf, bySimulation, limitations }: Parts,
  ports: CountPorts,
): Promise<Counted> {
  const switches = byPerf?.counted.counts.base.contextSwitches === undefined
  const resources = switches && !job.request.screening ? await countResources(job, ports) : undefined
  const both = (side: 'base' | 'head'): Counts => ({
    ...resources?.counts[side],
    ...byPerf?.counted.counts[side],
    ...bySimulation?.counts[side],
  })
  const instructions = (bySimulation ?? byPerf?.counted)?.instructions ?? NO_REPEATS
  const sampled =
    bySimulation || !byPerf
      ? undefined
      : await sampleHot(job, ports, byPerf.counted.counts.base.taskClockSeconds ?? 1)
  const counters = describe(
    job,
    { base: both('base'), head: both('head') },
    {
      simulated: bySimulation !== undefined,
      instructions,
    },
  )
  const profiles = bySimulation?.profiles ?? sampled?.profiles
  return {
    counters,
    ...(profiles && { profiles }),
    instructionRepeats: instructions,
    limitations: [...limitations, ...(resources?.limitations ?? []), ...(sampled?.limitations ?? [])],
  }
}

function describe(
  { probe, request }: CountJob,
  counts: PerSide<Counts>,
  {
    simulated,
    instructions,
  }: { readonly simulated: boolean; readonly instructions: PerSide<readonly number[]> },
): Counters {
  const source = simulated ? 'simulated' : Object.keys(counts.base).length > 0 ? 'perf' : 'none'
  const instructionSpread = largestSpread(instructions)
  const { l1i, l1d, ll, from } = probe.geometry
  const counters: Counters = {
    source,
    ...counts,
    ...(request.plan.countIterations !== undefined && { iterations: request.plan.countIterations }),
    ...(instructionSpread !== undefined && { instructionSpread }),
    events: [
      ...probe.roles.map(({ role, event, tried }) => {
        const why = tried.map(({ event, why }) => `${event}: ${why}`).join('; ')
        return { role, ...(event !== undefined && { event }), ...(why !== '' && { why }) }
      }),
      ...topDownEvent(probe),
    ],
    ...(simulated && {
      geometry: { l1i: formatGeometry(l1i), l1d: formatGeometry(l1d), ll: formatGeometry(ll), from },
    }),
  }
  return { ...counters, summary: summariseCounters(counters) }
}

/** Which events told where the issue slots went; nothing where none was tried. */
function topDownEvent({ topDown, topDownTried = [] }: CounterProbe): NonNullable<Counters['events']> {
  if (!topDown && topDownTried.length === 0) return []
  const why = topDownTried.map(({ event, why }) => `${event}: ${why}`).join('; ')
  return [{ role: 'issue-slots', ...(topDown && { event: topDown.argument }), ...(why !== '' && { why }) }]
}

/** Of what the probe found missing, what bears on these counts. */
function limitationsOfProbe({ request, probe }: CountJob, simulated: boolean): readonly Limitation[] {
  return [
    ...(request.mode === 'simulated' ? [] : probe.limitations),
    ...(simulated ? probe.geometryLimitations : []),
    ...(simulated && request.plan.countWith !== undefined ? [smallerWorkload] : []),
  ]
}
