import type { RoundsEnded } from '../../core/decision/ending.ts'
import type { Round } from '../../core/decision/rounds.ts'
import {
  type JudgedEffect,
  type PrintedSteps,
  type RoundsSummary,
  type SummarizedRow,
  summarizeRounds,
} from '../../core/decision/rounds-summary.ts'
import type { Part } from '../../core/decision/schedule.ts'
import { type ClockReading, clockSteps } from '../../core/harness/clock-step.ts'
import type { PrintedWith } from '../../core/harness/fault-says.ts'
import { addStep, type Grid, stepOfGrid } from '../../core/harness/printed-step.ts'
import type { Reading } from '../../core/harness/read-run.ts'
import { type Fault, fault } from '../../core/harness/result.ts'
import { readUnit } from '../../core/harness/units.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport, CpuTimeReport } from '../../core/model/report.ts'
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
  /** Rounds that counted and were left out because a run of them yielded no value of this row. */
  lostRounds: number
  readonly faults: PerSide<Fault[]>
  readonly succeeded: Record<Side, boolean>
  /** The values of each side as they were printed, those of rounds that were left out too. */
  readonly readings: PerSide<ClockReading[]>
  /** How coarsely each side's values were printed so far. */
  readonly grids: PerSide<Grid>
  /** The steps of the clock that these values show, for as many of them as were looked at. */
  clock?: { readonly after: number; readonly steps: PerSide<number> }
  /** How many rounds it had when it was first known not to be slower. */
  notSlowerAt?: number
  /** What its rounds said after the last of them. */
  summarized?: RoundsSummary
  /** What its rounds said when the table was last looked at. */
  looked?: SummarizedRow & {
    readonly ending: Ending | undefined
    readonly cpuTime: CpuTimeReport | undefined
  }
  /** Its report as it was last made, of what. */
  reported?: { readonly row: SummarizedRow; readonly key: string; readonly report: BenchmarkReport }
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
    lostRounds: 0,
    faults: { base: [], head: [] },
    succeeded: { base: false, head: false },
    readings: { base: [], head: [] },
    grids: { base: new Map(), head: new Map() },
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

/** A finer grid than this moves no answer. */
const NEGLIGIBLE = 1e-6

/** The plan with the steps in which its values move: those of the digits or of the clock behind them, as far as these could matter. */
export function asPrinted(tracker: Tracker): JudgedPlan {
  const { rounds, grids, lostRounds } = tracker
  const plan = lostRounds > 0 ? { ...tracker.plan, lostRounds } : tracker.plan
  const values = rounds.flatMap(({ base, head, control }) => [...base, ...head, ...control])
  const least = values.reduce((least, value) => (value === 0 ? least : Math.min(least, value)), Infinity)
  const context = { zeros: values.includes(0), readBy: readByOf(plan) }
  const digit = (side: Side) => stepOfGrid(grids[side], context) ?? 0
  const digits = { base: digit('base'), head: digit('head') }
  const clock = clockOf(tracker, digits)
  const stepOf = (side: Side) => {
    const step = Math.max(digits[side], clock[side])
    return step > NEGLIGIBLE * least || least === Infinity ? step : 0
  }
  const steps = { base: stepOf('base'), head: stepOf('head') }
  if (steps.base === 0 && steps.head === 0) return plan
  const coarser = steps.base > digits.base || steps.head > digits.head
  return { ...plan, steps, ...(coarser && { digits }) }
}

/** Looked at once after each round. */
function clockOf(tracker: Tracker, printed: PerSide<number>): PerSide<number> {
  const { readings, plan, told } = tracker
  const after = readings.base.length + readings.head.length
  if (tracker.clock?.after !== after) {
    const unit = readUnit(told?.base ?? told?.unit ?? plan.unit)
    tracker.clock = {
      after,
      steps: clockSteps(readings, { printed, unit: unit?.base === '' ? undefined : unit }),
    }
  }
  return tracker.clock.steps
}

/** What its rounds say so far; looked at after each round and once more for each partial report. */
export function summaryOf(tracker: Tracker, alpha: number): RoundsSummary {
  const { rounds, summarized } = tracker
  const judged = asPrinted(tracker)
  const same = (of: 'steps' | 'digits') => isSameStep(summarized?.effect[of], judged[of])
  // A run of a round that was broken off may have shown another step.
  const isKnown = summarized?.rounds === rounds.length && summarized.effect.lostRounds === judged.lostRounds
  if (summarized && isKnown && same('steps') && same('digits')) return summarized
  tracker.summarized = summarizeRounds(rounds, judged, alpha)
  return tracker.summarized
}

function isSameStep(one: PrintedSteps | undefined, other: PrintedSteps | undefined): boolean {
  return one?.base === other?.base && one?.head === other?.head
}

/** A benchmark's plan with what judging its rounds needs to know of its values. */
export type JudgedPlan = BenchmarkPlan & Pick<JudgedEffect, 'steps' | 'digits' | 'lostRounds'>

/** The words that may tell what an unnamed value is. */
function readByOf({ format, unit }: BenchmarkPlan): string {
  if (format.kind === 'json') return `${format.path} ${unit}`
  return format.kind === 'regex' ? `${format.pattern} ${unit}` : ''
}

/** A round with a failed run is left out and run again, until one side has failed this often. */
const MOST_FAULTS = 3

/** Notes how one run went; a run that hangs weighs two, because it costs its whole time limit. */
export function note(tracker: Tracker, part: Part, reading: Reading): void {
  const side = part === 'head' ? 'head' : 'base'
  const other = part === 'head' ? 'base' : 'head'
  if (reading.ok) {
    tracker.succeeded[side] = true
    const { value, iterations, step } = reading
    // What has no step is counted, or timed by the gate itself.
    if (step) tracker.readings[side].push({ value, ...(iterations !== undefined && { iterations }) })
    addStep(tracker.grids[side], step)
    return
  }
  const faults = tracker.faults[side]
  faults.push(reading.fault)
  const weight = faults.reduce((sum, fault) => sum + (fault.kind === 'timeout' ? 2 : 1), 0)
  if (weight >= MOST_FAULTS)
    tracker.ending ??= { kind: 'faulted', side: tracker.succeeded[other] ? side : 'both' }
}
