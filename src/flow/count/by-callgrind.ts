import { callsOf, emptyCallTable } from '../../core/counters/call-table.ts'
import { countsOfTotals, type EventTotals } from '../../core/counters/callgrind.ts'
import { emptyCostTable, profilesOf } from '../../core/counters/cost-table.ts'
import type { Profile } from '../../core/counters/profile.ts'
import { largestSpread } from '../../core/counters/spread.ts'
import { builtIn, settleStrays, strayRule } from '../../core/counters/strays.ts'
import { commandOf } from '../../core/counters/worker.ts'
import type { Counts } from '../../core/model/counters.ts'
import type { Limitation } from '../../core/model/report.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import { outsideOf } from '../../core/sandbox/place.ts'
import { notRepeated } from '../../report/limitations/simulation.ts'
import { segmentsReader } from '../../shell/files/elf-file.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { failureOf } from '../../shell/profilers/run-under.ts'
import { type SimulatedRun, simulate } from '../../shell/profilers/valgrind.ts'
import { type CountJob, countedOn, secondsLeft } from './request.ts'
import { faultOfSimulation } from './simulation-faults.ts'

export interface SimulatedCounts {
  readonly counts: PerSide<Counts>
  readonly profiles: PerSide<Profile>
  readonly instructions: PerSide<readonly number[]>
  /** Of the first simulated run on base, where it is known. */
  readonly cpuSeconds?: number | undefined
  readonly limitations: readonly Limitation[]
}

interface SideCounts {
  readonly run: SimulatedRun
  readonly counts: Counts
  readonly profile: Profile
}

/** Two are enough to see whether a program does the same every time; a cause for one that does not, and a gate on instructions, are worth more. */
const REPEATS = 2
const MORE_REPEATS = 5
const RANDOM_SPREAD = 1e-4
/** Longer in every repeat, which moves the stack: a program that hashes its addresses shows that it does. */
const PADDING = 'PERF_VERDICT_PADDING'
const PADDING_STEP = 48

/** Simulates both sides at once (nothing is timed), then repeats to see how far the program's own count of instructions spreads. */
export async function countSimulated(
  job: CountJob,
  ports: Pick<Ports, 'sandbox' | 'clock'>,
): Promise<Result<SimulatedCounts, Limitation>> {
  const started = ports.clock.now()
  const first = await simulateBoth(job, ports, 0)
  if (!first.ok) return first
  const seconds = ports.clock.now() - started
  const instructions = {
    base: [first.value.sides.base.counts.instructions ?? 0],
    head: [first.value.sides.head.counts.instructions ?? 0],
  }
  const { plan, thorough = false, screening = false } = job.request
  const isRandom = () => (largestSpread(instructions) ?? 0) > RANDOM_SPREAD
  const wanted = (): number =>
    screening ? 1 : plan.metric === 'instructions' || (thorough && isRandom()) ? MORE_REPEATS : REPEATS
  const limitations: Limitation[] = [...first.value.limitations]
  for (let repeat = 1; repeat < wanted(); repeat++) {
    const again = seconds * 1.5 < secondsLeft(job, ports.clock) && (await simulateBoth(job, ports, repeat))
    if (again === false || !again.ok) {
      if (repeat === 1) limitations.push(notRepeated)
      break
    }
    for (const side of SIDES) instructions[side].push(again.value.sides[side].counts.instructions ?? 0)
  }
  const { base, head } = first.value.sides
  return success({
    counts: { base: base.counts, head: head.counts },
    profiles: { base: base.profile, head: head.profile },
    instructions,
    cpuSeconds: base.run.job.cpuSeconds,
    limitations,
  })
}

interface BothSides {
  readonly sides: PerSide<SideCounts>
  readonly limitations: readonly Limitation[]
}

