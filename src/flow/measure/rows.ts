import { cpuTimeOf } from '../../core/decision/cpu-time.ts'
import {
  type Answer,
  decideTable,
  type Family,
  roundsToAnswer,
  rowLevel,
  tableLevel,
} from '../../core/decision/decide.ts'
import type { RoundsEnded } from '../../core/decision/ending.ts'
import { answerExact, type ExactRow, exactRow } from '../../core/decision/exact-rows.ts'
import {
  detectableSlowdown,
  type JudgedEffect,
  type SummarizedRow,
} from '../../core/decision/rounds-summary.ts'
import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import { SIDES, type Side } from '../../core/model/side.ts'
import {
  coarseClocks,
  flakyRuns,
  unfitControl,
  valuesWithoutNoise,
} from '../../report/limitations/measuring.ts'
import { faultClause } from '../../report/reasons/faults.ts'
import { faultReason } from '../../report/reasons/rows.ts'
import { cpuTimeSentences } from '../../report/words/cpu-time.ts'
import { describeReason } from '../../report/words/open-answer.ts'
import { plannedFields, seriesOf } from '../run/report-rows.ts'
import { asPrinted, type Ending, summaryOf, type Tracker } from './tracker.ts'

/** What measuring returns: a row for each benchmark of the request, in its order, and what could not be done in full. */
export interface MeasuredTable {
  readonly benchmarks: readonly BenchmarkReport[]
  readonly limitations: readonly Limitation[]
}

/** The reports of benchmarks that were measured or are being measured, decided as one table. */
export function reportsOf(trackers: readonly Tracker[], family: Family): readonly BenchmarkReport[] {
  const exact = new Map(trackers.flatMap(tracker => exactOf(tracker)))
  const judged = trackers.filter(tracker => tracker.ending?.kind !== 'faulted' && !exact.has(tracker))
  const rows = judged.map(tracker => rowOf(tracker, family))
  const answers = new Map(
    decideTable(rows, family).map((answer, at) => [judged[at], { answer, row: rows[at]! }]),
  )
  return trackers.map(tracker => {
    const found = answers.get(tracker)
    const counted = exact.get(tracker)
    if (counted) return exactReport(tracker, counted, family)
    return found ? knownReport(tracker, found) : faultedReport(tracker)
  })
}

function exactOf(tracker: Tracker): readonly (readonly [Tracker, ExactRow])[] {
  const row = tracker.ending?.kind === 'faulted' ? undefined : exactRow(tracker.plan, tracker.rounds)
  return row ? [[tracker, row]] : []
}

/** The report of a row that is decided by amounts and not by ratios. */
function exactReport(tracker: Tracker, row: ExactRow, family: Family): BenchmarkReport {
  const { plan, rounds, ending } = tracker
  const judged = asPrinted(tracker)
  const state = {
    rounds: rounds.length,
    needed: roundsToAnswer(family, tracker.lostRounds),
    ...endOf(ending),
  }
  const { reason, ...answer } = answerExact(row, judged, state)
  return {
    ...plannedFields(plan),
    ...answer,
    ...(reason && { reason: describeReason(reason) }),
    base: seriesOf(
      rounds.flatMap(({ base }) => base),
      stepsOf(judged, 'base'),
    ),
    head: seriesOf(row.head, stepsOf(judged, 'head')),
    control: { ratio: 1, fit: true, samples: rounds.flatMap(({ control }) => control) },
    rounds: rounds.length,
    ...(tracker.lostRounds > 0 && { lostRounds: tracker.lostRounds }),
  }
}

/** What to say of runs that failed now and then, and of controls that keep an answer open. */
export function remarksOn(
  trackers: readonly Tracker[],
  reports: readonly BenchmarkReport[],
): readonly Limitation[] {
  const unfit = reports.filter(report => report.control?.fit === false)
  return [
    ...trackers.filter(({ ending }) => ending?.kind !== 'faulted').flatMap(flakyRunsOf),
    ...unfit.map(({ name }) => unfitControl(name)),
    ...coarseClocks(reports),
    ...valuesWithoutNoise(reports),
  ]
}

