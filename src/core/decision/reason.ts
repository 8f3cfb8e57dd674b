import type { RoundsEnded } from './ending.ts'

/** How the rounds of a row ended, and after how many. */
interface Ended {
  readonly rounds: number
  /** Absent where nothing is known of it. */
  readonly ended?: RoundsEnded | undefined
}

/** The change that was seen; its interval is absent while there are too few rounds for one. */
interface Seen {
  readonly ratio: number
  readonly low?: number
  readonly high?: number
}

/** Why an answer is open or comes without a ratio: a stable name and its figures. The report makes the sentence. */
export type Reason =
  /** The rounds ended before any answer was possible. */
  | ({ readonly rule: 'too-few-rounds'; readonly needed: number } & Ended)
  /** Two copies of the same build differ beyond the threshold. */
  | { readonly rule: 'control-unfit'; readonly threshold: number; readonly control?: Seen | undefined }
  /** The answer stands only if the bias between two copies of the same build is ignored. */
  | { readonly rule: 'control-open'; readonly bias: number }
  /** The row alone would be a breach; the table is too large for that much evidence. */
  | { readonly rule: 'within-chance'; readonly rows: number; readonly change?: Seen | undefined }
  /** The rounds speak for neither side of the threshold. */
  | ({
      readonly rule: 'straddles'
      readonly threshold: number
      readonly change?: Seen | undefined
      readonly detectable?: number | undefined
    } & Ended)
  /** The values move in so coarse steps that rounding can hide a change beyond the threshold. */
  | {
      readonly rule: 'printed-steps'
      /** The wider of both sides' steps, and base's median value, in the unit. */
      readonly step: number
      /** The step of the last printed digit, where a clock lets the values move in coarser ones. */
      readonly digit?: number
      readonly base: number
      readonly threshold: number
      readonly unit: string
    }
  /** Not slower is shown; whether it is faster is not. */
  | ({ readonly rule: 'speed-up-open'; readonly threshold: number } & Ended)
  /** A value that is zero now and then has no ratio, and had too few rounds to be decided by amounts. */
  | ({ readonly rule: 'zeros-need-rounds'; readonly needed: number } & Ended)
  /** One side is zero, so that there is no ratio. */
  | { readonly rule: 'from-zero'; readonly base: number; readonly head: number }
  /** Repeated values or counts of one side are on both sides of the threshold. */
  | { readonly rule: 'values-spread' | 'counts-spread' }
  /** Not slower by counts; they spread too far to tell whether it is faster. */
  | { readonly rule: 'counts-speed-up-open' }
  /** Fewer than two usable counts of a side. */
  | { readonly rule: 'too-few-counts' }

/** Puts a reason into a sentence. */
export type WordReason = (reason: Reason) => string
