import type { BenchmarkReport, Decision } from '../model/report.ts'
import { fewestRounds } from '../statistics/betting.ts'
import { eBenjaminiHochberg } from '../statistics/e-bh.ts'
import { foreseenEvidence, type LogEvidence } from '../statistics/questions.ts'
import type { Reason } from './reason.ts'
import { type Round, runsPerRound } from './rounds.ts'
import {
  coarseness,
  headToBase,
  hidesThreshold,
  type JudgedEffect,
  type RoundsSummary,
  type SummarizedRow,
} from './rounds-summary.ts'

/** The benchmarks that are judged together: the error rate, and how many rows share it. */
export interface Family {
  readonly alpha: number
  readonly rows: number
  /** Whether a speed-up matters as much as a slowdown: a history asks for the cause of both. */
  readonly asksFaster?: boolean
}

/** The log level at which a claim of slower or faster stands whatever the rest of the table says (Bonferroni). */
export function tableLevel(family: Family): number {
  return Math.log(family.rows / family.alpha)
}

/**
 * The log level for "not slower" and "not faster". No correction for the number of rows: the gate passes only when every row passes, so
 * a slow row slips through no more often than it alone would (an intersection–union test, Berger 1982).
 */
export function rowLevel(family: Pick<Family, 'alpha'>): number {
  return -Math.log(family.alpha)
}

/**
 * Whether more rounds would change nothing that matters. The gate asks whether it is slower; whether it is faster is asked along with
 * that, and for a few rounds more at most, of which there were so many since "not slower" was known. Where the family asks for speed-ups,
 * a row that seems to be one gets rounds enough to show a clear one.
 */
export function isAnswered(summary: RoundsSummary, family: Family, roundsMore: number): boolean {
  const { evidence, doubtful } = summary
  if (doubtful) return false
  if (evidence.slower >= tableLevel(family)) return true
  if (!isNotSlower(summary, family)) return false
  const fasterKnown = evidence.faster >= tableLevel(family) || evidence.notFaster >= rowLevel(family)
  const rounds = family.asksFaster && seemsFaster(summary) ? 2 * roundsToFail(family) : ROUNDS_FOR_FASTER
  return fasterKnown || roundsMore >= rounds
}

/** Whether the middle of what was measured is better by more than the threshold. */
function seemsFaster({ change, effect: { better, threshold } }: RoundsSummary): boolean {
  if (!change) return false
  return (better === 'lower' ? 1 / change.ratio : change.ratio) > 1 + threshold
}

/** The gate's own question is answered for this row: it is not slower. */
export function isNotSlower({ evidence, doubtful }: RoundsSummary, family: Family): boolean {
  return !doubtful && evidence.notSlower >= rowLevel(family)
}

/** Rounds that are spent on "is it faster?" at most after the gate's question has its answer. */
const ROUNDS_FOR_FASTER = 1

/**
 * Whether so many more rounds may still answer whether it is slower, if they go as those so far went with some luck: the share of pairs
 * that speaks for an answer is taken as high as it may well be.
 */
export function canBeAnswered(
  rounds: readonly Round[],
  more: number,
  effect: JudgedEffect,
  family: Family,
): boolean {
  if (rounds.length < SEEN_ENOUGH) return true
  const comparisons = headToBase(rounds, effect.steps)
  const { slower, notSlower } = foreseenEvidence(comparisons, more, effect)
  return slower >= tableLevel(family) || notSlower >= rowLevel(family)
}

/** Rounds after which what they say about further ones is worth asking. */
const SEEN_ENOUGH = 6

/** What is decided of a row, with the fitness of its control. */
export interface Answer {
  readonly decision: Extract<Decision, 'slower' | 'faster' | 'unchanged' | 'undecided'>
  readonly reason?: Reason
  readonly control?: NonNullable<BenchmarkReport['control']>
}

/**
 * Decides the whole table at the end of measuring, from the evidence as it stands then (not from its highest point, for which e-BH would
 * not hold: Tavyrikov, Goeman and de Heide 2025). Wrong claims of slower are at most a share alpha of those made, in expectation, and
 * likewise of faster; any one row that is slower is missed with a probability of at most alpha.
 */