/** A look at all rounds is kept until there are more: of many rows few change between two looks at the table. */
function rowOf(tracker: Tracker, family: Family): SummarizedRow {
  const { plan, rounds, ending, looked } = tracker
  const summary = summaryOf(tracker, family.alpha)
  if (looked?.summary === summary && looked.ending === ending) return looked
  const judged = asPrinted(tracker)
  const reachable =
    detectableSlowdown(rounds, judged, tableLevel(family)) ??
    (ending?.kind === 'answered' ? detectableSlowdown(rounds, judged, rowLevel(family)) : undefined)
  const timed = plan.metric === 'time' && plan.format.kind === 'wall'
  tracker.looked = {
    summary,
    unit: plan.unit,
    ...endOf(ending),
    ...(reachable !== undefined && { detectable: reachable }),
    ending,
    cpuTime: timed && ending ? cpuTimeOf(rounds, tracker.cpuRounds, judged, family.alpha) : undefined,
  }
  return tracker.looked
}

function endOf(ending: Ending | undefined): { readonly ended?: RoundsEnded } {
  if (ending?.kind === 'ended') return { ended: ending.because }
  return ending ? {} : { ended: { rule: 'cut-off' } }
}

/** The steps of one side's values, as a series has them. */
const stepsOf = ({ steps, digits }: Pick<JudgedEffect, 'steps' | 'digits'>, side: Side) => ({
  ...(steps && { step: steps[side] }),
  ...(digits && { digit: digits[side] }),
})

interface Judged {
  readonly answer: Answer
  readonly row: SummarizedRow
}

/** The report of a row, made anew only when its rounds or its answer in the table are others: each partial report asks for all of them. */
function knownReport(tracker: Tracker, judged: Judged): BenchmarkReport {
  const { answer, row } = judged
  const key = JSON.stringify([answer.decision, answer.reason, answer.control?.fit])
  const { reported } = tracker
  if (reported?.row === row && reported.key === key) return reported.report
  const report = judgedReport(tracker, judged)
  tracker.reported = { row, key, report }
  return report
}

function judgedReport({ plan, rounds, looked }: Tracker, { answer, row }: Judged): BenchmarkReport {
  const { decision, reason, control } = answer
  const { effect } = row.summary
  const report: BenchmarkReport = {
    ...plannedFields(plan),
    decision,
    ...(rounds.length > 0 && {
      base: seriesOf(
        rounds.flatMap(({ base }) => base),
        stepsOf(effect, 'base'),
      ),
    }),
    ...(rounds.length > 0 && {
      head: seriesOf(
        rounds.flatMap(({ head }) => head),
        stepsOf(effect, 'head'),
      ),
    }),
    ...(row.summary.change && { change: row.summary.change }),
    ...(control && { control: { ...control, samples: rounds.flatMap(round => round.control) } }),
    rounds: rounds.length,
    ...(effect.lostRounds && { lostRounds: effect.lostRounds }),
    ...(row.detectable !== undefined && { detectable: row.detectable }),
    ...(looked?.cpuTime && { cpuTime: looked.cpuTime }),
  }
  if (reason === undefined) return report
  return { ...report, reason: [describeReason(reason), ...cpuTimeSentences(report)].join(' ') }
}

function faultedReport({ plan, rounds, faults, ending }: Tracker): BenchmarkReport {
  const side = ending?.kind === 'faulted' ? ending.side : 'both'
  const last = faults[side === 'head' ? 'head' : 'base'].at(-1)
  return {
    ...plannedFields(plan),
    decision: 'unmeasured',
    reason: faultReason(side, { base: faults.base.at(-1), head: faults.head.at(-1) }),
    fault: {
      side,
      kind: last?.kind ?? 'crash',
      ...(last?.lastLines && { lastLines: last.lastLines.map(line => line.slice(0, LINE_LIMIT)) }),
    },
    rounds: rounds.length,
  }
}

const LINE_LIMIT = 1000

function flakyRunsOf({ plan, faults }: Tracker): readonly Limitation[] {
  return SIDES.flatMap(side => {
    const last = faults[side].at(-1)
    return last ? [flakyRuns(plan.name, side, faults[side].length, faultClause(last.says))] : []
  })
}
