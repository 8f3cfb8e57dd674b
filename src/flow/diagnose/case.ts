import { judgeCause, realCauseOf } from '../../core/cause/judge.ts'
import type { Profile } from '../../core/counters/profile.ts'
import { collectEvidence, isBuiltOtherwise, withRebuilt } from '../../core/evidence/collect.ts'
import type { Evidence, MeasuredChange, Rebuilt } from '../../core/evidence/evidence.ts'
import type { CauseKind } from '../../core/model/explanation.ts'
import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import type { LayoutTrial } from '../../core/model/trials.ts'
import { outsideOf } from '../../core/sandbox/place.ts'
import { DIFF_ARGUMENTS } from '../../core/source/diff.ts'
import { notReproducible } from '../../report/limitations/explaining.ts'
import { git } from '../../shell/git/git.ts'
import type { CountedTable } from '../count/count-all.ts'
import type { Counted } from '../count/request.ts'
import type { WholeCounter } from '../count/whole-benchmark.ts'
import { readCommits } from '../history/commits.ts'
import type { GateContext } from '../run/gate-context.ts'
import { type Examined, type ExamineSides, examineSides, placementCandidate } from './diagnose.ts'
import { compareRebuilt } from './second-build.ts'

/** A row that changed, with what is known before any layout was tried. */
export interface Case {
  /** With the counters that it is judged by. */
  readonly row: BenchmarkReport
  /** What the rules look at, gathered once. */
  readonly evidence: Evidence
  /** Absent without a profile: then the counters alone are judged. */
  readonly examined?: Examined
  /** Base's profile, where there is one. */
  readonly profile?: Profile
  /** Whether a layout trial could turn "likely" into "shown". */
  readonly candidate: boolean
  readonly limitations: readonly Limitation[]
  /** Whether it was counted by the benchmark itself where there is a smaller workload. */
  readonly whole: boolean
}

const BY_THE_BUILD: readonly CauseKind[] = ['codegen', 'placement', 'mixed', 'unexplained']

/** Whether it is worth building base a second time: the cause rests on code that differs, or on where it is. */
export function restsOnBuild({ evidence, examined }: Case): boolean {
  if (!examined) return false
  const { kind } = judgeCause(evidence)
  const { changed } = evidence
  return BY_THE_BUILD.includes(kind) || changed.some(code => code.touched !== 'no' && isBuiltOtherwise(code))
}

/** The case with what base built again differs in, and the sentence that tells it. */
export async function withSecondBuild(
  opened: Case,
  { table, request }: Pick<CaseFile, 'table' | 'request'>,
  tree: string,
): Promise<Case> {
  const { examined, evidence, profile } = opened
  const geometry = table.counting?.probe.geometry
  if (!examined || !profile || !geometry || evidence.rebuilt) return opened
  const profiles = { base: profile, head: profile }
  const rebuilt = await compareRebuilt(examined, { ...request, profiles, geometry, profile }, tree)
  return {
    ...opened,
    evidence: withRebuilt(evidence, rebuilt),
    limitations: [...opened.limitations, ...unlike(rebuilt)],
  }
}

function unlike({ files, functions, moved }: Rebuilt): Limitation[] {
  const [first] = files
  if (!first) return []
  return [notReproducible(first, files.length - 1, { differs: functions.length > 0, moved })]
}

/** What the two commits say, for every case. */
export type PullRequest = Omit<ExamineSides, 'profiles' | 'geometry'>

/** No file is there. */
const NOWHERE = '/nonexistent'

export async function readPullRequest({
  checkout,
  history,
  ports,
  request,
}: GateContext): Promise<PullRequest> {
  const [base, head] = [history.base.sha, history.head.sha]
  const diff = await git(ports.tools, checkout.clone, [...DIFF_ARGUMENTS, base, head])
  const commits = await readCommits(checkout.clone, { base, head }, ports.tools)
  const builtAs = {
    base: ports.sandbox.placeOf(checkout.trees.base).inside.tree,
    head: ports.sandbox.placeOf(checkout.trees.head).inside.tree,
  }
  const pathIn = (side: Side) => (named: string) =>
    request.builtElsewhere ? NOWHERE : outsideOf(ports.sandbox.placeOf(checkout.trees[side]), named)
  const ourPath = { base: pathIn('base'), head: pathIn('head') }
  const quotableTo = (side: Side) => {
    const { home, scratch } = ports.sandbox.placeOf(checkout.trees[side])
    return { own: [home, scratch], machine: ports.sandbox.quotable }
  }
  const quotable = { base: quotableTo('base'), head: quotableTo('head') }
  return { trees: checkout.trees, builtAs, ourPath, quotable, diff: diff.out, commits }
}

/** What every case is opened with. */
export interface CaseFile {
  readonly table: CountedTable
  readonly request: PullRequest
  readonly countWhole: WholeCounter
}

/** Examines a changed row; where a smaller workload shows no cause, by the benchmark itself. */
export async function openCase(row: BenchmarkReport, file: CaseFile): Promise<Case> {
  const first = await open(row, file.table.counted.get(row.name), file)
  return judgeCause(first.evidence).kind === 'unexplained' ? await byWhole(first, file) : first
}

/** Examines it by the benchmark itself where, after the layouts, the smaller workload leaves the cause open. */
export async function settleCase(opened: Case, file: CaseFile, trial?: LayoutTrial): Promise<Case> {
  return isOpenAfter(opened, trial) ? await byWhole(opened, file) : opened
}

/** Layouts that find a real cost want to know which; without them, nobody has confirmed that the same work was done. */
function isOpenAfter({ row, examined, evidence }: Case, trial: LayoutTrial | undefined): boolean {
  if (!examined || row.change!.ratio <= 1 || trial?.outcome === 'placement') return false
  if (trial?.outcome === 'real' || trial?.outcome === 'mixed') return realCauseOf(evidence) === undefined
  const { kind } = judgeCause(evidence, trial)
  return kind === 'placement' || kind === 'mixed'
}

async function byWhole(opened: Case, file: CaseFile): Promise<Case> {
  if (opened.whole) return opened
  const whole = await file.countWhole(opened.row)
  if (!whole) return opened
  const again = await open({ ...opened.row, counters: whole.counters }, whole, file)
  opened.examined?.close()
  return { ...again, limitations: whole.limitations, whole: true }
}

async function open(
  row: BenchmarkReport,
  found: Counted | undefined,
  { table, request }: CaseFile,
): Promise<Case> {
  const measured: MeasuredChange = {
    change: row.change!,
    metric: row.metric,
    ...(found && found.counters.source !== 'none' && { counters: found.counters }),
  }
  const { geometry, hazards } = table.counting?.probe ?? {}
  const profiles = found?.profiles
  const opened = { row, candidate: false, limitations: [], whole: false }
  if (!profiles || !geometry) return { ...opened, evidence: collectEvidence(measured, undefined) }
  const examined = await examineSides({ ...request, profiles, geometry, ...(hazards && { hazards }) })
  const evidence = collectEvidence(measured, examined.examination)
  return {
    ...opened,
    evidence,
    examined,
    profile: profiles.base,
    candidate: placementCandidate(examined, evidence),
  }
}
