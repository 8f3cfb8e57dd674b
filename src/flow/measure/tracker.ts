import type { RoundsEnded } from '../../core/decision/ending.ts'
import type { Round } from '../../core/decision/rounds.ts'
import type { SummarizedRow } from '../../core/decision/rounds-summary.ts'
import type { Part } from '../../core/decision/schedule.ts'
import type { PrintedWith } from '../../core/harness/fault-says.ts'
import type { Reading } from '../../core/harness/read-run.ts'
import { type Fault, fault } from '../../core/harness/result.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { CpuTimeReport } from '../../core/model/report.ts'
import type { PerSide, Side } from '../../core/model/side.ts'

/** Why a benchmark gets no more rounds. */
export type Ending =
  | { readonly kind: 'answered' }
  | { readonly kind: 'ended'; readonly because: RoundsEnded }
  | { readonly kind: 'faulted'; readonly side: Side | 'both' }

/** What is known of one benchmark while it is measured. */
export interface Tracker {
  readonly plan: BenchmarkPlan
  readonly rounds: Round[]
  /** CPU seconds of the same runs, while every one of them is known and they belong to this row alone. */
  readonly cpuRounds: Round[]
  readonly faults: PerSide<Fault[]>
  readonly succeeded: Record<Side, boolean>
  /** How often each run of a side ran the measured code, where its harness tells. */
  readonly iterations: PerSide<number[]>
  /** How many rounds it had when it was first known not to be slower. */
  notSlowerAt?: number
  /** What its rounds said when they were last looked at. */
  looked?: SummarizedRow & {
    readonly after: number
    readonly ending: Ending | undefined
    readonly cpuTime: CpuTimeReport | undefined
  }
  ending?: Ending
  /** The unit or name that was printed with its first value. */
  told?: PrintedWith
}

/** A benchmark before its first run. */
export function newTracker(plan: BenchmarkPlan): Tracker {
  return {
    plan,
    rounds: [],
    cpuRounds: [],
    faults: { base: [], head: [] },
    succeeded: { base: false, head: false },
    iterations: { base: [], head: [] },
  }
}

/**
 * A value that is printed with something else than in the runs before is another quantity: another element of a list, or another unit
 * that the program picked by size. Compared with the others it would say nothing, or the wrong thing.
 */
export function steady(tracker: Tracker, reading: Reading): Reading {
  if (!reading.ok) return reading
  const now = { ...reading.told, ...(reading.unit && { base: reading.unit }) }
  tracker.told ??= now
  if (JSON.stringify(now) === JSON.stringify(tracker.told)) return reading
  return fault('unit', { rule: 'printed-otherwise', now, before: tracker.told })
}

/** A round with a failed run is left out and run again, until one side has failed this often. */
const MOST_FAULTS = 3

/** Notes how one run went; a run that hangs weighs two, because it costs its whole time limit. */
export function note(tracker: Tracker, part: Part, reading: Reading): void {
  const side = part === 'head' ? 'head' : 'base'
  const other = part === 'head' ? 'base' : 'head'
  if (reading.ok) {
    tracker.succeeded[side] = true
    if (reading.iterations !== undefined) tracker.iterations[side].push(reading.iterations)
    return
  }
  const faults = tracker.faults[side]
  faults.push(reading.fault)
  const weight = faults.reduce((sum, fault) => sum + (fault.kind === 'timeout' ? 2 : 1), 0)
  if (weight >= MOST_FAULTS)
    tracker.ending ??= { kind: 'faulted', side: tracker.succeeded[other] ? side : 'both' }
}
