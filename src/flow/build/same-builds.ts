import { failureOf } from '../../core/harness/run-end.ts'
import { InputError } from '../../core/model/errors.ts'
import { isNoisy } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import { quoted } from '../../core/text/text.ts'
import { runsNothingBuilt } from '../../report/limitations/measuring.ts'
import { describeIdentity } from '../../report/reasons/builds.ts'
import { decidedLine } from '../../report/terminal/progress.ts'
import type { Planned } from '../prepare/plan.ts'
import type { GateContext } from '../run/gate-context.ts'
import { stoppableMatch } from '../run/stoppable-match.ts'
import { type FilesOutside, openOutside } from '../trees/files-outside.ts'
import type { MappedFiles, UnreadFiles } from '../trees/files-used.ts'
import { compareBuilds } from './compare-builds.ts'
import { type FirstRun, type FirstRuns, runFirst } from './first-runs.ts'
import { sizesOf } from './sizes.ts'
import { renamedIn, rowsOf } from './survey-rows.ts'

/** What was found out before measuring. */
export interface Survey {
  /** The benchmarks of the plan, with a row of its own for each result that a harness prints. */
  readonly benchmarks: readonly Planned[]
  /** Names of the rows that cannot differ, with the sentence that says why. */
  readonly identical: ReadonlyMap<string, string>
  /** What the first runs of each row's command showed, where both ran to their end. */
  readonly first: ReadonlyMap<string, PerSide<FirstRun>>
  /** The rows that needed no run, because what was built decides them, by name. */
  readonly sized: ReadonlyMap<string, BenchmarkReport>
  readonly notes: readonly string[]
  /** What a reviewer must know of rows that were renamed, or may have been. */
  readonly remarks: readonly string[]
  /** What weakens the comparison of the builds. */
  readonly limitations: readonly Limitation[]
}

/**
 * Runs every command once on both sides. Its output tells which rows it has; and where the files that it used are the same on both
 * sides, it runs the same code on the same data, needs no measuring, and would only give noise a chance.
 */
export async function survey(context: GateContext): Promise<Survey> {
  const { plan, ports } = context
  return ports.log.group('Look whether the builds differ', async () => {
    const identical = new Map<string, string>()
    const first = new Map<string, PerSide<FirstRun>>()
    const sized = new Map<string, BenchmarkReport>()
    const faults: string[] = []
    const notes: string[] = []
    const remarks: string[] = []
    const limitations: Limitation[] = []
    const benchmarks: Planned[] = []
    const known = new Map<string, Looked>()
    const { trees } = context.checkout
    const outside = { base: await openOutside(trees.base), head: await openOutside(trees.head) }
    const unread: UnreadFiles = new Map()
    for (const planned of plan.benchmarks) {
      if (planned.untouched !== undefined) {
        identical.set(planned.plan.name, planned.untouched)
        ports.log.line(`${planned.plan.name}: ${planned.untouched}`)
      }
      if (planned.on.length < SIDES.length || planned.untouched !== undefined) {
        benchmarks.push(planned)
        continue
      }
      const sizes = await sizesOf(planned.plan, context.checkout.trees)
      faults.push(...sizes.faults)
      for (const { plan, report } of sizes.rows) {
        benchmarks.push({ ...planned, plan })
        sized.set(plan.name, report)
        ports.log.line(decidedLine(report))
      }
      if (planned.plan.command === '') continue
      const key = JSON.stringify([planned.plan.command, planned.plan.format, planned.plan.around])
      const looked = known.get(key) ?? (await look(planned.plan, context, { outside, unread }))
      known.set(key, looked)
      const renamed = renamedIn(planned.plan, looked, context)
      remarks.push(...renamed.remarks)
      const expanded = rowsOf(planned.plan, looked, renamed.renames)
      faults.push(...expanded.faults)
      notes.push(...expanded.notes)
      const rows = expanded.rows.map((row): Planned => ({ ...planned, ...row }))
      benchmarks.push(...rows)
      limitations.push(...usingNothing(planned.plan.name, looked))
      for (const row of rows) {
        if (looked.ran) first.set(row.plan.name, looked.first.runs)
        if (looked.reason === undefined || row.on.length < SIDES.length) continue
        identical.set(row.plan.name, looked.reason)
        ports.log.line(`${row.plan.name}: ${looked.reason}`)
      }
    }
    faults.push(...twiceNamed(benchmarks))
    if (faults.length > 0) throw new InputError(faults)
    return { benchmarks, identical, first, sized, notes, remarks, limitations }
  })
}

