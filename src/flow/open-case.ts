import { DIFF_ARGUMENTS } from '../core/diff.ts'
import type { Measured as Times } from '../core/evidence.ts'
import type { BenchmarkReport, Limitation } from '../core/model.ts'
import { git } from '../shell/git.ts'
import { readCommits } from './commits.ts'
import type { CountedTable } from './count-all.ts'
import type { Counted } from './count-request.ts'
import { countWhole } from './count-whole.ts'
import {
  type Examined,
  type ExamineSides,
  examineSides,
  explain,
  explainCounters,
  placementCandidate,
} from './diagnose.ts'
import type { Findings } from './findings.ts'

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
}

/** What the two commits say, for every case. */
export type PullRequest = Omit<ExamineSides, 'profiles' | 'geometry'>

export async function readPullRequest({ checkout, history, world }: Findings): Promise<PullRequest> {
  const [base, head] = [history.base.sha, history.head.sha]
  const diff = await git(world.tools, checkout.clone, [...DIFF_ARGUMENTS, base, head])
  const commits = await readCommits(checkout.clone, { base, head }, world.tools)
  return { trees: checkout.trees, diff: diff.out, commits }
}

interface Known {
  readonly findings: Findings
  readonly table: CountedTable
  readonly request: PullRequest
}

/** Examines a changed row; where a smaller workload shows no cause, again by the benchmark itself. */
export async function openCase(row: BenchmarkReport, known: Known): Promise<Case> {
  const { findings, table } = known
  const first = open(row, table.counted.get(row.name), known)
  if (causeOf(first) !== 'unexplained') return first
  const whole = await countWhole(findings, row, table.counting)
  if (!whole) return first
  first.examined?.close()
  const second = open({ ...row, counters: whole.counters }, whole, known)
  return { ...second, limitations: whole.limitations }
}

function open(row: BenchmarkReport, found: Counted | undefined, { table, request }: Known): Case {
  const times: Times = {
    change: row.change!,
    threshold: row.threshold,
    ...(found && found.counters.source !== 'none' && { counters: found.counters }),
  }
  const geometry = table.counting?.probe.geometry
  const profiles = found?.profiles
  if (!profiles || !geometry) return { row, times, candidate: false, limitations: [] }
  const examined = examineSides({ ...request, profiles, geometry })
  return { row, times, examined, candidate: placementCandidate(examined, times), limitations: [] }
}

function causeOf({ examined, times }: Case) {
  return (examined ? explain(examined, times) : explainCounters(times)).cause.kind
}
