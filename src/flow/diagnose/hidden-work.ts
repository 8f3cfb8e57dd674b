import { ENOUGH_SAMPLES } from '../../core/counters/sample-profile.ts'
import { mayHideWork } from '../../core/decision/masked.ts'
import { arrangementOf } from '../../core/harness/arrange.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { SIDES } from '../../core/model/side.ts'
import { type HotChange, hotChange } from '../../core/placement/hot-change.ts'
import { listed, quoted } from '../../core/text/text.ts'
import { hiddenWorkNotSought, type NOT_SOUGHT, soughtBecause } from '../../report/limitations/explaining.ts'
import type { Hold } from '../../shell/ports/ports.ts'
import { kernelNumber, perfVersion } from '../../shell/profilers/perf.ts'
import { type CountedTable, type Counting, countOne, startCounting } from '../count/count-all.ts'
import { isFixedWork } from '../count/fixed-work.ts'
import { type SamplingJob, sampleHot } from '../count/hot-samples.ts'
import { type Counted, secondsLeft } from '../count/request.ts'
import type { GateContext } from '../run/gate-context.ts'
import { openObjects } from './objects.ts'

/** The part of measuring's budget that looking for hidden work may take. */
const BUDGET_SHARE = 0.25
/** Enough to see every function in which a fiftieth of the time is spent, and runs to take them in. */
const SAMPLES = { samples: 600, recordings: 3 }
/** The part of one row's time from which on a function is hot. */
const HOT_SHARE = 0.01

/** What the rows of one command have in common: it runs for all of them. */
interface Group {
  readonly plan: BenchmarkPlan
  readonly rows: readonly BenchmarkReport[]
}

/**
 * Counts the rows that did not change and whose hot code did, so that more work which a luckier layout hides is found. A row whose hot
 * code is the same is not counted: samples of a run of each side show that, which costs no more than two of its timed runs.
 */
export async function countHidden(
  context: GateContext,
  table: CountedTable,
  hold: Hold,
): Promise<CountedTable> {
  const { plan, ports } = context
  const rows = table.benchmarks.filter(row => mayHideWork(row) && !table.counted.has(row.name))
  if (rows.length === 0) return table
  if (plan.settings.counters === 'off')
    return {
      ...table,
      limitations: [
        ...table.limitations,
        ...limitationsOf(rows.map(row => ({ row, why: 'counters-off' as const }))),
      ],
    }
  const deadline = ports.clock.now() + BUDGET_SHARE * plan.settings.budgetSeconds
  return ports.log.group('Look for more work in what did not get slower', () =>
    countChanged(context, { table, rows, hold, deadline }),
  )
}

interface Look {
  readonly table: CountedTable
  readonly rows: readonly BenchmarkReport[]
  readonly hold: Hold
  /** Monotonic seconds. */
  readonly deadline: number
}

async function countChanged(
  context: GateContext,
  { table, rows, hold, deadline }: Look,
): Promise<CountedTable> {
  const { ports } = context
  const planned = new Map(context.plan.benchmarks.map(each => [each.plan.name, each.plan]))
  const probe = await samplingProbe(context)
  const changed: BenchmarkReport[] = []
  const unseen: Unseen[] = []
  for (const group of groupsOf(rows, planned)) {
    if (ports.clock.now() >= deadline) {
      unseen.push(...group.rows.map(row => ({ row, why: 'no-time' as const })))
      continue
    }
    const job = { request: requestFor(context, group, hold), probe, deadline }
    const found = probe.perf ? await lookAt(context, group, job) : undefined
    if (found?.kind === 'same') continue
    changed.push(...group.rows)
    ports.log.line(`${namesOf(group.rows)}: ${soughtBecause(found)}`)
  }
  if (changed.length === 0) return { ...table, limitations: [...table.limitations, ...limitationsOf(unseen)] }
  const counting = { ...(table.counting ?? (await startCounting(context, hold.scheduling))), deadline }
  const counted = new Map(table.counted)
  const faults: Limitation[] = []
  for (const row of changed) {
    const found = await countRow(context, counting, planned.get(row.name)!)
    if (!found.ok) {
      unseen.push({ row, why: found.fault })
      continue
    }
    const { counters, limitations } = found.value
    counted.set(row.name, found.value)
    faults.push(...limitations)
    if (counters.base.instructions === undefined) unseen.push({ row, why: 'nothing-counted' })
    else if (!counters.fixedWork) unseen.push({ row, why: 'may-be-timed' })
  }
  return {
    benchmarks: table.benchmarks.map(row => withCounters(row, counted)),
    counted,
    counting: table.counting ?? counting,
    limitations: [...table.limitations, ...faults, ...limitationsOf(unseen)],
  }
}