export function decideTable(rows: readonly SummarizedRow[], family: Family): readonly Answer[] {
  const padding = Array.from(
    { length: Math.max(0, family.rows - rows.length) },
    () => Number.NEGATIVE_INFINITY,
  )
  const claims = (of: (summary: RoundsSummary) => LogEvidence, question: 'slower' | 'faster') =>
    eBenjaminiHochberg([...rows.map(row => of(row.summary)[question]), ...padding], family.alpha)
  const decided = (of: (summary: RoundsSummary) => LogEvidence) => {
    const [slower, faster] = [claims(of, 'slower'), claims(of, 'faster')]
    return rows.map((row, at): Answer['decision'] => {
      if (slower[at]) return 'slower'
      if (faster[at]) return 'faster'
      return of(row.summary).notSlower >= rowLevel(family) ? 'unchanged' : 'undecided'
    })
  }
  const final = decided(summary => summary.evidence)
  const unchecked = decided(summary => summary.unchecked)
  const asPrinted = decided(summary => summary.asPrinted ?? summary.unchecked)
  return rows.map((row, at) => {
    const decision = final[at]!
    const heldBack = decision === 'undecided' && unchecked[at] !== 'undecided'
    const rounded = decision === 'undecided' && !heldBack && asPrinted[at] !== 'undecided'
    const control = row.summary.control && { ...row.summary.control, fit: !row.summary.unfit && !heldBack }
    const reason = reasonFor(row, { decision, heldBack, rounded, family })
    return { decision, ...(reason !== undefined && { reason }), ...(control && { control }) }
  })
}

interface Deciding {
  readonly decision: Answer['decision']
  /** The control keeps the answer open. */
  readonly heldBack: boolean
  /** The steps in which values were printed keep it open. */
  readonly rounded: boolean
  readonly family: Family
}

function reasonFor(
  { summary, ended, detectable, unit = '' }: SummarizedRow,
  { decision, heldBack, rounded, family }: Deciding,
): Reason | undefined {
  const { evidence, rounds, change } = summary
  const { threshold } = summary.effect
  if (decision === 'unchanged')
    return evidence.notFaster >= rowLevel(family)
      ? undefined
      : { rule: 'speed-up-open', threshold, rounds, ended }
  if (decision !== 'undecided') return undefined
  if (summary.unfit) return { rule: 'control-unfit', threshold, control: summary.control }
  if (heldBack) return { rule: 'control-open', bias: summary.bias }
  const needed = roundsToAnswer(family)
  if (rounds < needed) return { rule: 'too-few-rounds', needed, rounds, ended }
  if (rounded || hidesThreshold(summary))
    return { rule: 'printed-steps', ...coarseness(summary), threshold, unit }
  return evidence.slower >= rowLevel(family)
    ? { rule: 'within-chance', rows: family.rows, change }
    : { rule: 'straddles', threshold, change, detectable, rounds, ended }
}

/** The fewest rounds with which a row can have any answer, after so many that were lost. */
export function roundsToAnswer(family: Pick<Family, 'alpha'>, lostRounds = 0): number {
  return fewestRounds(rowLevel(family), RUNS_OF_HEAD, RUNS_OF_BASE, lostRounds)
}

/** How many rounds a slowdown that shows in every one of them needs before it can fail the gate. */
export function roundsToFail(family: Family): number {
  return fewestRounds(tableLevel(family), RUNS_OF_HEAD, RUNS_OF_BASE)
}

const RUNS_OF_HEAD = runsPerRound('head')
const RUNS_OF_BASE = runsPerRound('base') + runsPerRound('control')

/** What is wrong with a plan under which no slowdown, however large, could ever fail the gate; a sentence, or none. */
export function reachFaults(family: Family, maxRounds: number): readonly string[] {
  const needed = roundsToFail(family)
  if (family.rows === 0 || maxRounds >= needed) return []
  const table = family.rows === 1 ? '1 benchmark' : `${family.rows} benchmarks`
  return [
    `With at most ${maxRounds} rounds, ${table} and an error rate of ${family.alpha}, no slowdown could ever fail the gate; allow at least ${needed} rounds.`,
  ]
}
