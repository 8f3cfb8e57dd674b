import { isNoisy } from '../model/metric.ts'
import type { BenchmarkReport } from '../model/report.ts'
import { decideTable, roundsToAnswer } from './decide.ts'
import { answerExact, exactRow } from './exact-rows.ts'
import { isHeldByLayouts } from './gate-on.ts'
import type { WordReason } from './reason.ts'
import { type Round, roundsIn, stepsIn } from './rounds.ts'
import { summarizeRounds } from './rounds-summary.ts'

/**
 * Decides rows that were measured apart as the one table that they are, from their samples: a claim that stood among the few
 * rows of its shard may not stand among all of them, and one that was not yet beyond chance may be. Rows that were not
 * decided by time stay as they are.
 */
export function redecide(
  rows: readonly BenchmarkReport[],
  alpha: number,
  wording: WordReason,
): readonly BenchmarkReport[] {
  const answers = answersOf(rows, alpha, wording)
  return rows.map(row => {
    const answer = answers.get(row)
    return answer && answer.decision !== row.decision ? keptMasked(answer, row) : row
  })
}

/** What layouts showed is not in the samples: a row that is not slower as built stays masked, or undecided where they have a say. */
export function keptMasked(answer: BenchmarkReport, row: BenchmarkReport): BenchmarkReport {
  return isHeldByLayouts(row, answer) ? { ...answer, decision: row.decision } : answer
}

/**
 * Decides rows from their samples alone, whatever they claim: decision, reason, change and control are all made anew. Rows without
 * samples stay as they are.
 */
export function decideAnew(
  rows: readonly BenchmarkReport[],
  alpha: number,
  wording: WordReason,
): readonly BenchmarkReport[] {
  const answers = answersOf(rows, alpha, wording)
  return rows.map(row => answers.get(row) ?? row)
}

/** Each row that has samples of noisy rounds, as they decide it. */
function answersOf(
  rows: readonly BenchmarkReport[],
  alpha: number,
  wording: WordReason,
): ReadonlyMap<BenchmarkReport, BenchmarkReport> {
  const judged = rows.flatMap(row => {
    const rounds = roundsOf(row)
    if (!rounds) return []
    const summary = summarizeRounds(rounds, { ...row, ...stepsIn(row) }, alpha)
    return [{ row, summary, unit: row.unit }]
  })
  const answers = decideTable(judged, { alpha, rows: rows.filter(isTested).length })
  const exact = rows.flatMap((row): readonly (readonly [BenchmarkReport, BenchmarkReport])[] => {
    const rounds = row.decision === 'unmeasured' ? undefined : roundsIn(row)
    const values = rounds && exactRow(row, rounds)
    if (!values) return []
    const needed = roundsToAnswer({ alpha }, row.lostRounds)
    const { reason: _, change: __, ...kept } = row
    const { reason, ...answer } = answerExact(
      values,
      { ...row, ...stepsIn(row) },
      { rounds: rounds.length, needed },
    )
    return [[row, { ...kept, ...answer, ...(reason && { reason: wording(reason) }) }]]
  })
  return new Map([
    ...exact,
    ...judged.map(({ row, summary }, at): readonly [BenchmarkReport, BenchmarkReport] => {
      const { decision, reason, control } = answers[at]!
      const { reason: _, change: __, ...kept } = row
      const samples = row.control?.samples
      return [
        row,
        {
          ...kept,
          decision,
          ...(reason && { reason: wording(reason) }),
          ...(summary.change ? { change: summary.change } : {}),
          ...(control ? { control: { ...control, ...(samples ? { samples } : {}) } } : {}),
        },
      ]
    }),
  ])
}

/** Whether time was measured for the row, or should have been: it shares the table's error rate. */
function isTested(row: BenchmarkReport): boolean {
  if (!isNoisy(row.metric) || row.decision === 'new' || row.decision === 'removed') return false
  return row.rounds > 0 || row.decision === 'unmeasured'
}

/** The rounds as they were measured; undefined for a row that was not decided by them. */
function roundsOf(row: BenchmarkReport): readonly Round[] | undefined {
  const rounds = row.decision === 'unmeasured' || !isNoisy(row.metric) ? undefined : roundsIn(row)
  return rounds && exactRow(row, rounds) ? undefined : rounds
}

/**
 * The benchmark to bisect: of those that are slower the one that got worst, among those that would be so whatever the rest of
 * the table says (Bonferroni). A claim that stands by the others' strength only (e-BH) is one of several of which some may be
 * wrong, and to pick one of them has no error rate.
 */
export function worstBreach(rows: readonly BenchmarkReport[], alpha: number): BenchmarkReport | undefined {
  return rows
    .filter(row => row.decision === 'slower')
    .flatMap(row => redecide([row], alpha / rows.length, () => ''))
    .filter(row => row.decision === 'slower')
    .toSorted((one, other) => slowdown(other) - slowdown(one))[0]
}

/** How many times worse than base. */
function slowdown({ change, better }: BenchmarkReport): number {
  const ratio = change?.ratio ?? 1
  return better === 'lower' ? ratio : 1 / ratio
}