/** A row that was not looked at, and why. */
interface Unseen {
  readonly row: BenchmarkReport
  readonly why: keyof typeof NOT_SOUGHT
}

/** Samples need perf alone, which is asked for far faster than everything that can be counted. */
async function samplingProbe({ ports }: GateContext): Promise<SamplingJob['probe']> {
  const path = await ports.tools.find('perf')
  const version = path && (await perfVersion(ports.tools, path))
  const mostHertz = (await kernelNumber('/proc', 'perf_event_max_sample_rate')) ?? 100_000
  return { ...(path && version ? { perf: { path, version } } : {}), hardware: false, mostHertz }
}

/** The rows by command, the quickest first. */
function groupsOf(
  rows: readonly BenchmarkReport[],
  planned: ReadonlyMap<string, BenchmarkPlan>,
): readonly Group[] {
  const groups = new Map<string, { plan: BenchmarkPlan; rows: BenchmarkReport[] }>()
  for (const row of rows) {
    const plan = planned.get(row.name)
    if (!plan) continue
    const key = JSON.stringify(arrangementOf(plan))
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { plan, rows: [row] })
  }
  return [...groups.values()].toSorted((one, other) => secondsOf(one) - secondsOf(other))
}

/** What a run of the command takes, as far as the rows tell; a harness that measures for a time takes about a second a row. */
function secondsOf({ plan, rows }: Group): number {
  const wall = plan.format.kind === 'wall' ? rows[0]?.base?.median : undefined
  return wall ?? rows.length
}

/** One row is run alone where its harness can do that, several as the command is. */
function requestFor(
  { checkout, env }: GateContext,
  { plan, rows }: Group,
  { scheduling }: Hold,
): SamplingJob['request'] {
  const { format } = plan
  const whole = format.kind === 'harness' && rows.length > 1 ? withoutRow(plan) : plan
  return { plan: whole, trees: checkout.trees, env, scheduling }
}

function withoutRow(plan: BenchmarkPlan): BenchmarkPlan {
  if (plan.format.kind !== 'harness') return plan
  const { row: _, ...format } = plan.format
  return { ...plan, format }
}

async function lookAt(
  { checkout, ports }: GateContext,
  group: Group,
  job: SamplingJob,
): Promise<HotChange | undefined> {
  const { profiles } = await sampleHot(job, ports, secondsOf(group), SAMPLES)
  if (!profiles || SIDES.some(side => profiles[side].total < FEWEST_SAMPLES)) return undefined
  const opened = openObjects(profiles, checkout.trees)
  try {
    const totals = { base: profiles.base.total, head: profiles.head.total }
    return hotChange({ objects: opened.objects, totals, hotShare: HOT_SHARE / group.rows.length })
  } finally {
    opened.close()
  }
}

/** With fewer samples even a hot function may have none. */
const FEWEST_SAMPLES = ENOUGH_SAMPLES / 100

/** Counts a row's instructions once, which the layouts then decide about; or why that says nothing. */
async function countRow(
  context: GateContext,
  counting: Counting,
  benchmark: BenchmarkPlan,
): Promise<Result<Counted, keyof typeof NOT_SOUGHT>> {
  const { ports } = context
  if (benchmark.format.kind !== 'harness' && !isFixedWork(benchmark)) return failed('may-be-timed')
  const seconds = secondsLeft(counting, ports.clock)
  if (seconds <= 0) return failed('no-time')
  ports.log.doing?.(`counting ${benchmark.name}`, seconds)
  const found = await countOne(context, counting, { benchmark, seconds, thorough: false, screening: true })
  ports.log.line(`${benchmark.name}: ${found.counters.summary ?? 'nothing was counted'}`)
  return success(found)
}

function withCounters(row: BenchmarkReport, counted: ReadonlyMap<string, Counted>): BenchmarkReport {
  const counters = counted.get(row.name)?.counters
  return row.counters || !counters || counters.source === 'none' ? row : { ...row, counters }
}

const namesOf = (rows: readonly BenchmarkReport[]) =>
  listed(
    rows.map(({ name }) => name),
    3,
  )

/** One limitation for each reason. */
function limitationsOf(unseen: readonly Unseen[]): readonly Limitation[] {
  return [...new Set(unseen.map(({ why }) => why))].map(why => {
    const names = unseen.filter(each => each.why === why).map(({ row }) => quoted(row.name))
    return hiddenWorkNotSought(names, why)
  })
}
