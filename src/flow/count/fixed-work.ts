import { aloneOf, benchmarkWords } from '../../core/harness/arrange.ts'
import { openRun } from '../../core/harness/read-run.ts'
import { HARNESSES } from '../../core/harness/table.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { Uncounted } from '../../report/limitations/counting.ts'
import type { Job, JobOutcome, SandboxPort } from '../../shell/ports/ports.ts'
import { runAround } from '../../shell/profilers/run-around.ts'
import { stoppableMatch } from '../run/stoppable-match.ts'

/** Where a row is run to see whether its work can be fixed. */
export interface FixedWorkPlace {
  readonly sandbox: Pick<SandboxPort, 'run'>
  readonly tree: string
  readonly env: Readonly<Record<string, string>>
  readonly scheduling: Scheduling
}

/** What a counted run of a row is to take, about; simulated it takes up to a hundred times as long. */
const SECONDS = 0.03
const MOST_ITERATIONS = 100_000
/** `-benchtime 3000x` in the command itself: that run is of fixed work already. */
const TOLD_TO_GO = /\s--?(?:test\.)?benchtime(?:=|\s+)['"]?(\d{1,9})x\b/

/**
 * The plan by which a row does the same work on both sides while it is counted. A harness that measures for a time runs the code as
 * often as it fits, so that totals of two runs are totals of different work and no evidence of anything. Such a row is counted with a
 * fixed number of iterations, where its harness takes that number and keeps to it; otherwise it is not counted.
 */
export async function withFixedWork(
  plan: BenchmarkPlan,
  place: FixedWorkPlace,
): Promise<Result<BenchmarkPlan, Uncounted>> {
  const { format } = plan
  if (format.kind !== 'harness' || format.harness === 'auto' || plan.countWith !== undefined)
    return success(plan)
  const harness = HARNESSES[format.harness]
  if (!harness.boundByTime) return success(plan)
  const told = format.harness === 'go' ? TOLD_TO_GO.exec(plan.command)?.[1] : undefined
  if (told !== undefined) return success({ ...plan, countIterations: Number(told) })
  const once = harness.exactly ? await valueOfOne(plan, place) : undefined
  if (once === undefined) return failed({ kind: 'runs-for-a-time', harness: harness.title })
  const fitting = Math.ceil(SECONDS / Math.max(once, SECONDS / MOST_ITERATIONS))
  return success({ ...plan, countIterations: Math.min(MOST_ITERATIONS, Math.max(1, fitting)) })
}

/** Whether a counted run does the same work on both sides by construction. A program that prints its value may run for a time, which nobody here knows. */
export function isFixedWork({ format, countWith, countIterations }: BenchmarkPlan): boolean {
  return format.kind === 'wall' || countWith !== undefined || countIterations !== undefined
}

/** Seconds of one iteration in a run of exactly one; undefined where the run did more than the one that it was asked for, or failed. */
async function valueOfOne(plan: BenchmarkPlan, place: FixedWorkPlace): Promise<number | undefined> {
  const outcome = await runAlone({ ...plan, countIterations: 1 }, place)
  // Its time, whatever metric and unit the row itself has.
  const reading = openRun(outcome, stoppableMatch(1000)).read({ format: plan.format })
  return reading.ok && reading.iterations === 1 ? reading.value : undefined
}

/** One run of a row by itself, without any tool around it. */
export function runAlone(
  plan: BenchmarkPlan,
  { sandbox, tree, env, scheduling }: FixedWorkPlace,
): Promise<JobOutcome> {
  const alone = aloneOf(plan)
  const job: Job = {
    argv: benchmarkWords(alone.command),
    tree,
    env: { ...env, ...alone.env },
    timeoutSeconds: plan.timeoutSeconds,
    scheduling,
  }
  return runAround(sandbox, job, plan.around ?? {})
}
