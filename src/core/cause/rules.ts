import type { Evidence } from '../evidence/evidence.ts'
import * as branches from './signs/branches.ts'
import * as code from './signs/code.ts'
import * as memory from './signs/memory.ts'
import * as placement from './signs/placement.ts'
import * as runtime from './signs/runtime.ts'
import * as time from './signs/time.ts'
import * as work from './signs/work.ts'

/** Causes that evidence can speak for; `mixed` and `unexplained` follow from these. */
export type PlainCause = 'work' | 'codegen' | 'memory' | 'branches' | 'placement'

/** One piece of evidence: what it supports and how strongly. */
export interface Rule {
  /** The figures that show it, or undefined where it is not there. */
  readonly sign: (evidence: Evidence) => object | undefined
  readonly weights: Partial<Readonly<Record<PlainCause, number>>>
  /** Without at least one such sign a cause is not claimed, however much else fits it. */
  readonly positive?: boolean
}

/** How much evidence a cause needs to be called likely. */
export const NEEDED: Readonly<Record<PlainCause, number>> = {
  work: 3,
  codegen: 3,
  memory: 3,
  branches: 3,
  placement: 4,
}

/** When a layout trial has shown that the slowdown is real, less evidence says what it is. */
export const NEEDED_WHEN_REAL = 2

/** With at least this part of the slowdown in additional instructions, code that moved with them is innocent. */
export const EXPLAINED_BY_WORK = 0.8

/** Between these, the growth of instructions is comparable with the slowdown, which shows the work without a trial. */
export const COMPARABLE: readonly [number, number] = [0.5, 2]

