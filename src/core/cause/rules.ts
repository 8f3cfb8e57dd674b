import type { Evidence } from '../evidence/evidence.ts'
import * as branches from './signs/branches.ts'
import * as code from './signs/code.ts'
import * as memory from './signs/memory.ts'
import * as placement from './signs/placement.ts'
import * as time from './signs/time.ts'
import * as work from './signs/work.ts'

/** Causes that evidence can speak for; `mixed` and `unexplained` follow from these. */
export type PlainCause = 'work' | 'codegen' | 'memory' | 'branches' | 'placement'

/** One piece of evidence: what it speaks for, how strongly, and the sentence when it is there. */
export interface Rule {
  readonly sign: (evidence: Evidence) => string | undefined
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

/** With at least this part of the slowdown in additional instructions, code that moved beside them is innocent. */
export const EXPLAINED_BY_WORK = 0.8

/** Between these, the growth of instructions is comparable with the slowdown, which shows the work without a trial. */
export const COMPARABLE: readonly [number, number] = [0.5, 2]

/** The rule: evidence and its weight. How the weights were found is in docs/how-it-explains.md. */
export const RULES: readonly Rule[] = [
  { sign: work.instructionsExplain, weights: { work: 2, codegen: 2, placement: -1 } },
  { sign: work.instructionsRose, weights: { work: 1, codegen: 1 } },
  { sign: work.changedCodeTouched, weights: { work: 2 }, positive: true },
  { sign: work.changedCodeMaybe, weights: { work: 2, codegen: 1 }, positive: true },
  { sign: work.changedCodeUnknown, weights: { work: 0.5, codegen: 0.5 } },
  { sign: work.changedCodeUntouched, weights: { codegen: 2 }, positive: true },
  { sign: work.inliningChanged, weights: { codegen: 1 } },
  { sign: work.callsMore, weights: { work: 1 } },
  { sign: work.buildChanged, weights: { codegen: 1 } },
  { sign: work.ranOftener, weights: { work: 1.5 }, positive: true },
  { sign: work.touchedCodeRan, weights: { work: 0.5, memory: 0.5, branches: 0.5, placement: -0.5 } },
  { sign: code.hotCodeRewritten, weights: { work: 2.5 }, positive: true },
  { sign: code.hotCodeRebuilt, weights: { work: 1.5, memory: 0.5 }, positive: true },
  { sign: code.hotCodeCameOutDifferent, weights: { codegen: 1 }, positive: true },
  { sign: code.footprintGrew, weights: { work: 1, codegen: 1, placement: -3 } },
  { sign: time.timeInTouchedCode, weights: { work: 3, placement: -1 }, positive: true },
  { sign: time.timeInUntouchedCode, weights: { codegen: 3, placement: -1 }, positive: true },
  { sign: time.timeInMovedCode, weights: { placement: 1 } },
  { sign: time.waited, weights: { memory: -2, branches: -2, placement: -3 } },
  { sign: memory.dataMissesRose, weights: { memory: 1.5 }, positive: true },
  { sign: memory.dataMissesExplain, weights: { memory: 2 } },
  { sign: memory.sameCodeMissesMore, weights: { memory: 1.5, placement: -1.5 }, positive: true },
  { sign: memory.missesInChangedCode, weights: { memory: 1 } },
  { sign: memory.sameCountOtherCode, weights: { memory: 1 } },
  { sign: memory.hotDataGrew, weights: { memory: 1 } },
  { sign: memory.typesChanged, weights: { memory: 0.5 } },
  { sign: memory.faultsRose, weights: { memory: 1 }, positive: true },
  { sign: memory.pagesBecameSmall, weights: { memory: 2, placement: -1 } },
  { sign: memory.backEndStalled, weights: { memory: 1 }, positive: true },
  { sign: branches.branchMissesRose, weights: { branches: 1.5, placement: -1 }, positive: true },
  { sign: branches.branchMissesExplain, weights: { branches: 1 } },
  { sign: branches.somethingThatRunsChanged, weights: { branches: 0.5 } },
  { sign: branches.noMoreInstructions, weights: { branches: 0.5 } },
  { sign: placement.sameWorkDone, weights: { placement: 2, work: -2, codegen: -2 } },
  { sign: placement.sameCodeUncounted, weights: { placement: 1.5 } },
  { sign: placement.hotCodeMoved, weights: { placement: 1 } },
  { sign: placement.hotDataMoved, weights: { placement: 0.5 } },
  {
    sign: placement.nothingHotMoved,
    weights: { work: 1, codegen: 1, memory: 1, branches: 1, placement: -4 },
  },
  { sign: placement.setsCrowded, weights: { placement: 2 }, positive: true },
  { sign: placement.instructionMissesRose, weights: { placement: 2 }, positive: true },
  { sign: placement.frontEndStalled, weights: { placement: 2 }, positive: true },
  { sign: placement.loopsMisaligned, weights: { placement: 1 }, positive: true },
  { sign: placement.loopsMovedUnchecked, weights: { placement: 0.5 } },
  { sign: placement.loopsLieWorse, weights: { placement: 1 }, positive: true },
  { sign: placement.dataSetsCrowded, weights: { placement: 2 }, positive: true },
  { sign: placement.movedDataMisses, weights: { placement: 2 }, positive: true },
  { sign: placement.sameBranchesMiss, weights: { placement: 1.5 }, positive: true },
  { sign: placement.otherFrontEndMisses, weights: { placement: 1 }, positive: true },
]
