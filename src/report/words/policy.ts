import { exitCode, findingsOf } from '../../core/decision/verdict.ts'
import type { PolicyName } from '../../core/model/policies.ts'
import type { Report } from '../../core/model/report.ts'

const SETTLED: Readonly<Record<PolicyName, readonly [string, string]>> = {
  'on-undecided': ['benchmark is undecided', 'benchmarks are undecided'],
  'on-unmeasured': ['benchmark could not be measured', 'benchmarks could not be measured'],
  'on-base-broken': ['time the base did not build or run', 'times the base did not build or run'],
  'on-removed': ['benchmark is gone', 'benchmarks are gone'],
  'on-masked': ['benchmark hides more work by its layout', 'benchmarks hide more work by their layout'],
  'on-placement': ['slowdown is shown to be code placement', 'slowdowns are shown to be code placement'],
  'on-codegen': [
    'slowdown is shown to be the same source compiled differently',
    'slowdowns are shown to be the same source compiled differently',
  ],
}

/** What the policies made of a report that is no plain pass and no breach, with the exit code; undefined where they had no say. */
export function policySentence(report: Report): string | undefined {
  const code = exitCode(report)
  const named = findingsOf(report).flatMap(({ option, policy, count }) => {
    if (option === undefined || (code === 0) === (policy === 'fail')) return []
    const [one, more] = SETTLED[option]
    return [`${count} ${count === 1 ? one : more} (${option}: ${policy})`]
  })
  if (code === 1 || named.length === 0) return undefined
  const all = named.join('; ')
  return code === 0
    ? `The check passes all the same, with exit code 0: ${all}.`
    : `The check fails without an answer, with exit code 3: ${all}.`
}
