import type { Report, Verdict } from '../../core/model/report.ts'
import { numbered } from '../../core/text/text.ts'
import { formatDuration } from '../text/format.ts'
import { decided } from './order.ts'

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

/** What stands in small print below the sentence, in plain text with commits between backticks. */
export function statusParts(report: Report): readonly string[] {
  const { base, head, benchmarks, seconds, shard, host } = report
  const slower = decided(benchmarks, 'slower').length
  const commits =
    base.sha === '' || head.sha === '' ? [] : [`\`${base.sha.slice(0, 8)}\` → \`${head.sha.slice(0, 8)}\``]
  const above = slower > 0 ? [`${slower} of ${benchmarks.length} above the threshold`] : []
  const all = slower === 0 && benchmarks.length > 0 ? [numbered(benchmarks.length, 'benchmark')] : []
  return [
    verdictWord(report.verdict),
    ...commits,
    ...above,
    ...all,
    ...(shard ? [`shard ${shard.index} of ${shard.of}`] : []),
    formatDuration(seconds),
    ...(host.noise && host.noise.length > 0 ? ['on a machine that was not quiet'] : []),
  ]
}

/** What stands between the sentence and the table: why a run with a slowdown passed, and what the change does to the gate itself. */
export function remarksOf(report: Report): readonly string[] {
  const anyway = passedAnyway(report)
  return [...(anyway === undefined ? [] : [anyway]), ...(report.remarks ?? [])]
}

/** Why a run with a slowdown passed, when it did. */
function passedAnyway({ verdict, benchmarks }: Report): string | undefined {
  if (verdict !== 'pass' || decided(benchmarks, 'slower').length === 0) return undefined
  return 'The check passes all the same, because a slowdown that is shown to be code placement only warns here (on-placement).'
}
