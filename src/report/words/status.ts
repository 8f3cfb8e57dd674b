import { hasCause } from '../../core/model/metric.ts'
import type { BenchmarkReport, Report, Verdict } from '../../core/model/report.ts'
import { formatDuration } from '../text/format.ts'
import { acceptedSentences, luckSentences } from './accepted.ts'
import { findingWord } from './finding.ts'
import { hiddenWorkSentence } from './hidden-work.ts'
import { isBroken } from './order.ts'
import { differingMeasurements } from './other-measurement.ts'
import { otherOutputSentences } from './other-output.ts'
import { policySentence } from './policy.ts'
import { suspiciousSpeedups } from './suspicious-speed.ts'
import { isOpenSoFar } from './title.ts'

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  undecided: 'Undecided',
  error: 'Error',
}

/** The verdict in one word. */
function verdictWord(verdict: Verdict): string {
  return WORDS[verdict]
}

/** The small print below the sentence, in plain text with commits between backticks. */
export function statusParts(report: Report): readonly string[] {
  const { base, head, benchmarks, seconds, shard, host } = report
  const commits =
    base.sha === '' || head.sha === '' ? [] : [`\`${base.sha.slice(0, 8)}\` → \`${head.sha.slice(0, 8)}\``]
  return [
    isOpenSoFar(report) ? 'So far' : verdictWord(report.verdict),
    ...commits,
    ...countsByFinding(benchmarks),
    ...(shard ? [`shard ${shard.index} of ${shard.of}`] : []),
    ...(seconds > 0 ? [formatDuration(seconds)] : []),
    ...(host.noise && host.noise.length > 0 ? ['on a machine that was not quiet'] : []),
  ].filter(part => part !== '')
}

const FINDINGS = [
  'slower',
  'worse',
  'accepted',
  'luck lost',
  'broken',
  'undecided',
  'not measured',
  'gone',
  'faster',
  'new',
  'not touched',
] as const

/** How many benchmarks have each finding, worst first: `3 slower`, `95 undecided`, `1 new`; all that are not slower count together. */
function countsByFinding(benchmarks: readonly BenchmarkReport[]): readonly string[] {
  const words = benchmarks.map(benchmark => {
    const counts = benchmark.accepted !== undefined || benchmark.luck?.excused || hasCause(benchmark.metric)
    if (counts || isBroken(benchmark)) return findingWord(benchmark)
    // More memory, a larger file: each has its own word in the table, and they count together here.
    return benchmark.decision === 'slower' ? 'worse' : findingWord(benchmark)
  })
  const told = FINDINGS.map(finding => ({ finding, count: words.filter(word => word === finding).length }))
  const rest = benchmarks.length - told.reduce((sum, { count }) => sum + count, 0)
  return [
    ...told.filter(({ count }) => count > 0).map(({ finding, count }) => `${count} ${finding}`),
    ...(rest > 0 ? [`${rest} not slower`] : []),
  ]
}

/** What stands between the sentence and the table: what a policy excused, what a layout may hide, and what the change does to the gate itself. */
export function remarksOf(report: Report): readonly string[] {
  const anyway = policySentence(report)
  const hidden = report.benchmarks.flatMap(benchmark => hiddenWorkSentence(benchmark) ?? [])
  return [
    ...(anyway === undefined ? [] : [anyway]),
    ...acceptedSentences(report.benchmarks),
    ...luckSentences(report.benchmarks),
    ...hidden,
    ...report.limitations.filter(({ above }) => above).map(({ what }) => what),
    ...differingMeasurements(report.benchmarks),
    ...suspiciousSpeedups(report.benchmarks),
    ...otherOutputSentences(report.benchmarks),
    ...(report.remarks ?? []),
  ]
}
