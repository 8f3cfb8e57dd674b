import { DEFAULT_POLICIES } from '../../core/decision/policy.ts'
import { decideAnew, keptMasked } from '../../core/decision/redecide.ts'
import { decideInstructions } from '../../core/decision/rounds-summary.ts'
import { verdictOf } from '../../core/decision/verdict.ts'
import { isNoisy, METRICS } from '../../core/model/metric.ts'
import type { BenchmarkReport, Decision, Report, Series } from '../../core/model/report.ts'
import { median } from '../../core/statistics/median.ts'
import { faultThere, noValueOn, OF_A_FORK, REPORTED, remarksThere } from '../../report/reasons/foreign.ts'
import { describeReason } from '../../report/words/open-answer.ts'

/**
 * A fork's report with nothing in it but figures and names: decisions, changes, counts and the verdict are made anew from the samples,
 * reasons from the decisions, and every sentence that the report brings is dropped, because readers would take it for the gate's own. What decides a
 * policy is not the report's to say.
 */
export function foreignReport(
  report: Report,
  { run, pull }: Required<Pick<Report, 'run' | 'pull'>>,
): Omit<Report, 'sentence'> {
  const alpha = Math.min(Math.max(report.alpha, 1e-6), 0.2)
  const benchmarks = decideAnew(report.benchmarks.map(claimless), alpha, describeReason)
    .map(bySideValues)
    // A claim against itself is taken: no fork says so without having seen it.
    .map((row, at) => keptMasked(row, report.benchmarks[at]!))
  const errors = report.errors.slice(0, MOST_ERRORS).map(errorOf)
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  const policies = DEFAULT_POLICIES
  const { isolation, network, cpus } = report.host
  return {
    schema: 1,
    verdict: verdictOf({ benchmarks, errors, failedBuilds, policies }),
    tool: { name: 'perf-verdict', version: plain(report.tool.version, 20) ?? 'unknown' },
    base: { sha: report.base.sha },
    head: { sha: report.head.sha },
    pull,
    ...(report.key !== undefined && { key: report.key }),
    run,
    seed: report.seed,
    alpha,
    startedAt: '',
    seconds: report.seconds,
    limitations: [],
    notes: notesOn(report),
    remarks: [OF_A_FORK],
    errors,
    policies,
    machine: {},
    host: {
      knobs: [],
      isolation: plain(isolation, 60) ?? 'unknown',
      ...(network !== undefined && { network }),
      ...(cpus !== undefined && /^[\d,-]{1,60}$/.test(cpus) && { cpus }),
    },
    benchmarks,
  }
}

const MOST_ERRORS = 20

function errorOf({ side }: Report['errors'][number]): Report['errors'][number] {
  return { what: faultThere(side), ...(side !== undefined && { side }) }
}

function notesOn({ limitations, notes, remarks = [] }: Report): readonly string[] {
  const left = limitations.length + notes.length + remarks.length
  if (left === 0) return []
  return [remarksThere(left)]
}

/** Our own word that a report may repeat: letters, digits and signs that make no sentence. */
function plain(text: string, most: number): string | undefined {
  return text.length <= most && /^[\w.+-]+$/.test(text) ? text : undefined
}

/** The row without a word or a claim of its own, as far as there is something to decide it by. */
function claimless(row: BenchmarkReport): BenchmarkReport {
  const { name, threshold, floor, better, metric, rounds, base, head, control, hot, suspects, touched } = row
  const kept = {
    name,
    unit: /^[\w%µ/·^ -]{0,16}$/.test(row.unit) ? row.unit : '',
    threshold,
    ...(floor !== undefined && { floor }),
    better,
    metric,
    rounds,
    ...(base && base.samples.length > 0 && { base: withMedian(base) }),
    ...(head && head.samples.length > 0 && { head: withMedian(head) }),
    ...(hot && { hot }),
    ...(suspects && { suspects: suspects.map(suspect => ({ ...suspect, because: '' })) }),
    ...(touched && { touched: touched.map(({ through: _, ...where }) => where) }),
    ...countersOf(row),
    ...causeOf(row),
    ...displacersOf(row),
  }
  // Whatever it claims; the samples decide.
  if (isNoisy(metric) && [base?.samples, head?.samples, control?.samples].every(isMeasured) && control)
    return { ...kept, rounds: Math.max(1, rounds), decision: 'undecided', control }
  if (metric === 'instructions' && base && head)
    return { ...kept, ...byCounts(base.samples, head.samples, row) }
  return { ...kept, ...withoutSamples(row) }
}