async function simulateBoth(
  job: CountJob,
  ports: Pick<Ports, 'sandbox' | 'clock'>,
  repeat: number,
): Promise<Result<BothSides, Limitation>> {
  const bothRuns = await Promise.all(SIDES.map(side => simulateSide(job, ports, { side, repeat })))
  // A sandbox ends what a run leaves behind, which can take the other side's run with it.
  const lost = bothRuns.some(({ run: { job: ended } }) => ended.signal === 'SIGKILL' && !ended.timedOut)
  const [base, head] = lost
    ? [
        await simulateSide(job, ports, { side: 'base', repeat }),
        await simulateSide(job, ports, { side: 'head', repeat }),
      ]
    : bothRuns
  const sides = { base: base!, head: head! }
  const limitations: Limitation[] = []
  for (const side of SIDES) {
    const { fatal, limitation } = faultOfSimulation(sides[side].run, side, job.probe.valgrind!.version)
    if (fatal) return failed(fatal)
    if (limitation) limitations.push(limitation)
  }
  return success({ sides, limitations })
}

/**
 * Go's scheduler interrupts its own threads with signals, on which callgrind fails an assertion (valgrind 3.19); asyncpreemptoff
 * (runtime/extern.go) has it ask at function entries instead. Valgrind runs one thread at a time: with several processors of its own the
 * scheduler looks for work in turns, which cost more than the benchmark and other numbers each time. Other programs read neither.
 */
function forSimulation(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { GODEBUG = '', GOMAXPROCS = '1' } = env
  const others = GODEBUG.split(',').filter(each => each !== '' && !each.startsWith('asyncpreemptoff='))
  return { ...env, GOMAXPROCS, GODEBUG: [...others, 'asyncpreemptoff=1'].join(',') }
}

async function simulateSide(
  job: CountJob,
  { sandbox, clock }: Pick<Ports, 'sandbox' | 'clock'>,
  { side, repeat }: { readonly side: Side; readonly repeat: number },
): Promise<SideCounts> {
  const { trees, plan } = job.request
  const { command, env } = countedOn(job, side)
  const table = emptyCostTable()
  const totals: EventTotals = new Map()
  // Only the first run's costs become a profile.
  const calls = repeat === 0 ? emptyCallTable() : undefined
  const { valgrind, geometry } = job.probe
  const place = sandbox.placeOf(trees[side])
  const strays = strayRule(place.inside)
  const simulation = { valgrind: valgrind!.path, geometry, table, totals, strays, ...(calls && { calls }) }
  // Each work by itself: a shell around them would be counted too.
  const runs: SimulatedRun[] = []
  for (const each of job.works?.[side].map(commandOf) ?? [command]) {
    const run = await simulate(sandbox, simulation, {
      ...{ side, command: each, tree: trees[side], around: plan.around },
      env: { ...forSimulation(env), [PADDING]: 'x'.repeat(PADDING_STEP * (1 + repeat)) },
      timeoutSeconds: Math.max(1, secondsLeft(job, clock)),
    })
    runs.push(run)
    if (failureOf(run) !== undefined) break
  }
  const run = runs.length === 1 ? runs[0]! : together(runs)
  // The run named its files as jobs see them.
  const outside = (object: string): string => outsideOf(place, object)
  const segments = segmentsReader()
  const files = { isBuilt: builtIn(place.inside), segmentsOf: (object: string) => segments(outside(object)) }
  const went = settleStrays(table, files)
  const named = (object: string): string => outside(went.get(object) ?? object)
  const objects = profilesOf(table, true).map(each => ({ ...each, object: named(each.object) }))
  const called = calls && { calls: callsOf(calls, named) }
  const profile = { source: 'callgrind', total: table.total, objects, ...called } as const
  return { run, counts: countsOfTotals(totals), profile }
}

/** Runs one after another as one; how they ended is how the last did, which is the first that failed. */
function together(runs: readonly SimulatedRun[]): SimulatedRun {
  const last = runs.at(-1)!
  const times = runs.map(({ job }) => job.cpuSeconds)
  const cpuSeconds = times.every(each => each !== undefined)
    ? times.reduce((sum, each) => sum + each, 0)
    : undefined
  const { cpuSeconds: _, ...job } = last.job
  return {
    ...last,
    job: { ...job, ...(cpuSeconds !== undefined && { cpuSeconds }) },
    files: runs.flatMap(({ files }) => files),
    capped: runs.some(({ capped }) => capped),
    log: runs.map(({ log }) => log).join(''),
  }
}
