import { runsPerRound } from '../../core/decision/rounds.ts'
import type { Part } from '../../core/decision/schedule.ts'
import type { BenchmarkReport, Report } from '../../core/model/report.ts'

type Step = (benchmark: BenchmarkReport) => BenchmarkReport

/** What a report can do without, the least missed first, when it grows beyond what a reader takes. */
const STEPS: readonly Step[] = [
  benchmark => (benchmark.decision === 'unchanged' ? without(benchmark, ['hot', 'touched']) : benchmark),
  benchmark => (benchmark.decision === 'slower' ? benchmark : without(benchmark, ['flame', 'annotated'])),
  benchmark => without(benchmark, ['flame', 'annotated']),
  benchmark => ({ ...benchmark, ...(benchmark.hot && { hot: benchmark.hot.slice(0, 50) }) }),
  benchmark => ({ ...benchmark, ...samplesAtMost(benchmark, 200) }),
  benchmark =>
    benchmark.decision === 'slower'
      ? benchmark
      : without(benchmark, ['hot', 'touched', 'displacers', 'suspects', 'counters']),
  benchmark => ({
    ...without(benchmark, ['hot', 'touched', 'trials']),
    ...remediesOf(benchmark),
    ...samplesAtMost(benchmark, 30),
  }),
  benchmark =>
    without({ ...benchmark, ...samplesAtMost(benchmark, 0), ...causeInWords(benchmark) }, [
      'displacers',
      'suspects',
      'counters',
      'trials',
    ]),
]

/** The text of a report that is at most `units` long, made of as little less than the whole report as that takes. */
export function thinned(report: Report, units: number, write: (report: Report) => string): string {
  let text = write(report)
  let thinner = report
  for (const [index, step] of STEPS.entries()) {
    if (text.length <= units) return text
    const note = `This report was too large and was thinned out in ${index + 1} of ${STEPS.length} steps; every decision is in it.`
    thinner = { ...thinner, benchmarks: thinner.benchmarks.map(step) }
    text = write({ ...thinner, notes: [...report.notes, note] })
  }
  return text
}

function without(benchmark: BenchmarkReport, fields: readonly (keyof BenchmarkReport)[]): BenchmarkReport {
  return Object.fromEntries(
    Object.entries(benchmark).filter(([field]) => !fields.some(name => name === field)),
  ) as unknown as BenchmarkReport
}

/** The sentences say what the figures of the signs say. */
function causeInWords({ cause }: BenchmarkReport): Pick<BenchmarkReport, 'cause'> {
  if (!cause) return {}
  const { signs: _, ...words } = cause
  return { cause: words }
}

/** As long as there are suspects there is advice, and what was tried must not be advised as untried. */
function remediesOf({ trials }: BenchmarkReport): Pick<BenchmarkReport, 'trials'> {
  return trials?.remedies ? { trials: { remedies: trials.remedies } } : {}
}

/** Every n-th round, so that what was taken together stays together. */
function samplesAtMost({ base, head, control }: BenchmarkReport, most: number): Partial<BenchmarkReport> {
  const longest = Math.max(base?.samples.length ?? 0, head?.samples.length ?? 0)
  const step = Math.max(1, Math.ceil(longest / Math.max(1, most)))
  const fewer = (samples: readonly number[], part: Part) =>
    most === 0 ? [] : samples.filter((_, index) => Math.floor(index / runsPerRound(part)) % step === 0)
  return {
    ...(base && { base: { ...base, samples: fewer(base.samples, 'base') } }),
    ...(head && { head: { ...head, samples: fewer(head.samples, 'head') } }),
    ...(control && {
      control: { ...control, ...(control.samples && { samples: fewer(control.samples, 'control') }) },
    }),
  }
}