/** Whether any row is left that a run must decide. */
export function mustMeasure({ benchmarks, identical, sized }: Survey): boolean {
  return identical.size + sized.size < benchmarks.length
}

function twiceNamed(benchmarks: readonly Planned[]): readonly string[] {
  const known = new Set<string>()
  const twice = new Set<string>()
  for (const { plan } of benchmarks) (known.has(plan.name) ? twice : known).add(plan.name)
  return [...twice].map(name => `Two rows have the name ${quoted(name)}; give one of them another.`)
}

/** The findings of a gate whose plan has the rows that were found. */
export function withRows(
  context: GateContext,
  { benchmarks, notes, remarks, limitations }: Survey,
): GateContext {
  const { plan } = context
  const timed = benchmarks.filter(({ plan: { metric }, on }) => isNoisy(metric) && on.length === SIDES.length)
  const tableRows = Math.max(plan.tableRows, timed.length)
  return {
    ...context,
    limitations: [...context.limitations, ...limitations],
    plan: {
      ...plan,
      benchmarks,
      tableRows,
      notes: [...plan.notes, ...notes],
      gateChanges: [...plan.gateChanges, ...remarks],
    },
  }
}

/** What the builds called their trees. */
function builtAsIn({ checkout, ports }: GateContext): PerSide<string> {
  const of = (side: Side) => ports.sandbox.placeOf(checkout.trees[side]).inside.tree
  return { base: of('base'), head: of('head') }
}

interface Looked {
  readonly first: FirstRuns
  /** Whether it ran to its end on both sides. */
  readonly ran: boolean
  /** Why the command cannot differ; absent when it can, or when it does not run to its end. */
  readonly reason?: string
}

const MATCH_MILLISECONDS = 1000

async function look(
  entry: BenchmarkPlan,
  context: GateContext,
  { outside, unread }: { readonly outside: PerSide<FilesOutside>; readonly unread: UnreadFiles },
): Promise<Looked> {
  const { checkout, ports } = context
  const first = await runFirst(entry, context, stoppableMatch(MATCH_MILLISECONDS), unread)
  const { base, head } = first.runs
  // Measuring will say how it failed.
  const failedRun = failureOf(base.outcome) || failureOf(head.outcome)
  const inTrees = { base: base.mapped, head: head.mapped }
  const compare = (mapped: PerSide<MappedFiles>) =>
    compareBuilds({ trees: checkout.trees, builtAs: builtAsIn(context), mapped })
  const found = failedRun ? undefined : await compare(inTrees)
  // What is next to the trees may be many files: they are looked at where it is still open whether the sides differ.
  const open = found && (found.identical || SIDES.some(side => usesNothing(inTrees[side])))
  if (!open) for (const side of SIDES) outside[side].passed()
  if (!found) return { first, ran: false }
  const mapped = open ? await withOutside(inTrees, outside) : inTrees
  const identity = open ? await compare(mapped) : found
  const reason = describeIdentity(identity)
  if (!identity.identical) ports.log.line(reason)
  const runs = { base: { ...base, mapped: mapped.base }, head: { ...head, mapped: mapped.head } }
  return { first: { ...first, runs }, ran: true, ...(identity.identical && { reason }) }
}

const usesNothing = ({ exact, files }: MappedFiles): boolean => exact && files.length === 0

/** What the runs used next to the trees too; without an answer, what they used is not known exactly. */
async function withOutside(
  mapped: PerSide<MappedFiles>,
  outside: PerSide<FilesOutside>,
): Promise<PerSide<MappedFiles>> {
  const of = async (side: Side): Promise<MappedFiles> => {
    if (!mapped[side].exact) return mapped[side]
    if (!outside[side].known) return { ...mapped[side], exact: false }
    return { ...mapped[side], outside: await outside[side].used() }
  }
  return { base: await of('base'), head: await of('head') }
}

/** A run that reads nothing of its own side may be one and the same program on both. */
function usingNothing(name: string, { ran, first }: Looked): readonly Limitation[] {
  if (!ran) return []
  const sides = SIDES.filter(side => {
    const { mapped } = first.runs[side]
    return usesNothing(mapped) && (mapped.outside ?? []).length === 0
  })
  return sides.length === 0 ? [] : [runsNothingBuilt(name, sides)]
}