/** The rule: evidence and its weight. How the weights were found is in docs/how-it-explains.md. */
export const RULES = {
  'instructions-explain': { sign: work.instructionsExplain, weights: { work: 2, codegen: 2, placement: -1 } },
  'instructions-rose': { sign: work.instructionsRose, weights: { work: 1, codegen: 1 } },
  'changed-code-touched': { sign: work.changedCodeTouched, weights: { work: 2 }, positive: true },
  'changed-code-maybe': { sign: work.changedCodeMaybe, weights: { work: 2, codegen: 1 }, positive: true },
  'changed-code-unknown': { sign: work.changedCodeUnknown, weights: { work: 0.5, codegen: 0.5 } },
  'changed-code-untouched': { sign: work.changedCodeUntouched, weights: { codegen: 2 }, positive: true },
  'build-not-reproducible': { sign: code.buildNotReproducible, weights: {} },
  'inlining-changed': { sign: work.inliningChanged, weights: { codegen: 1 } },
  'calls-more': { sign: work.callsMore, weights: { work: 1 } },
  'allocates-more': { sign: runtime.allocatesMore, weights: { work: 1 } },
  'copies-more': { sign: runtime.copiesMore, weights: { work: 0.5 } },
  'build-changed': { sign: work.buildChanged, weights: { codegen: 1 } },
  'executed-more-often': { sign: work.executedMoreOften, weights: { work: 1.5 }, positive: true },
  'touched-code-ran': {
    sign: work.touchedCodeRan,
    weights: { work: 0.5, memory: 0.5, branches: 0.5, placement: -0.5 },
  },
  'hot-code-rewritten': { sign: code.hotCodeRewritten, weights: { work: 2.5 }, positive: true },
  'hot-code-rebuilt': { sign: code.hotCodeRebuilt, weights: { work: 1.5, memory: 0.5 }, positive: true },
  'hot-code-came-out-different': {
    sign: code.hotCodeCameOutDifferent,
    weights: { codegen: 1 },
    positive: true,
  },
  'most-code-resized': { sign: code.mostCodeResized, weights: { codegen: 2 }, positive: true },
  'footprint-misses': { sign: code.footprintMisses, weights: { work: 2 }, positive: true },
  'footprint-grew': { sign: code.footprintGrew, weights: { work: 1, codegen: 1, placement: -3 } },
  'time-in-touched-code': {
    sign: time.timeInTouchedCode,
    weights: { work: 3, placement: -1 },
    positive: true,
  },
  'time-in-allocator': { sign: runtime.timeInAllocator, weights: { work: 2.5 }, positive: true },
  'time-in-code-run-anew': { sign: time.timeInCodeRunAnew, weights: { work: 2.5 }, positive: true },
  'script-ran-longer': { sign: time.scriptRanLonger, weights: { work: 3 }, positive: true },
  'time-in-untouched-code': {
    sign: time.timeInUntouchedCode,
    weights: { codegen: 3, placement: -1 },
    positive: true,
  },
  'time-in-moved-code': { sign: time.timeInMovedCode, weights: { placement: 1 } },
  waited: { sign: time.waited, weights: { memory: -2, branches: -2, placement: -3 } },
  'data-misses-rose': { sign: memory.dataMissesRose, weights: { memory: 1.5 }, positive: true },
  'data-misses-explain': { sign: memory.dataMissesExplain, weights: { memory: 2 } },
  'same-code-misses-more': {
    sign: memory.sameCodeMissesMore,
    weights: { memory: 1.5, placement: -1.5 },
  },
  'misses-in-changed-code': { sign: memory.missesInChangedCode, weights: { memory: 1 } },
  'same-count-other-code': { sign: memory.sameCountOtherCode, weights: { memory: 1 } },
  'hot-data-grew': { sign: memory.hotDataGrew, weights: { memory: 1 } },
  'types-changed': { sign: memory.typesChanged, weights: { memory: 0.5 } },
  'faults-rose': { sign: memory.faultsRose, weights: { memory: 1 }, positive: true },
  'pages-became-small': { sign: memory.pagesBecameSmall, weights: { memory: 2, placement: -1 } },
  'back-end-stalled': { sign: memory.backEndStalled, weights: { memory: 1 }, positive: true },
  'branch-misses-rose': {
    sign: branches.branchMissesRose,
    weights: { branches: 1.5, placement: -1 },
    positive: true,
  },
  'branch-misses-explain': { sign: branches.branchMissesExplain, weights: { branches: 1 } },
  'speculation-wasted': { sign: branches.speculationWasted, weights: { branches: 1.5 }, positive: true },
  'something-that-runs-changed': { sign: branches.somethingThatRunsChanged, weights: { branches: 0.5 } },
  'no-more-instructions': { sign: branches.noMoreInstructions, weights: { branches: 0.5 } },
  'same-work-done': { sign: placement.sameWorkDone, weights: { placement: 2, work: -2, codegen: -2 } },
  'same-code-uncounted': { sign: placement.sameCodeUncounted, weights: { placement: 1.5 } },
  'hot-code-moved': { sign: placement.hotCodeMoved, weights: { placement: 1 } },
  'hot-data-moved': { sign: placement.hotDataMoved, weights: { placement: 0.5 } },
  'nothing-hot-moved': {
    sign: placement.nothingHotMoved,
    weights: { work: 1, codegen: 1, memory: 1, branches: 1, placement: -4 },
  },
  'sets-crowded': { sign: placement.setsCrowded, weights: { placement: 2 }, positive: true },
  'instruction-misses-rose': {
    sign: placement.instructionMissesRose,
    weights: { placement: 2 },
    positive: true,
  },
  'front-end-stalled': { sign: placement.frontEndStalled, weights: { placement: 2 }, positive: true },
  'loops-misaligned': { sign: placement.loopsMisaligned, weights: { placement: 1 }, positive: true },
  'loops-moved-unchecked': { sign: placement.loopsMovedUnchecked, weights: { placement: 0.5 } },
  'loop-alignment-worsened': {
    sign: placement.loopAlignmentWorsened,
    weights: { placement: 1 },
  },
  'jumps-on-boundaries': {
    sign: placement.jumpsOnBoundaries,
    weights: { placement: 1.5 },
    positive: true,
  },
  'moved-blocks-slower': { sign: placement.movedBlocksSlower, weights: { placement: 2 }, positive: true },
  'data-sets-crowded': { sign: placement.dataSetsCrowded, weights: { placement: 2 }, positive: true },
  'moved-data-misses': { sign: placement.movedDataMisses, weights: { placement: 2 } },
  'same-branches-miss': { sign: placement.sameBranchesMiss, weights: { placement: 1.5 }, positive: true },
  'other-front-end-misses': {
    sign: placement.otherFrontEndMisses,
    weights: { placement: 1 },
    positive: true,
  },
} satisfies Readonly<Record<string, Rule>>

/** The stable name of a rule, as report.json carries it. */
export type RuleId = keyof typeof RULES

/** The figures that show the sign of a rule. */
export type FiguresOf<Id extends RuleId> = NonNullable<ReturnType<(typeof RULES)[Id]['sign']>>
