import { answerOf, type Bisection, type BisectionStep } from '../core/bisection/bisection.ts'
import { type CommitAnswer, mostDecisions } from '../core/bisection/search.ts'
import type { InvocationOptions } from '../core/config/schema.ts'
import type { BenchmarkReport, Report } from '../core/model/report.ts'
import { shortened } from '../core/text/text.ts'
import { readFirstParents } from '../flow/history/first-parents.ts'
import { touchingCommits } from '../flow/prepare/untouched.ts'
import type { GateContext, GateRequest } from '../flow/run/gate-context.ts'
import { keptTrees } from '../flow/trees/tree-copies.ts'
import { prepare } from '../gate.ts'
import type { Commit } from '../shell/git/git.ts'
import type { Outside } from '../shell/ports/ports.ts'

/** What a command hands to a bisection in addition to the settings. */
export interface BisectRequest
  extends Pick<GateRequest, 'repository' | 'version' | 'environment' | 'keep' | 'mask'> {
  readonly invocation: InvocationOptions
  readonly good: string
  readonly bad: string
  /** Looks for the first commit that made it faster: then the good commit is the slow one. */
  readonly firstFaster?: boolean
  /** Keeps what is known so far, so that a run that is ended leaves it behind. */
  readonly save: (soFar: Bisection) => Promise<void>
}

/** A bisection on its way. */
export interface Course {
  readonly request: BisectRequest
  readonly context: GateContext
  /** The fast end first, against which all others are measured, and all commits up to the slow end. */
  readonly line: readonly Commit[]
  /** What each gate may use of the error rate. */
  readonly alphaEach: number
  readonly steps: BisectionStep[]
  /** What the commits between have answered, in the order in which they did. */
  readonly answers: Map<number, CommitAnswer>
  /** The breaches of the whole range, that which is bisected first. */
  breaches: readonly BenchmarkReport[]
}

/** Reads the line of commits and prepares as a gate of the whole range would. Throws an InputError for what the user can correct. */
export async function setOut(request: BisectRequest, outside: Outside): Promise<Course> {
  const forwards = await readFirstParents(request, outside.tools)
  const { invocation, repository, version, environment, keep, mask, good, bad } = request
  const cache = keptTrees(outside.folder, outside.tools)
  const prepared = await prepare(
    {
      ...{ invocation, repository, version, environment, keep, ...(mask && { mask }) },
      base: [good],
      head: bad,
      origin: {},
      usesCache: true,
      keepsNextBase: false,
    },
    { ...outside, cache },
  )
  const { commits, notes } = await touchingCommits(
    prepared.plan,
    { line: forwards, repository },
    outside.tools,
  )
  const context = { ...prepared, plan: { ...prepared.plan, notes: [...prepared.plan.notes, ...notes] } }
  // Walked backwards, the first commit that is slower than the fast end is the one before the speed-up.
  const line = request.firstFaster ? commits.toReversed() : commits
  const alphaEach = context.plan.settings.alpha / mostDecisions(line.length - 1)
  return { request, context, line, alphaEach, steps: [], answers: new Map(), breaches: [] }
}

/** Where one gate stood in the range, and what it found. */
export interface GatedCommit {
  readonly kind: BisectionStep['kind']
  readonly base: number
  readonly head: number
  readonly report: Report
  /** The row of the benchmark that is bisected; absent when a side did not build. */
  readonly row: BenchmarkReport | undefined
  /** What it says, where that is not the usual reading of the row. */
  readonly answer?: CommitAnswer
}

/** Notes what a gate found. */
export function note({ line, steps }: Course, gated: GatedCommit): BisectionStep {
  const { kind, base, head, report, row, answer = answerOf(row?.decision) } = gated
  const reason = row ? row.reason : report.errors[0]?.what
  const step: BisectionStep = {
    kind,
    base: line[base]!,
    head: line[head]!,
    position: head,
    answer,
    ...(row && { decision: row.decision }),
    ...(reason === undefined ? {} : { reason: shortened(reason, LONGEST_REASON) }),
    ...(row?.change && { change: row.change }),
    rounds: row?.rounds ?? 0,
    seconds: report.seconds,
  }
  steps.push(step)
  return step
}

const LONGEST_REASON = 500
