import { saysItsValue } from '../../core/counters/bounded-by-time.ts'
import type { CounterProbe } from '../../core/counters/probe.ts'
import { decideInstructions } from '../../core/decision/rounds-summary.ts'
import { hasCause } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport, Decision, Limitation } from '../../core/model/report.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { noTimeToCount, notCounted, type Uncounted } from '../../report/limitations/counting.ts'
import { describeReason } from '../../report/words/open-answer.ts'
import type { Planned } from '../prepare/plan.ts'
import type { GateContext } from '../run/gate-context.ts'
import { plannedFields, seriesOf, unpairedRow } from '../run/report-rows.ts'
import { count, sampledOnly } from './count.ts'
import { isFixedWork, runAlone, withFixedWork } from './fixed-work.ts'
import { probeCounters } from './probe-counters.ts'
import { type Counted, NO_REPEATS, secondsLeft } from './request.ts'

/** The table with what was counted added to what was timed. */
export interface CountedTable {
  readonly benchmarks: readonly BenchmarkReport[]
  /** By benchmark. */
  readonly counted: ReadonlyMap<string, Counted>
  /** How it was counted; absent when nothing was. */
  readonly counting?: Counting
  readonly limitations: readonly Limitation[]
}

/** What the counting of every benchmark shares. */
export interface Counting {
  readonly probe: CounterProbe
  readonly scheduling: Scheduling
  /** Monotonic seconds. */
  readonly deadline: number
}

/** What is asked about first while there is time: what changed, then what is open. What did not change needs no cause. */
const URGENCY: readonly Decision[] = ['slower', 'faster', 'undecided']

/** Seconds for counting all rows that are undecided: what it finds may help, and decides nothing. */
const UNDECIDED_SECONDS = 30

/** Counts the benchmarks that changed for as long as measuring was allowed to take, and then, for a short while, those that are open. */
export async function countAll(
  context: GateContext,
  measured: readonly BenchmarkReport[],
  scheduling: Scheduling,
): Promise<CountedTable> {
  const { plan, ports } = context
  const rows = new Map(measured.map(row => [row.name, row]))
  const wanted = plan.benchmarks
    .filter(planned => isWanted(planned, rows.get(planned.plan.name)))
    .toSorted((one, other) => urgency(rows.get(one.plan.name)) - urgency(rows.get(other.plan.name)))
  const counting = wanted.length > 0 && (plan.settings.counters !== 'off' || wanted.some(isCounted))
  const { counted, ...rest } = counting
    ? await ports.log.group('Count what was executed', () => countEach(context, wanted, { rows, scheduling }))
    : NOTHING
  const benchmarks = plan.benchmarks.flatMap(planned => {
    const row = rows.get(planned.plan.name) ?? (isCounted(planned) ? judged(planned, counted) : undefined)
    const counters = counted.get(planned.plan.name)?.counters
    return row ? [counters && counters.source !== 'none' ? { ...row, counters } : row] : []
  })
  return { benchmarks, counted, ...rest }
}

const NOTHING = { counted: new Map<string, Counted>(), limitations: [] }

/** The time left is parted among as many as this: most need far less than their share. */
const SHARERS = 3

const isCounted = ({ plan }: Planned) => plan.metric === 'instructions'

/** What ran on both sides and was not shown to be unchanged; a row that needed no round is identical, or broken. */
function isWanted(planned: Planned, row: BenchmarkReport | undefined): boolean {
  if (planned.on.length < 2) return false
  if (row === undefined) return isCounted(planned)
  return hasCause(planned.plan.metric) && row.rounds > 0 && URGENCY.includes(row.decision)
}

const isChanged = (row: BenchmarkReport | undefined) =>
  row?.decision === 'slower' || row?.decision === 'faster'

const urgency = (row: BenchmarkReport | undefined) => (row ? URGENCY.indexOf(row.decision) : -1)

interface Known {
  readonly rows: ReadonlyMap<string, BenchmarkReport>
  readonly scheduling: Scheduling
}

async function countEach(context: GateContext, wanted: readonly Planned[], { rows, scheduling }: Known) {
  const { ports } = context
  const counting = await startCounting(context, scheduling)
  const counted = new Map<string, Counted>()
  // Several metrics of one benchmark are of one run, and instructions, which are counted most often, come first.
  const byRun = new Map<string, Counted>()
  const late: string[] = []
  let forUndecided = UNDECIDED_SECONDS
  for (const [index, { plan: benchmark }] of wanted.entries()) {
    const run = JSON.stringify([benchmark.command, benchmark.format, benchmark.countWith])
    const same = byRun.get(run)
    if (same) {
      counted.set(benchmark.name, same)
      continue
    }
    // A slow simulation may take its share of what is left, and not that of those behind it.
    const share = secondsLeft(counting, ports.clock) / Math.max(1, Math.min(SHARERS, wanted.length - index))
    const open = rows.get(benchmark.name)?.decision === 'undecided'
    const left = open ? Math.min(share, forUndecided) : share
    if (left <= 0) {
      late.push(benchmark.name)
      continue
    }
    ports.log.doing?.(`counting ${benchmark.name}, ${index + 1} of ${wanted.length}`, left)
    const thorough = isChanged(rows.get(benchmark.name))
    const start = ports.clock.now()
    const found = await countOne(context, counting, {
      ...{ benchmark, seconds: left, thorough },
      valueRatio: rows.get(benchmark.name)?.change?.ratio,
    })
    if (open) forUndecided -= ports.clock.now() - start
    counted.set(benchmark.name, found)
    byRun.set(run, found)
    ports.log.line(`${benchmark.name}: ${found.counters.summary ?? 'nothing was counted'}`)
  }
  return {
    counted,
    counting,
    limitations: [...[...counted.values()].flatMap(each => each.limitations), ...tooLate(late)],
  }
}

