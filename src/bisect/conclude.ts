import type { Bisection, BisectionOutcome, NamedCommit } from '../core/bisection/bisection.ts'
import { midpointOf } from '../core/bisection/midpoint.ts'
import { rankCandidates } from '../core/bisection/rank.ts'
import { mostDecisions } from '../core/bisection/search.ts'
import type { BenchmarkReport, Report } from '../core/model/report.ts'
import type { GatePlan } from '../flow/prepare/plan.ts'
import { bisectionSentence } from '../report/bisection/sentence.ts'
import { oneEndOnly } from '../report/notes/bisection.ts'
import type { Commit } from '../shell/git/git.ts'
import type { Course } from './course.ts'

/** How far a bisection has come: what it comes to, the commits it came between, and the gate that says so. */
export interface SearchState {
  readonly outcome: BisectionOutcome
  readonly below: number
  readonly above: number
  /** The last gate, or that of the whole range where there was nothing to search. */
  readonly gate?: Report
  /** The row of what is bisected in that gate. */
  readonly row?: BenchmarkReport | undefined
  readonly notes: readonly string[]
}

/** The report of a bisection that stands there. */
export function concludeBisection(course: Course, standing: SearchState): Bisection {
  const { context, line, steps, breaches, request } = course
  const { outcome, below, above, row, gate, notes } = standing
  const [subject, ...others] = breaches
  const seeksFaster = request.firstFaster === true
  const between = seeksFaster ? line.slice(below, above).reverse() : line.slice(below + 1, above + 1)
  const candidates = isAnswered(outcome) && subject ? between : []
  const bisection = {
    schema: 1,
    outcome,
    tool: { name: 'perf-verdict', version: request.version },
    ...(seeksFaster && { seeks: 'faster' as const }),
    good: seeksFaster ? line.at(-1)! : line[0]!,
    bad: seeksFaster ? line[0]! : line.at(-1)!,
    commits: line.length - 1,
    ...(subject && {
      benchmark: {
        ...{ name: subject.name, threshold: subject.threshold },
        ...(subject.change && { midpoint: midpointOf(subject.change, subject.better) }),
      },
    }),
    others: others.map(({ name }) => name),
    steps: [...steps],
    candidates: listed(candidates),
    candidateCount: candidates.length,
    ...rankedOf(course, { below, above }, candidates.length),
    ...(candidates.length > 0 && { after: line[seeksFaster ? above : below]! }),
    ...(row?.cause && { cause: row.cause }),
    alpha: context.plan.settings.alpha,
    mostDecisions: mostDecisions(line.length - 1),
    seed: context.seed,
    startedAt: context.started.at,
    seconds: context.ports.clock.now() - context.started.seconds,
    notes: [...context.plan.notes, ...oneSided(context.plan), ...notes],
  } as const
  return { ...bisection, sentence: bisectionSentence(bisection, { gate, row }) }
}

const MOST_RANKED = 5

/** Where several commits remain: the likeliest of them, by everything that was measured on the way. */
function rankedOf(
  { breaches, steps, line, request }: Course,
  range: { readonly below: number; readonly above: number },
  candidates: number,
): Pick<Bisection, 'ranked'> {
  const jump = breaches[0]?.change
  const probes = steps.flatMap(({ kind, position, change }) =>
    kind === 'between' && change ? [{ position, change }] : [],
  )
  if (!jump || candidates < 2 || probes.length === 0) return {}
  return {
    ranked: rankCandidates(range, jump, probes)
      .slice(0, MOST_RANKED)
      .map(({ position, probability }) => ({
        // Walked backwards, the step from one commit to the next is the later one's.
        ...line[request.firstFaster ? position - 1 : position]!,
        probability,
      })),
  }
}

function isAnswered(outcome: BisectionOutcome): boolean {
  return outcome !== 'nothing' && outcome !== 'open'
}

/** What only one end of the range has cannot be followed through it. */
function oneSided({ benchmarks }: GatePlan): readonly string[] {
  const names = benchmarks.filter(({ on, gone }) => on.length === 1 || gone).map(({ plan }) => plan.name)
  return names.length === 0 ? [] : [oneEndOnly(names)]
}

/** Of many only the first and the last. */
function listed(commits: readonly Commit[]): readonly NamedCommit[] {
  return commits.length <= 2 * LISTED ? commits : [...commits.slice(0, LISTED), ...commits.slice(-LISTED)]
}

const LISTED = 50
