import { usesSeveralCpus } from '../../core/decision/cpu-time.ts'
import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import { SIDES } from '../../core/model/side.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { busyOnOneCpu, threadsOnOneCpu } from '../../report/limitations/measuring.ts'
import type { Hold } from '../../shell/ports/ports.ts'
import type { Survey } from '../build/same-builds.ts'
import type { Planned } from '../prepare/plan.ts'
import { soFar } from '../run/conclude.ts'
import type { GateContext } from '../run/gate-context.ts'
import { identicalRow, untouchedRow } from '../run/report-rows.ts'
import { controlTreeIn, copyControlTree } from '../trees/tree-copies.ts'
import { measure } from './measure.ts'
import type { FirstSeen } from './rounds.ts'
import type { MeasuredTable } from './rows.ts'

/** As many rounds as one benchmark may get; the time budget nearly always ends it earlier. */
export const MOST_ROUNDS = 1000

/** Measures whatever the survey found to differ; what is identical is unchanged without a run. */
export async function measureAll(context: GateContext, survey: Survey, hold: Hold): Promise<MeasuredTable> {
  const { plan, checkout, env, seed, ports, request } = context
  const { settings } = plan
  const differing = plan.benchmarks.filter(
    ({ plan: { name } }) => !survey.identical.has(name) && !survey.sized.has(name),
  )
  if (differing.length === 0) return inOrder({ benchmarks: [], limitations: [] }, plan.benchmarks, survey)
  return ports.log.group('Measure both sides', async () => {
    const control = controlTreeIn(ports.folder)
    const copied = await copyControlTree(checkout.trees.base, control, ports)
    if (copied) {
      await ports.sandbox.adopt(control, { like: checkout.trees.base })
      await ports.sandbox.seal(control)
      for (const { base } of survey.first.values()) await ports.sandbox.seal(control, base.mapped.files)
    }
    const aroundSeconds = aroundRuns(survey)
    const measured = await measure(
      {
        benchmarks: differing.map(planned => ({
          ...planned,
          ...firstSeen(survey, planned.plan.name, aroundSeconds),
        })),
        ...(request.invocation.shard && { tableRows: plan.tableRows }),
        ...(request.keepsHistory && { asksFaster: true }),
        trees: { ...checkout.trees, ...(copied ? { control } : {}) },
        env,
        scheduling: hold.scheduling,
        commits: [context.history.base.sha, context.history.head.sha],
        time: differing.some(({ plan: { metric } }) => metric === 'memory')
          ? await ports.tools.find('time')
          : undefined,
        seed,
        alpha: settings.alpha,
        warmUps: settings.warmup,
        maxRounds: MOST_ROUNDS,
        budgetSeconds: settings.budgetSeconds,
        save: partial => request.keep(soFar(context, inOrder(partial, plan.benchmarks, survey))),
      },
      ports,
    )
    const table = inOrder(measured, plan.benchmarks, survey)
    return { ...table, limitations: [...table.limitations, ...onOneCpu(differing, survey, hold.scheduling)] }
  })
}

/** The first runs of a row's command, which are the warm-up of measuring. */
function firstSeen({ first }: Survey, name: string, aroundSeconds: number): { readonly first?: FirstSeen } {
  const runs = first.get(name)
  if (!runs) return {}
  const { base, head } = runs
  return {
    first: {
      mapped: { base: base.mapped, head: head.mapped },
      seconds: {
        base: base.outcome.seconds + aroundSeconds,
        head: head.outcome.seconds + aroundSeconds,
      },
    },
  }
}

/** What a run costs us in addition to its own time, of which quick rows get far more than their share; the least of all first runs, which find caches cold. */
function aroundRuns({ first }: Survey): number {
  let least = Number.POSITIVE_INFINITY
  for (const { base, head } of first.values()) least = Math.min(least, base.aroundSeconds, head.aroundSeconds)
  return Number.isFinite(least) ? least : 0
}

/** The programs that keep several CPUs busy when they may, or start threads, and are measured on one. */
function onOneCpu(
  planned: readonly Planned[],
  { first }: Survey,
  { cpus }: Scheduling,
): readonly Limitation[] {
  if (cpus === undefined || !/^\d+$/.test(cpus)) return []
  const threaded: { readonly name: string; readonly threads: number }[] = []
  const busy = planned.flatMap(({ plan: { name } }): Limitation[] => {
    const outcomes = SIDES.flatMap(side => first.get(name)?.[side].outcome ?? [])
    const threads = Math.max(0, ...outcomes.map(run => run.threads ?? 0))
    const busiest = outcomes.find(usesSeveralCpus)
    if (!busiest && threads > 1) threaded.push({ name, threads })
    if (!busiest) return []
    const kept = busiest.cpuSeconds! / busiest.seconds
    return [busyOnOneCpu(name, { kept, threads, cpu: cpus })]
  })
  // Threads that take turns anyway may be a runtime's own, so that these rows share a sentence.
  return [...busy, ...(threaded.length > 0 ? [threadsOnOneCpu(threaded, cpus)] : [])]
}

/** The table in the order in which it was asked for, with a row for what needed no measuring. */
function inOrder(measured: MeasuredTable, planned: readonly Planned[], survey: Survey): MeasuredTable {
  const rows = new Map(measured.benchmarks.map(row => [row.name, row]))
  const benchmarks = planned.flatMap(({ plan, untouched }): BenchmarkReport[] => {
    const row = rows.get(plan.name) ?? survey.sized.get(plan.name)
    if (row) return [row]
    if (untouched !== undefined) return [untouchedRow(plan, untouched)]
    const reason = survey.identical.get(plan.name)
    return reason === undefined ? [] : [identicalRow(plan, reason)]
  })
  return { benchmarks, limitations: measured.limitations }
}