/** Finds out what can be counted here, and by when counting has to be done. */
export async function startCounting(
  { ports, plan, env }: GateContext,
  scheduling: Scheduling,
): Promise<Counting> {
  const { l1i, budgetSeconds } = plan.settings
  const geometry = l1i && { geometry: { l1i } }
  const probe = await probeCounters(ports, { ...geometry, scheduling, env: env.base })
  return { probe, scheduling, deadline: ports.clock.now() + budgetSeconds }
}

const UNCOUNTED: Counted = {
  counters: { source: 'none', base: {}, head: {} },
  instructionRepeats: NO_REPEATS,
  limitations: [],
}

interface CountTurn {
  readonly benchmark: BenchmarkPlan
  readonly seconds: number
  readonly thorough: boolean
  /** Only instructions are asked for, once. */
  readonly screening?: boolean
  /** By how much its value changed. */
  readonly valueRatio?: number | undefined
}

/** Whether the value is that of the whole run, and not one of many results. */
const isAlone = ({ format }: BenchmarkPlan) => format.kind !== 'harness'

/** Counts one benchmark in at most so many seconds. */
export async function countOne(
  { ports, plan, checkout, env }: GateContext,
  { probe, scheduling }: Counting,
  { benchmark, seconds, thorough, screening = false, valueRatio }: CountTurn,
): Promise<Counted> {
  const { counters, l1i } = plan.settings
  const place = { sandbox: ports.sandbox, tree: checkout.trees.base, env: env.base, scheduling }
  const fixed = await withFixedWork(benchmark, place)
  const mode = counters === 'off' ? 'auto' : counters
  const unfixed = (uncounted: Uncounted): Promise<Counted> | Counted => {
    // A row that is gated on its instructions has no use for samples.
    if (counters === 'off' || benchmark.metric === 'instructions') {
      const refused = notCounted(uncounted, { sampled: false })
      return { ...UNCOUNTED, limitations: [refused], refused }
    }
    const deadline = ports.clock.now() + seconds
    const request = {
      plan: benchmark,
      trees: checkout.trees,
      env,
      mode,
      scheduling,
      timeLimitSeconds: seconds,
      screening,
    }
    return sampledOnly({ request, probe, deadline, repeatUntil: deadline }, ports, uncounted)
  }
  if (!fixed.ok) return unfixed(fixed.fault)
  const timed = saysItsValue(benchmark.format) && !isFixedWork(fixed.value)
  const native = timed ? await runAlone(fixed.value, place) : undefined
  const request = {
    plan: fixed.value,
    trees: checkout.trees,
    env,
    mode,
    ...(l1i && { geometry: { l1i } }),
    scheduling,
    timeLimitSeconds: seconds,
    thorough,
    screening,
    nativeCpuSeconds: native?.cpuSeconds,
    valueRatio: timed && isAlone(benchmark) ? valueRatio : undefined,
    probe,
  } as const
  const found = await count(request, ports)
  if (found.counters.source === 'none' || !isFixedWork(fixed.value)) return found
  return { ...found, counters: { ...found.counters, fixedWork: true } }
}

function tooLate(names: readonly string[]): readonly Limitation[] {
  if (names.length === 0) return []
  return [noTimeToCount(names)]
}

/** The row of a benchmark that is gated on instructions. */
function judged(planned: Planned, counted: ReadonlyMap<string, Counted>): BenchmarkReport {
  const { plan } = planned
  const { instructionRepeats: repeats, refused } = counted.get(plan.name) ?? UNCOUNTED
  if (planned.on.length < 2) return unpairedRow(plan, planned.on[0] === 'head' ? 'new' : 'removed')
  if (refused)
    return {
      ...plannedFields(plan),
      decision: 'unmeasured',
      reason: `${refused.what} ${refused.instead}`,
      rounds: 0,
    }
  const { reason, ...answer } = decideInstructions(repeats.base, repeats.head, plan)
  return {
    ...plannedFields(plan),
    ...answer,
    ...(reason && { reason: describeReason(reason) }),
    ...(repeats.base.length > 0 && { base: seriesOf(repeats.base) }),
    ...(repeats.head.length > 0 && { head: seriesOf(repeats.head) }),
    rounds: Math.min(repeats.base.length, repeats.head.length),
  }
}