/** The row by its counts, with the reason in words. */
function byCounts(
  ...given: Parameters<typeof decideInstructions>
): Pick<BenchmarkReport, 'decision' | 'reason' | 'change'> {
  const { reason, ...answer } = decideInstructions(...given)
  return { ...answer, ...(reason && { reason: describeReason(reason) }) }
}

/** Values as a run may return them (core/harness). */
function isMeasured(samples: readonly number[] | undefined): boolean {
  return (
    samples !== undefined && samples.length > 0 && samples.every(value => value >= 1e-100 && value <= 1e100)
  )
}

const withMedian = ({ samples, step, digit }: Series): Series => ({
  median: median(samples),
  samples,
  ...(step !== undefined && step > 0 && { step, ...(digit !== undefined && digit < step && { digit }) }),
})

type Claim = Pick<BenchmarkReport, 'decision' | 'reason' | 'change' | 'fault' | 'untouched'>

/** The decision of a row without samples: what its interval shows, or that it was not measured. */
function withoutSamples({
  decision,
  change,
  threshold,
  better,
  rounds,
  fault,
  metric,
  untouched,
}: BenchmarkReport): Claim {
  if (change && change.low <= change.ratio && change.ratio <= change.high) {
    const [low, high] = better === 'lower' ? [change.low, change.high] : [1 / change.high, 1 / change.low]
    const shown: Decision =
      low > 1 + threshold ? 'slower' : high < 1 ? 'faster' : high <= 1 + threshold ? 'unchanged' : 'undecided'
    return { decision: shown, change, ...(shown === 'undecided' && { reason: REPORTED.spans }) }
  }
  if (decision === 'unchanged' && rounds === 0 && untouched)
    return { decision, untouched, reason: REPORTED.untouched }
  if (decision === 'unchanged' && rounds === 0 && METRICS[metric].by !== 'build')
    return { decision, reason: REPORTED.identical }
  if (decision === 'new') return { decision, reason: REPORTED.new }
  if (decision === 'removed') return { decision, reason: REPORTED.removed }
  const side = fault?.side
  if (decision === 'unmeasured' && side !== undefined)
    return {
      decision,
      fault: { side, kind: 'crash' },
      reason: noValueOn(side),
    }
  return { decision: 'unmeasured', reason: REPORTED['no-values'] }
}

/** Exact metrics other than instructions: equal repeats, so the medians are the values. */
function bySideValues(row: BenchmarkReport): BenchmarkReport {
  const { base, head, reason: _, change: __, fault: ___, ...kept } = row
  if (row.metric === 'instructions' || isNoisy(row.metric) || !base || !head) return row
  const [from, to] = [base.median, head.median]
  const ratio = from > 0 ? to / from : undefined
  const decision = to > from * (1 + row.threshold) ? 'slower' : to < from ? 'faster' : 'unchanged'
  const change = ratio === undefined ? {} : { change: { ratio, low: ratio, high: ratio, confidence: 1 } }
  return { ...kept, base, head, ...change, decision }
}

function countersOf({ counters }: BenchmarkReport): Pick<BenchmarkReport, 'counters'> {
  if (!counters) return {}
  const { source, base, head, iterations, instructionSpread } = counters
  return {
    counters: {
      ...{ source, base, head },
      ...(iterations !== undefined && { iterations }),
      ...(instructionSpread !== undefined && { instructionSpread }),
    },
  }
}

/** Nobody here has seen the evidence, so that no cause counts as shown. */
function causeOf({ cause }: BenchmarkReport): Pick<BenchmarkReport, 'cause'> {
  if (!cause) return {}
  const { kind, placementShare } = cause
  return {
    cause: {
      kind,
      confidence: 'likely',
      because: [],
      against: [],
      ...(placementShare !== undefined && { placementShare }),
    },
  }
}

function displacersOf({ displacers }: BenchmarkReport): Pick<BenchmarkReport, 'displacers'> {
  if (!displacers) return {}
  return {
    displacers: displacers.map(({ symbol, object, bytes, change, share }) => ({
      symbol,
      object,
      bytes,
      change,
      share,
    })),
  }
}
