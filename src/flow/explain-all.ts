import type { Geometry } from '../core/counters/profile.ts'
import { DIFF_ARGUMENTS } from '../core/diff.ts'
import type { Measured as Times } from '../core/evidence.ts'
import type { BenchmarkReport, Limitation } from '../core/model.ts'
import { git } from '../shell/git.ts'
import { readCommits } from './commits.ts'
import type { CountedTable } from './count-all.ts'
import type { Counted } from './count-request.ts'
import {
  type Diagnosis,
  type Examined,
  type ExamineSides,
  examineSides,
  explain,
  explainCounters,
  placementCandidate,
} from './diagnose.ts'
import type { Findings } from './findings.ts'
import { withReadableNames } from './readable-names.ts'
import { type Trialled, tryLayouts } from './try-layouts.ts'

export interface Explained {
  readonly benchmarks: readonly BenchmarkReport[]
  readonly limitations: readonly Limitation[]
}

/** A row that changed, with what can be said of it before any layout was tried. */
export interface Case {
  readonly row: BenchmarkReport
  readonly times: Times
  /** Absent without a profile: then the counters alone are judged. */
  readonly examined?: Examined
  /** Whether a layout trial could turn "likely" into "shown". */
  readonly candidate: boolean
}

/** Finds the cause of every breach and of every speed-up, which may be luck too. */
export async function explainAll(findings: Findings, table: CountedTable): Promise<Explained> {
  const changed = table.benchmarks.filter(
    row => (row.decision === 'slower' || row.decision === 'faster') && row.change,
  )
  if (changed.length === 0) return { benchmarks: table.benchmarks, limitations: [] }
  const { world } = findings
  const cases = await world.log.group('Compare the two builds where they spend their time', async () => {
    const request = await readRequest(findings)
    return changed.map(row => openCase(row, table, request))
  })
  try {
    const trials = await tryLayouts(findings, cases)
    const diagnoses = new Map<string, Diagnosis>()
    for (const each of cases) {
      diagnoses.set(each.row.name, await withReadableNames(judge(each, trials), world.tools))
    }
    return {
      benchmarks: table.benchmarks.map(row => withDiagnosis(row, diagnoses.get(row.name), trials)),
      limitations: [
        ...[...diagnoses.values()].flatMap(({ limitations }) => limitations),
        ...trials.limitations,
      ],
    }
  } finally {
    for (const { examined } of cases) examined?.close()
  }
}

type PullRequest = Omit<ExamineSides, 'profiles' | 'geometry'>

async function readRequest({ checkout, history, world }: Findings): Promise<PullRequest> {
  const [base, head] = [history.base.sha, history.head.sha]
  const diff = await git(world.tools, checkout.clone, [...DIFF_ARGUMENTS, base, head])
  const commits = await readCommits(checkout.clone, { base, head }, world.tools)
  return { trees: checkout.trees, diff: diff.out, commits }
}

function openCase(row: BenchmarkReport, table: CountedTable, request: PullRequest): Case {
  const found = table.counted.get(row.name)
  const times: Times = {
    change: row.change!,
    threshold: row.threshold,
    ...(found && found.counters.source !== 'none' && { counters: found.counters }),
  }
  const examined = examine(found, table.geometry, request)
  if (!examined) return { row, times, candidate: false }
  return { row, times, examined, candidate: placementCandidate(examined, times) }
}

function examine(
  found: Counted | undefined,
  geometry: Geometry | undefined,
  request: PullRequest,
): Examined | undefined {
  return found?.profiles && geometry
    ? examineSides({ ...request, profiles: found.profiles, geometry })
    : undefined
}

function judge({ row, times, examined }: Case, trials: Trialled): Diagnosis {
  return examined ? explain(examined, times, trials.byName.get(row.name)?.layout) : explainCounters(times)
}

function withDiagnosis(
  row: BenchmarkReport,
  diagnosis: Diagnosis | undefined,
  trials: Trialled,
): BenchmarkReport {
  if (!diagnosis) return row
  const { limitations: _, ...rest } = diagnosis
  const tried = trials.byName.get(row.name)
  return { ...row, ...rest, ...(tried && { trials: tried }) }
}
