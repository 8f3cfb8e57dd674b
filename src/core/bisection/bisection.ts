import type { Cause } from '../model/explanation.ts'
import type { BenchmarkReport, Change, Decision, Report, Verdict } from '../model/report.ts'
import type { CommitAnswer } from './search.ts'

/** A commit as the report of a bisection names it. */
export type NamedCommit = Report['base']

/** One gate of a bisection: what was compared, and what came of it for the benchmark that is bisected. */
export interface BisectionStep {
  /** The whole range, a commit between against the good one, or the last gate, which is a whole one. */
  readonly kind: 'range' | 'between' | 'last'
  readonly base: NamedCommit
  readonly head: NamedCommit
  /** Where head is in the range, from the end that is measured against: 1 is the commit next to it. */
  readonly position: number
  readonly answer: CommitAnswer
  /** Absent when a side did not build. */
  readonly decision?: Decision
  readonly reason?: string
  readonly change?: Change
  readonly rounds: number
  readonly seconds: number
}

/**
 * What a bisection comes to. `commit`: one commit made it slower (or faster, with --first-faster). `range`: one of several, and those between cannot tell.
 * `steps`: it came in several steps, and at the candidate half of it was reached. `crossing`: the same, but whether the
 * candidate alone is a breach was not settled. `nothing`: there is no breach in the range. `open`: whether there is one is
 * not known. `unfinished`: ended before its end.
 */
export type BisectionOutcome = 'commit' | 'range' | 'steps' | 'crossing' | 'nothing' | 'open' | 'unfinished'

/** The report of a bisection, as `bisect.json` holds it. */
export interface Bisection {
  readonly schema: 1
  readonly outcome: BisectionOutcome
  /** One sentence that says the answer. */
  readonly sentence: string
  readonly tool: Report['tool']
  /** What is looked for, where that is not the first slower commit. */
  readonly seeks?: 'faster'
  readonly good: NamedCommit
  readonly bad: NamedCommit
  /** Commits after the good one up to the bad one, on the line of first parents. */
  readonly commits: number
  /** What is bisected; absent when nothing is. */
  readonly benchmark?: {
    readonly name: string
    readonly threshold: number
    /** The slowdown against the good commit that parts commits that are with it from those that are with the bad one: half of the jump. */
    readonly midpoint?: number
  }
  /** Other benchmarks that are slower over the whole range. */
  readonly others: readonly string[]
  readonly steps: readonly BisectionStep[]
  /** The commits that can have made it slower, oldest first; of many only the first and the last are listed. */
  readonly candidates: readonly NamedCommit[]
  readonly candidateCount: number
  /** Where several commits remain: the likeliest of them first, if exactly one made the jump. */
  readonly ranked?: readonly (NamedCommit & { readonly probability: number })[]
  /** The last commit before them that is not above the threshold. */
  readonly after?: NamedCommit
  readonly cause?: Cause
  /** The error rate of the whole answer, and the most decisions that share it. */
  readonly alpha: number
  readonly mostDecisions: number
  readonly seed: number
  readonly startedAt: string
  readonly seconds: number
  readonly notes: readonly string[]
}

/** The exit code of `perf-verdict bisect`: 0 no breach, 1 a breach, 3 not known. A speed-up that was looked for is no breach. */
export function bisectExitCode({ outcome, seeks }: Pick<Bisection, 'outcome' | 'seeks'>): 0 | 1 | 3 {
  switch (outcome) {
    case 'nothing':
      return 0
    case 'commit':
    case 'range':
    case 'steps':
    case 'crossing':
      return seeks === 'faster' ? 0 : 1
    case 'open':
    case 'unfinished':
      return 3
  }
}

/** What one gate says of the commit on its head side. */
export function answerOf(decision: Decision | undefined): CommitAnswer {
  switch (decision) {
    case 'slower':
      return 'above'
    case 'faster':
    case 'unchanged':
    // As built it is not slower, and a search follows what is built.
    case 'masked':
      return 'below'
    case 'undecided':
      return 'open'
    case 'unmeasured':
    case 'new':
    case 'removed':
    case undefined:
      return 'broken'
  }
}

/** What the last gate says where a speed-up is looked for, which is gated from the slow commit to the fast one. */
export function answerIfFaster({
  decision,
  reason,
}: Pick<BenchmarkReport, 'decision' | 'reason'>): CommitAnswer {
  if (decision === 'faster') return 'above'
  // A reason says that whether it is faster was left open.
  if (decision === 'unchanged' && reason !== undefined) return 'open'
  // That it is slower says all the more that it is not faster.
  return decision === 'slower' ? 'below' : answerOf(decision)
}

/** What the whole range comes to when no benchmark of it is slower. */
export function withoutBreach(verdict: Verdict, decisions: readonly Decision[]): 'nothing' | 'open' {
  const settled = decisions.every(decision => decision === 'faster' || decision === 'unchanged')
  return verdict === 'pass' && settled ? 'nothing' : 'open'
}

/** What the search comes to after its last gate: of how many candidates, and with which answer. */
export function outcomeOf(candidates: number, last: CommitAnswer): BisectionOutcome {
  if (last === 'above') return candidates === 1 ? 'commit' : 'range'
  return last === 'below' ? 'steps' : 'crossing'
}
