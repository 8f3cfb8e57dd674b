import { type ExpandedRow, type Expansion, expandRows, type FirstResults } from '../../core/harness/expand.ts'
import { hidesFailure } from '../../core/harness/hidden-failure.ts'
import { metricRows } from '../../core/harness/metric-rows.ts'
import { pipesInNestedShell } from '../../core/harness/nested-shell.ts'
import { openRun } from '../../core/harness/read-run.ts'
import { inBaseNames, type RowRenames } from '../../core/harness/renames.ts'
import { betterOf, type Unit } from '../../core/harness/units.ts'
import { unrecognisedOutput } from '../../core/harness/unrecognised.ts'
import type { BenchmarkPlan, HarnessFormat } from '../../core/model/plan.ts'
import { SIDES } from '../../core/model/side.ts'
import {
  hiddenFailureNote,
  nestedShellNote,
  patternWithoutRow,
  unrecognisedNote,
} from '../../report/notes/harness.ts'
import type { JobOutcome } from '../../shell/ports/ports.ts'
import type { GateContext } from '../run/gate-context.ts'
import { stoppableMatch } from '../run/stoppable-match.ts'
import type { FirstRuns } from './first-runs.ts'
import { findRenamedRows, type RenamedRows } from './renamed-rows.ts'

/** The first runs of a command on both sides. */
interface SurveyedRun {
  readonly first: FirstRuns
  /** Whether it ran to its end on both sides. */
  readonly ran: boolean
}

const MATCH_MILLISECONDS = 1000

/** The rows of one command, with their limitations and notes. */
interface Rows {
  readonly rows: readonly ExpandedRow[]
  readonly faults: readonly string[]
  readonly notes: readonly string[]
}

const NOTHING_RENAMED = { renames: new Map<string, string>(), remarks: [] }

/** The rows of a command that head only calls by another name. */
export function renamedIn(
  entry: BenchmarkPlan,
  { first, ran }: SurveyedRun,
  { checkout }: GateContext,
): RenamedRows {
  const { format, results, runs } = first
  if (!ran || format.kind !== 'harness' || format.harness === 'auto') return NOTHING_RENAMED
  return findRenamedRows({
    entry: entry.name,
    harness: format.harness,
    results,
    trees: checkout.trees,
    mapped: { base: runs.base.mapped, head: runs.head.mapped },
  })
}

/** The rows of a command as its first runs on both sides show them. */
export function rowsOf(entry: BenchmarkPlan, { first }: SurveyedRun, renames: RowRenames): Rows {
  const { format, results, runs } = first
  if (format.kind === 'harness') {
    const head = inBaseNames(results.head, renames)
    const { rows, ...rest } = expanded(entry, format, { ...results, ...(head && { head }) })
    return {
      ...rest,
      rows: rows.map(row => ({ ...row, plan: withHeadName(row.plan, renames) })),
      notes: [...rest.notes, ...shellNotes(entry)],
    }
  }
  const plan = withUnit(
    { ...entry, format },
    SIDES.map(side => runs[side].outcome),
  )
  const { plans, faults } = metricRows(plan)
  return {
    rows: plans.map(plan => ({ plan, on: SIDES })),
    faults,
    notes: [...unrecognisedNotes(plan, [runs.head.outcome, runs.base.outcome]), ...shellNotes(entry)],
  }
}

function withHeadName(plan: BenchmarkPlan, renames: RowRenames): BenchmarkPlan {
  const { format } = plan
  if (format.kind !== 'harness' || format.row === undefined) return plan
  const onHead = [...renames].find(([, old]) => old === format.row)?.[0]
  return onHead === undefined ? plan : { ...plan, format: { ...format, onHead } }
}

/** The rows of a harness, with what to say of patterns that fit none of them. */
export function expanded(
  entry: BenchmarkPlan,
  format: HarnessFormat,
  results: FirstResults,
): Omit<Expansion, 'unmatched'> & Pick<Rows, 'notes'> {
  const { unmatched, ...found } = expandRows(entry, format, results)
  return { ...found, notes: unmatched.map(rule => patternWithoutRow(entry.name, rule)) }
}

/** What a command hides of how it ends, a sentence each. */
export function shellNotes({ name, command }: BenchmarkPlan): readonly string[] {
  const hiding = hidesFailure(command)
  return [
    ...(pipesInNestedShell(command) ? [nestedShellNote(name)] : []),
    ...(hiding === undefined ? [] : [hiddenFailureNote(name, hiding)]),
  ]
}

/** What to say of a command that is timed as a whole only because nothing else was recognised. */
export function unrecognisedNotes(
  { name, format }: BenchmarkPlan,
  outcomes: readonly JobOutcome[],
): readonly string[] {
  if (format.kind !== 'wall' || !format.recognise) return []
  const found = outcomes
    .filter(({ code }) => code === 0)
    .flatMap(outcome => unrecognisedOutput(outcome) ?? [])
  return found.slice(0, 1).map(output => unrecognisedNote(name, output))
}

/** The plan with the unit that its values turned out to be in, where their pattern reads one. */
export function withUnit(plan: BenchmarkPlan, outcomes: readonly JobOutcome[]): BenchmarkPlan {
  if (plan.format.kind !== 'regex') return plan
  const match = stoppableMatch(MATCH_MILLISECONDS)
  const unit = outcomes
    .map(outcome => openRun(outcome, match).read(plan))
    .find(reading => reading.ok && reading.unit !== undefined)
  if (!unit?.ok || unit.unit === undefined) return plan
  const better = plan.better === 'lower' ? betterOf(unit.unit as Unit['base']) : plan.better
  return { ...plan, unit: unit.unit, better }
}
