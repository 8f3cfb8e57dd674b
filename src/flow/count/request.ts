import type { CounterProbe } from '../../core/counters/probe.ts'
import type { Profile } from '../../core/counters/profile.ts'
import { commandOfAll, type StartedProgram } from '../../core/counters/worker.ts'
import { aloneOf, onSide } from '../../core/harness/arrange.ts'
import type { Counters } from '../../core/model/counters.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import type { GeometryOverride } from '../../core/processor/geometry.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { ClockPort } from '../../shell/ports/ports.ts'
import type { ProfiledWorkload } from '../../shell/profilers/run-under.ts'

/** What to count: one benchmark on both sides. */
export interface CountRequest {
  readonly plan: BenchmarkPlan
  /** Work trees at paths of equal length; the benchmark runs in them. */
  readonly trees: PerSide<string>
  /** Environments of equal size; the length of a variable moves the stack. */
  readonly env: PerSide<Readonly<Record<string, string>>>
  readonly mode: 'auto' | 'perf' | 'simulated' | 'off'
  readonly geometry?: GeometryOverride
  readonly scheduling: Scheduling
  /** For all of this benchmark's counting. */
  readonly timeLimitSeconds: number
  /** Whether a cause hangs on it: a program that spreads is then simulated more often. */
  readonly thorough?: boolean
  /** Whether only instructions are asked for, once: whether they differ at all, for a row that did not get slower. */
  readonly screening?: boolean
  /** CPU seconds of one run without any tool, where the value may be that of a run bounded by time and they are known. */
  readonly nativeCpuSeconds?: number | undefined
  /** By how much its printed value changed between the sides. */
  readonly valueRatio?: number | undefined
  /** What `probeCounters` found, when it was asked before: probing takes about a second. */
  readonly probe?: CounterProbe
}

/** What was counted, and where the runs spent themselves. */
export interface Counted {
  readonly counters: Counters
  readonly profiles?: PerSide<Profile>
  /** Instructions of every repeated count, for a gate on `metric: instructions`. */
  readonly instructionRepeats: PerSide<readonly number[]>
  readonly limitations: readonly Limitation[]
  /** Why counts of this benchmark would be no evidence, so that there are none; among the limitations too. */
  readonly refused?: Limitation
}

/** A part of the work: the request with its probe, and the moment by which it must be done. */
export interface CountJob {
  readonly request: CountRequest
  readonly probe: CounterProbe
  /** Monotonic seconds. */
  readonly deadline: number
  /** The moment after which nothing is repeated for a better median. */
  readonly repeatUntil: number
  /** The programs that do the work, where they are counted apart from the command that starts them. */
  readonly works?: PerSide<readonly StartedProgram[]> | undefined
}

export const NO_REPEATS: PerSide<readonly number[]> = { base: [], head: [] }

export const mayRepeat = ({ repeatUntil }: CountJob, clock: ClockPort, seconds: number): boolean =>
  clock.now() + 1.5 * seconds < repeatUntil

export const secondsLeft = ({ deadline }: Pick<CountJob, 'deadline'>, clock: ClockPort): number =>
  deadline - clock.now()

/** What is counted on one side, as the command itself: the smaller workload, or the row by itself. */
export function countedOn({ request: { plan, env } }: Pick<CountJob, 'request'>, side: Side) {
  const alone =
    plan.countWith === undefined ? aloneOf(onSide(plan, side)) : { command: plan.countWith, env: {} }
  return { command: alone.command, env: { ...env[side], ...alone.env } }
}

/** The workload of one side as it is timed, or its work apart from what starts it, with what is left of the time. */
export function workloadOf(
  {
    request,
    works,
  }: {
    readonly request: Pick<CountRequest, 'plan' | 'trees' | 'env' | 'scheduling'>
    readonly works?: CountJob['works']
  },
  side: Side,
  timeoutSeconds: number,
): ProfiledWorkload {
  const { plan, trees, env, scheduling } = request
  const alone = aloneOf(onSide(plan, side))
  return {
    side,
    // The works of a smaller workload are not those of what is timed.
    command: works && plan.countWith === undefined ? commandOfAll(works[side]) : alone.command,
    tree: trees[side],
    env: { ...env[side], ...alone.env },
    timeoutSeconds: Math.max(1, timeoutSeconds),
    scheduling,
    around: plan.around,
  }
}

/** The order of the sides in the n-th repeat: base and head take turns in going first. */
export const orderOf = (repeat: number): readonly Side[] =>
  repeat % 2 === 0 ? ['base', 'head'] : ['head', 'base']
