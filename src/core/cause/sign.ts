import type { CauseKind } from '../model/explanation.ts'
import type { LayoutTrial } from '../model/trials.ts'
import type { FiguresOf, RuleId } from './rules.ts'

/** What a cause may rest on outside the table of rules, with its figures. */
interface OtherReasons {
  /** The layout trial, which outranks everything that was inferred. */
  readonly 'layout-trial': Pick<
    LayoutTrial,
    'layouts' | 'ratio' | 'low' | 'high' | 'best' | 'outcome' | 'question' | 'asBuilt'
  >
  /** A speed-up by placement can be lost again. */
  readonly 'gain-may-be-lost': object
  /** Signs were found, and too few for any cause. */
  readonly 'evidence-insufficient': object
  /** No sign was found. */
  readonly 'nothing-differs': object
  /** Nothing was counted and nothing compared. */
  readonly 'nothing-counted': object
}

type FiguresOfAll = { readonly [Id in RuleId]: FiguresOf<Id> } & OtherReasons

/** The stable names of everything that a cause can rest on. */
export type ReasonId = keyof FiguresOfAll

/** The figures behind one reason. */
export type ReasonFigures<Id extends ReasonId> = FiguresOfAll[Id]

/** One reason for or against a cause: the rule that holds and its figures. Its sentence is made by the report. */
export type Sign = {
  readonly [Id in ReasonId]: { readonly rule: Id; readonly figures: ReasonFigures<Id> }
}[ReasonId]

/** The cause that the evidence supports, before it is put into words. */
export interface Judgement {
  readonly kind: CauseKind
  readonly confidence: 'shown' | 'likely'
  readonly because: readonly Sign[]
  readonly against: readonly Sign[]
  /** What reaches the code that it is in, other than lines of the diff. */
  readonly through?: readonly string[]
  /** For `mixed`: the part of the slowdown (0 to 1) that placement accounts for. */
  readonly placementShare?: number
}
