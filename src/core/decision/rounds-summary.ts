import type { Change, Decision } from '../model/report.ts'
import type { PerSide } from '../model/side.ts'
import { type Comparison, swapped } from '../statistics/comparison.ts'
import { confidenceSequence } from '../statistics/confidence-sequence.ts'
import { median } from '../statistics/median.ts'
import {
  type EffectThreshold,
  evidenceOf,
  type LogEvidence,
  type LostRounds,
  NO_EVIDENCE,
} from '../statistics/questions.ts'
import type { RoundsEnded } from './ending.ts'
import type { Reason } from './reason.ts'
import type { Round } from './rounds.ts'

/** An interval of ratios around its estimate; 1 is no change. */
export interface Interval {
  readonly ratio: number
  readonly low: number
  readonly high: number
}

/** How coarsely the values of each side were printed, in their unit; 0 for a side that was not rounded. */
export type PrintedSteps = PerSide<number>

/** What it takes to judge rounds: the threshold, and the steps in which values move. */
export type JudgedEffect = EffectThreshold &
  LostRounds & {
    readonly steps?: PrintedSteps | undefined
    /** The steps of the last printed digits, where a clock lets the values move in coarser ones. */
    readonly digits?: PrintedSteps | undefined
  }

/** All that a benchmark's rounds say so far. */
export interface RoundsSummary {
  readonly rounds: number
  readonly effect: JudgedEffect
  /** What may be claimed: with the bias that the control shows taken off, and nothing when the control is unfit. */
  readonly evidence: LogEvidence
  /** The same without regard to the control, to tell whether it is the control that keeps an answer open. */
  readonly unchecked: LogEvidence
  /** The same without regard to how coarsely the values were printed; absent where they were not. */
  readonly asPrinted?: LogEvidence
  /** Head against both copies of base; absent while there are too few rounds for an interval. */
  readonly change?: Change
  /** The copies of base against each other; their interval is absent while there are too few rounds for it. */
  readonly control?: Pick<Interval, 'ratio'> & Partial<Interval>
  /** The smallest bias (a ratio of 1 or more) between two copies of base that the control's interval allows. */
  readonly bias: number
  /** The control shows a change beyond the threshold. */
  readonly unfit: boolean
  /** The control looks like it, and has had too few rounds to tell; measuring goes on until it has. */
  readonly doubtful: boolean
  /** Median value of base, the scale of an absolute floor. */
  readonly base: number
}

/** The wider step of both sides, the value that it is a part of, and the finer step that the digits of that side have. */
export function coarseness({ effect, base }: Pick<RoundsSummary, 'effect' | 'base'>) {
  return { ...widestStep(effect), base }
}

/** The wider step of both sides; with that of its last digit, where this is finer. */
export function widestStep({
  steps = { base: 0, head: 0 },
  digits,
}: Pick<JudgedEffect, 'steps' | 'digits'>): {
  readonly step: number
  readonly digit?: number
} {
  const side = steps.head > steps.base ? 'head' : 'base'
  const [step, digit] = [steps[side], digits?.[side]]
  return { step, ...(digit !== undefined && digit < step && { digit }) }
}

/** Whether the printed steps are so coarse that even equal values could hide a change beyond the threshold. */
export function hidesThreshold(summary: Pick<RoundsSummary, 'effect' | 'base'>): boolean {
  const { step, base } = coarseness(summary)
  const { threshold, floor = 0 } = summary.effect
  return step > 0 && base + step >= Math.max(base * (1 + threshold), base + floor)
}

/** One row of the table when measuring has ended: what its rounds say, and why they ended. */
export interface SummarizedRow {
  readonly summary: RoundsSummary
  /** The unit of its values. */
  readonly unit?: string
  /** Absent when the answer stood. */
  readonly ended?: RoundsEnded
  /** The smallest slowdown that these rounds could have shown. */
  readonly detectable?: number
}

/**
 * Looks at the rounds of one benchmark. Head is compared with both copies of base, so that the control's runs also sharpen the answer;
 * the copies are compared with each other, which shows what "no change" looks like here and now.
 */
