import type { Measured as Times } from '../../core/evidence/evidence.ts'
import type { Cause } from '../../core/model/explanation.ts'
import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import type { LayoutTrial } from '../../core/model/trials.ts'
import { DIFF_ARGUMENTS } from '../../core/source/diff.ts'
import { git } from '../../shell/git/git.ts'
import type { CountedTable } from '../count/count-all.ts'
import type { Counted } from '../count/request.ts'
import type { WholeCounter } from '../count/whole-benchmark.ts'
import { readCommits } from '../history/commits.ts'
import type { Findings } from '../run/context.ts'
import {
  causeOf,
  type Examined,
  type ExamineSides,
  examineSides,
  explainCounters,
  knowsRealCost,
  placementCandidate,
} from './diagnose.ts'

/** A row that changed, with what can be said of it before any layout was tried. */
export interface Case {
  /** With the counters that it is judged by. */
  readonly row: BenchmarkReport
  readonly times: Times
  /** Absent without a profile: then the counters alone are judged. */
  readonly examined?: Examined
  /** Whether a layout trial could turn "likely" into "shown". */
  readonly candidate: boolean
  readonly limitations: readonly Limitation[]
  /** Whether it was counted by the benchmark itself where there is a smaller workload. */
  readonly whole: boolean
}

/** What the two commits say, for every case. */
export type PullRequest = Omit<ExamineSides, 'profiles' | 'geometry'>

export async function readPullRequest({ checkout, history, world }: Findings): Promise<PullRequest> {
  const [base, head] = [history.base.sha, history.head.sha]
  const diff = await git(world.tools, checkout.clone, [...DIFF_ARGUMENTS, base, head])
  const commits = await readCommits(checkout.clone, { base, head }, world.tools)
  return { trees: checkout.trees, diff: diff.out, commits }
}

/** What every case is opened with. */
export interface CaseFile {
  readonly table: CountedTable
  readonly request: PullRequest
  readonly countWhole: WholeCounter
}

/** Examines a changed row; where a smaller workload shows no cause, by the benchmark itself. */
export async function openCase(row: BenchmarkReport, file: CaseFile): Promise<Case> {
  const first = open(row, file.table.counted.get(row.name), file)
  return firstCause(first).kind === 'unexplained' ? await byWhole(first, file) : first
}

/** Examines it by the benchmark itself where, after the layouts, the smaller workload leaves the cause open. */
export async function settleCase(opened: Case, file: CaseFile, trial?: LayoutTrial): Promise<Case> {
  return isOpenAfter(opened, trial) ? await byWhole(opened, file) : opened
}

/** Layouts that find a real cost want to know which; without them, nobody has confirmed that the same work was done. */
function isOpenAfter({ examined, times }: Case, trial: LayoutTrial | undefined): boolean {
  if (!examined || times.change.ratio <= 1 || trial?.outcome === 'placement') return false
  if (trial?.outcome === 'real' || trial?.outcome === 'mixed') return !knowsRealCost(examined, times)
  const { kind } = causeOf(examined, times, trial)
  return kind === 'placement' || kind === 'mixed'
}

async function byWhole(opened: Case, file: CaseFile): Promise<Case> {
  if (opened.whole) return opened
  const whole = await file.countWhole(opened.row)
  if (!whole) return opened
  const again = open({ ...opened.row, counters: whole.counters }, whole, file)
  opened.examined?.close()
  return { ...again, limitations: whole.limitations, whole: true }
}

function open(row: BenchmarkReport, found: Counted | undefined, { table, request }: CaseFile): Case {
  const times: Times = {
    change: row.change!,
    threshold: row.threshold,
    ...(found && found.counters.source !== 'none' && { counters: found.counters }),
  }
  const geometry = table.counting?.probe.geometry
  const profiles = found?.profiles
  const opened = { row, times, candidate: false, limitations: [], whole: false }
  if (!profiles || !geometry) return opened
  const examined = examineSides({ ...request, profiles, geometry })
  return { ...opened, examined, candidate: placementCandidate(examined, times) }
}

function firstCause({ examined, times }: Case): Pick<Cause, 'kind'> {
  return examined ? causeOf(examined, times) : explainCounters(times).cause
}
