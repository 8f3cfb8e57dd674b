import { exitCode, findingsOf } from '../../core/decision/verdict.ts'
import type { PolicyName } from '../../core/model/policies.ts'
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

const FINDINGS: Readonly<Record<PolicyName, readonly [string, string]>> = {
  'on-undecided': ['benchmark is undecided', 'benchmarks are undecided'],
  'on-unmeasured': ['benchmark could not be measured', 'benchmarks could not be measured'],
  'on-base-broken': ['time the base did not build or run', 'times the base did not build or run'],
  'on-removed': ['benchmark is gone', 'benchmarks are gone'],
  'on-placement': ['slowdown is shown to be code placement', 'slowdowns are shown to be code placement'],
  'on-codegen': [
    'slowdown is shown to be the same source compiled otherwise',
    'slowdowns are shown to be the same source compiled otherwise',
  ],
}

/** What the policies made of a report that is no plain pass and no breach, with the exit code; undefined where they had no say. */
export function policySentence(report: Report): string | undefined {
  const code = exitCode(report)
  const named = findingsOf(report).flatMap(({ option, policy, count }) => {
    if (option === undefined || (code === 0) === (policy === 'fail')) return []
    const [one, more] = FINDINGS[option]
    return [`${count} ${count === 1 ? one : more} (${option}: ${policy})`]
  })
  if (code === 1 || named.length === 0) return undefined
  const all = named.join('; ')
  return code === 0
    ? `The check passes all the same, with exit code 0: ${all}.`
    : `The check fails without an answer, with exit code 3: ${all}.`
}
