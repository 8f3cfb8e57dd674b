import { type arrangementOf, benchmarkWords, listingOf } from '../../core/harness/arrange.ts'
import type { ExpandedRow } from '../../core/harness/expand.ts'
import { metricRows, wishesOf } from '../../core/harness/metric-rows.ts'
import { outputOf } from '../../core/harness/output.ts'
import type { Matcher } from '../../core/harness/plain-values.ts'
import { openRun } from '../../core/harness/read-run.ts'
import { InputError } from '../../core/model/errors.ts'
import type { ListedRow, Listing } from '../../core/model/listing.ts'
import { METRICS, type Metric } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import { success } from '../../core/model/result.ts'
import { faultClause } from '../../report/reasons/faults.ts'
import type { Job, JobOutcome } from '../../shell/ports/ports.ts'
import { runAround } from '../../shell/profilers/run-around.ts'
import type { GateContext } from '../run/gate-context.ts'
import { stoppableMatch } from '../run/stoppable-match.ts'
import { buildSide } from './build-side.ts'
import { runFirstOn } from './first-runs.ts'
import { lendObjects } from './lend-objects.ts'
import { sizesOf } from './sizes.ts'
import { expanded, shellNotes, unrecognisedNotes, withUnit } from './survey-rows.ts'

const MATCH_MILLISECONDS = 1000

/**
 * Builds head and finds the rows that a gate of it would have: from a harness that can list its names by that, else by one run. Its
 * code runs where that of a gate does. Throws an InputError for settings that fit none of the rows.
 */
export async function listRows(context: GateContext): Promise<Listing> {
  const { plan, history, ports } = context
  await buildHead(context)
  const match = stoppableMatch(MATCH_MILLISECONDS)
  return ports.log.group('List the rows', async () => {
    const rows: ListedRow[] = []
    const notes: string[] = [...plan.notes]
    const faults: string[] = []
    for (const { plan: entry } of plan.benchmarks) {
      const sizes = await sizesOf(entry, {
        base: context.checkout.trees.head,
        head: context.checkout.trees.head,
      })
      faults.push(...sizes.faults)
      rows.push(
        ...sizes.rows.map(({ plan, report }) =>
          rowOf(plan, entry, { from: 'run', value: report.head?.median ?? 0 }),
        ),
      )
      if (entry.command === '') continue
      const listed = (await listedBy(entry, context)) ?? (await runOnceFor(entry, context, match))
      rows.push(...listed.rows)
      notes.push(...listed.notes)
      faults.push(...listed.faults)
    }
    if (faults.length > 0) throw new InputError(faults)
    return { commit: history.head, rows, notes }
  })
}

async function buildHead(context: GateContext): Promise<void> {
  const { plan, checkout, env, ports } = context
  const { build: command, buildTimeoutSeconds: timeoutSeconds } = plan.settings
  const { trees, leftOut } = checkout
  await ports.sandbox.adopt(trees.head)
  await lendObjects(context)
  if (command !== undefined)
    await ports.log.group('Build', async () => {
      const failure = await buildSide('head', { command, trees, env, timeoutSeconds, leftOut }, ports)
      if (failure) throw failure.error
    })
  await ports.sandbox.seal(trees.head)
}

interface Listed {
  readonly rows: readonly ListedRow[]
  readonly notes: readonly string[]
  readonly faults: readonly string[]
}

/** The rows by the names that the harness lists without measuring; undefined where it cannot, or lists none. */
async function listedBy(entry: BenchmarkPlan, context: GateContext): Promise<Listed | undefined> {
  const listing = listingOf(entry)
  if (!listing || !isKnownByName(entry)) return undefined
  const outcome = await runHead(listing.run, entry, context)
  if (outcome.code !== 0 || outcome.truncated) return undefined
  const names = listing.read(outputOf(outcome.stdout))
  if (!names || names.length === 0) return undefined
  const { rows, ...rest } = expanded(entry, listing.format, {
    // The value is not looked at; every harness that lists names measures times.
    head: success([...new Set(names)].map(name => ({ name, value: 1, unit: 's' }))),
  })
  return { ...rest, rows: rows.map(({ plan }) => rowOf(plan, entry, { from: 'list' })) }
}

/** Whether names alone tell the rows: which of them have allocations, only a run says. */
function isKnownByName(entry: BenchmarkPlan): boolean {
  const asked = [
    ...wishesOf(entry),
    ...(entry.rules ?? []).flatMap(({ metric = [] }) => metric.map(metric => ({ metric }))),
  ]
  return asked.every(({ metric }) => ['time', 'instructions', 'memory', 'size'].includes(metric))
}

async function runOnceFor(entry: BenchmarkPlan, context: GateContext, match: Matcher): Promise<Listed> {
  context.ports.log.doing?.(`running ${entry.name}`, entry.timeoutSeconds)
  const { run, format } = await runFirstOn(entry, 'head', { context, match })
  const opened = openRun(run.outcome, match)
  const { plans, faults } = metricRows(withUnit({ ...entry, format }, [run.outcome]))
  const found: { readonly rows: readonly Pick<ExpandedRow, 'plan'>[] } & Omit<Listed, 'rows'> =
    format.kind === 'harness'
      ? expanded(entry, format, { head: opened.results(format.harness) })
      : {
          rows: plans.map(plan => ({ plan })),
          notes: unrecognisedNotes({ ...entry, format }, [run.outcome]),
          faults,
        }
  const { rows, ...rest } = found
  return {
    ...rest,
    notes: [...rest.notes, ...shellNotes(entry)],
    rows: rows.map(({ plan }) => {
      const reading = isTold(plan.metric) ? opened.read(plan) : undefined
      if (reading === undefined) return rowOf(plan, entry, { from: 'run' })
      if (reading.ok) return rowOf(plan, entry, { from: 'run', value: reading.value })
      const { says, lastLines } = reading.fault
      return rowOf(plan, entry, { from: 'run', fault: faultClause(says), ...(lastLines && { lastLines }) })
    }),
  }
}

/** What one run without any tool around it tells. */
const isTold = (metric: Metric) => METRICS[metric].by === 'rounds' && metric !== 'memory'

function rowOf(
  plan: BenchmarkPlan,
  { command, sizeOf = [] }: BenchmarkPlan,
  found: Pick<ListedRow, 'from' | 'value' | 'fault' | 'lastLines'>,
): ListedRow {
  const { name, format, metric, unit, better, threshold, floor } = plan
  return {
    name,
    command: command === '' ? sizeOf.join(' ') : command,
    ...(format.kind === 'harness' && format.harness !== 'auto' && { harness: format.harness }),
    metric,
    unit: METRICS[metric].unit ?? unit,
    better,
    threshold,
    ...(floor !== undefined && { floor }),
    ...found,
  }
}

function runHead(
  arranged: ReturnType<typeof arrangementOf>,
  { timeoutSeconds, around = {} }: BenchmarkPlan,
  { checkout, env, ports }: GateContext,
): Promise<JobOutcome> {
  const job: Job = {
    argv: benchmarkWords(arranged.command),
    tree: checkout.trees.head,
    env: { ...env.head, ...arranged.env },
    timeoutSeconds,
    outputCap: 2 ** 20,
  }
  return runAround(ports.sandbox, job, around)
}