export function summarizeRounds(
  rounds: readonly Round[],
  effect: JudgedEffect,
  alpha: number,
): RoundsSummary {
  const { steps } = effect
  const sides = headToBase(rounds, steps)
  const ofCopies = steps && { steps: { subject: steps.base, reference: steps.base } }
  const copies = rounds.map(({ base, control }) => ({ subjects: control, references: base, ...ofCopies }))
  const change = intervalOf(sides, alpha, effect.lostRounds)
  const known = intervalOf(copies, alpha)
  const bias = known ? Math.max(1, known.low, 1 / known.high) : 1
  // A doubt about the copies only takes claims away: what is not known of lost rounds must not take the doubt away.
  const { slower, faster } = evidenceOf(copies, { ...effect, lostRounds: 0 }, 1)
  const unfit = Math.max(slower, faster) >= -Math.log(alpha)
  const unchecked = evidenceOf(sides, effect, 1)
  const checked = bias === 1 ? unchecked : evidenceOf(sides, effect, bias)
  return {
    rounds: rounds.length,
    effect,
    evidence: unfit ? NO_EVIDENCE : checked,
    unchecked,
    ...(steps && { asPrinted: evidenceOf(headToBase(rounds), effect, 1) }),
    ...(change && { change: { ...change, confidence: 1 - 2 * alpha } }),
    ...(rounds.length > 0 && { control: known ?? { ratio: medianRatio(copies) } }),
    bias,
    unfit,
    doubtful: !unfit && Math.max(slower, faster) >= DOUBT && !known,
    base: baseScale(rounds),
  }
}

/** Evidence for a difference between the copies of base of which one would rather know more before anything is claimed. */
const DOUBT = Math.log(2)

/** Head of each round against both copies of base. */
export function headToBase(rounds: readonly Round[], steps?: PrintedSteps): readonly Comparison[] {
  const printed = steps && { steps: { subject: steps.head, reference: steps.base } }
  return rounds.map(({ base, head, control }) => ({
    ...{ subjects: head, references: [...base, ...control] },
    ...printed,
  }))
}

function baseScale(rounds: readonly Round[]): number {
  return median(rounds.flatMap(({ base, control }) => [...base, ...control]))
}

/**
 * The smallest slowdown (a ratio) that so many rounds, as noisy as these, would just have shown at a log level: the threshold (or the
 * floor, where that is larger) widened by the interval's reach towards it. Undefined where no slowdown could have been shown.
 */
export function detectableSlowdown(
  rounds: readonly Round[],
  effect: JudgedEffect,
  logLevel: number,
): number | undefined {
  const sides = headToBase(rounds, effect.steps)
  const slowdowns = effect.better === 'lower' ? sides : sides.map(swapped)
  const ends = confidenceSequence(slowdowns, Math.exp(-logLevel), effect.lostRounds)
  if (!ends) return undefined
  const limit = 1 + Math.max(effect.threshold, (effect.floor ?? 0) / baseScale(rounds))
  return (limit * medianRatio(slowdowns)) / ends.low
}

function intervalOf(comparisons: readonly Comparison[], alpha: number, lost = 0): Interval | undefined {
  const ends = confidenceSequence(comparisons, alpha, lost)
  return ends && { ratio: medianRatio(comparisons), ...ends }
}

function medianRatio(comparisons: readonly Comparison[]): number {
  return median(
    comparisons.flatMap(({ subjects, references }) =>
      subjects.flatMap(subject => references.map(reference => subject / reference)),
    ),
  )
}

/** The answer for `metric: instructions`, and what it rests on. */
export interface InstructionAnswer {
  readonly decision: Decision
  readonly reason?: Reason
  readonly change?: Change
}

/**
 * Decides by repeated instruction counts of each side (at least two, or it is `unmeasured`). The interval reaches from
 * the smallest head over the largest base to the largest head over the smallest base, and all of it must be beyond the
 * mark; the confidence given is that with which two such ranges hold both medians.
 */
export function decideInstructions(
  base: readonly number[],
  head: readonly number[],
  effect: Omit<EffectThreshold, 'better'>,
): InstructionAnswer {
  const usable = (counts: readonly number[]) =>
    counts.length >= 2 && counts.every(count => Number.isFinite(count) && count > 0)
  if (!usable(base) || !usable(head)) return { decision: 'unmeasured', reason: { rule: 'too-few-counts' } }
  const [baseLow, baseHigh] = [Math.min(...base), Math.max(...base)]
  const [headLow, headHigh] = [Math.min(...head), Math.max(...head)]
  const change = {
    ratio: median(head) / median(base),
    low: headLow / baseHigh,
    high: headHigh / baseLow,
    confidence: (1 - 2 ** (1 - base.length)) * (1 - 2 ** (1 - head.length)),
  }
  const beyond = (large: number, small: number) =>
    large > small * (1 + effect.threshold) && large - small > (effect.floor ?? 0)
  if (beyond(headLow, baseHigh)) return { decision: 'slower', change }
  if (beyond(baseLow, headHigh)) return { decision: 'faster', change }
  if (beyond(headHigh, baseLow)) return { decision: 'undecided', reason: { rule: 'counts-spread' }, change }
  const open = beyond(baseHigh, headLow)
  return { decision: 'unchanged', ...(open && { reason: { rule: 'counts-speed-up-open' as const } }), change }
}
