import { decideInstructions } from '../core/compare.ts'
import type { Geometry } from '../core/counters/profile.ts'
import type { BenchmarkPlan, BenchmarkReport, Decision, Limitation } from '../core/model.ts'
import { median } from '../core/statistics/median.ts'
import { count } from './count.ts'
import type { Counted } from './count-request.ts'
import type { Findings } from './findings.ts'
import type { Planned } from './plan.ts'
import { probeCounters } from './probe-counters.ts'

/** The table with what was counted beside what was timed. */
export interface CountedTable {
  readonly benchmarks: readonly BenchmarkReport[]
  /** By benchmark. */
  readonly counted: ReadonlyMap<string, Counted>
  /** The caches that were simulated or that the machine has; absent when nothing was counted. */
  readonly geometry?: Geometry
  readonly limitations: readonly Limitation[]
}

/** What is asked about first while there is time: what changed, then what is open, then the rest. */
const URGENCY: readonly Decision[] = ['slower', 'faster', 'undecided', 'unchanged']

/** Counts every benchmark that ran on both sides, those that changed first, for as long as measuring was allowed to take. */
export async function countAll(
  findings: Findings,
  measured: readonly BenchmarkReport[],
  cpus?: string,
): Promise<CountedTable> {
  const { plan, world } = findings
  const rows = new Map(measured.map(row => [row.name, row]))
  const wanted = plan.benchmarks
    .filter(planned => isWanted(planned, rows.get(planned.plan.name)))
    .toSorted((one, other) => urgency(rows.get(one.plan.name)) - urgency(rows.get(other.plan.name)))
  const counting = wanted.length > 0 && (plan.settings.counters !== 'off' || wanted.some(isCounted))
  const { counted, ...rest } = counting
    ? await world.log.group('Count what was executed', () => countEach(findings, wanted, cpus))
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

/** What ran on both sides and may differ; a row that needed no round is identical, or broken. */
function isWanted(planned: Planned, row: BenchmarkReport | undefined): boolean {
  if (planned.on.length < 2) return false
  return row === undefined ? isCounted(planned) : row.rounds > 0 && row.decision !== 'unmeasured'
}

const urgency = (row: BenchmarkReport | undefined) => (row ? URGENCY.indexOf(row.decision) : -1)

async function countEach(findings: Findings, wanted: readonly Planned[], cpus: string | undefined) {
  const { world, plan, checkout, env } = findings
  const { counters: mode, budgetSeconds, l1i } = plan.settings
  const geometry = l1i && { l1i }
  const probe = await probeCounters(world, {
    ...(geometry && { geometry }),
    ...(cpus === undefined ? {} : { cpus }),
    env: env.base,
  })
  const deadline = world.clock.now() + budgetSeconds
  const counted = new Map<string, Counted>()
  const late: string[] = []
  for (const [index, { plan: benchmark }] of wanted.entries()) {
    // A slow simulation may take its share of what is left, and not that of those behind it.
    const left = (deadline - world.clock.now()) / Math.max(1, Math.min(SHARERS, wanted.length - index))
    if (left <= 0) {
      late.push(benchmark.name)
      continue
    }
    const found = await count(
      {
        plan: benchmark,
        trees: checkout.trees,
        env,
        mode: mode === 'off' ? 'auto' : mode,
        ...(geometry && { geometry }),
        ...(cpus === undefined ? {} : { cpus }),
        timeLimitSeconds: left,
        probe,
      },
      world,
    )
    counted.set(benchmark.name, found)
    world.log.line(`${benchmark.name}: ${found.counters.summary ?? 'nothing was counted'}`)
  }
  return {
    counted,
    geometry: probe.geometry,
    limitations: [...[...counted.values()].flatMap(each => each.limitations), ...tooLate(late)],
  }
}

function tooLate(names: readonly string[]): readonly Limitation[] {
  if (names.length === 0) return []
  const what = `There was no time left to count ${names.length === 1 ? names[0]! : `${names.length} benchmarks`}.`
  return [
    {
      what,
      instead: 'The decision rests on time alone; raise budget, or name a smaller workload with count-with.',
    },
  ]
}

/** The row of a benchmark that is gated on instructions. */
function judged(planned: Planned, counted: ReadonlyMap<string, Counted>): BenchmarkReport {
  const { plan } = planned
  const repeats = counted.get(plan.name)?.instructionRepeats ?? { base: [], head: [] }
  const asked = askedFor(plan)
  if (planned.on.length < 2) {
    const isNew = planned.on[0] === 'head'
    const reason = isNew
      ? 'Base has no benchmark of this name.'
      : 'Head has no benchmark of this name any more.'
    return { ...asked, decision: isNew ? 'new' : 'removed', reason, rounds: 0 }
  }
  const series = (samples: readonly number[]) => ({ median: median(samples), samples })
  return {
    ...asked,
    ...decideInstructions(repeats.base, repeats.head, plan),
    ...(repeats.base.length > 0 && { base: series(repeats.base) }),
    ...(repeats.head.length > 0 && { head: series(repeats.head) }),
    rounds: Math.min(repeats.base.length, repeats.head.length),
  }
}

function askedFor({ name, unit, threshold, floor, better, metric }: BenchmarkPlan) {
  return { name, unit, threshold, ...(floor !== undefined && { floor }), better, metric }
}
