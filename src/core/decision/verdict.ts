import type { Policies, Policy, PolicyName } from '../model/policies.ts'
import type { BenchmarkReport, Report, Verdict } from '../model/report.ts'
import type { Side } from '../model/side.ts'
import { DEFAULT_POLICIES, policyOf, standingOf } from './policy.ts'

/** What the verdict rests on. */
export interface VerdictInput {
  readonly benchmarks: readonly BenchmarkReport[]
  /** Faults that made the run an error, as in the report. */
  readonly errors: readonly unknown[]
  /** The sides whose build failed. */
  readonly failedBuilds?: readonly Side[]
  /** What each kind of finding does to the check. */
  readonly policies: Policies
}

/**
 * The verdict for the whole run. A breach that was shown outweighs an error elsewhere, an error outweighs what is open,
 * and only a table in which every row has its answer passes. It says what is known: a policy may excuse a breach, but makes no
 * answer out of none; what an open row does to the check is the exit code's to say.
 */
export function verdictOf(input: VerdictInput): Verdict {
  const { benchmarks, errors, policies, failedBuilds = [] } = input
  if (failedBuilds.includes('head') && !failedBuilds.includes('base')) return 'fail'
  if (benchmarks.some(benchmark => isFailure(benchmark, policies))) return 'fail'
  if (failedBuilds.length > 0 || errors.length > 0 || benchmarks.length === 0) return 'error'
  if (!benchmarks.some(isMeasured) && benchmarks.some(isOpen)) return 'error'
  return benchmarks.some(isOpen) ? 'undecided' : 'pass'
}

/** Whether this row alone fails the gate: a slowdown not excused, a head that broke, a removal where that is forbidden. */
function isFailure(benchmark: BenchmarkReport, policies: Policies): boolean {
  return standingOf(benchmark).kind === 'breach' && policyOf(benchmark, policies) === 'fail'
}

/** What an exit code is made from. */
export type Judgeable = Pick<Report, 'verdict' | 'benchmarks' | 'errors' | 'policies' | 'unfinished'>

/** The exit code of the command line and of the step: 0 pass, 1 breach, 3 no answer. (2 is a usage error.) */
export function exitCode(report: Judgeable): 0 | 1 | 3 {
  if (report.verdict === 'fail') return 1
  if (report.unfinished) return 3
  if (report.verdict === 'pass') return 0
  return openFindings(report).every(({ policy }) => policy !== 'fail') ? 0 : 3
}

/** A kind of finding that the report has, how often, and what it does to the check. */
export interface Finding {
  /** Absent for what no option excuses. */
  readonly option?: PolicyName
  readonly policy: Policy
  readonly count: number
}

/** The findings that keep the report from being a plain pass, each kind once. */
export function findingsOf({ verdict, benchmarks, errors, policies = DEFAULT_POLICIES }: Judgeable) {
  const options = [
    ...benchmarks.flatMap(row => {
      const { kind, option } = standingOf(row)
      return kind === 'settled' ? [] : [option]
    }),
    ...errors.map(({ side }) =>
      side === 'base' && baseAlone(errors) ? ('on-base-broken' as const) : undefined,
    ),
    ...(verdict === 'error' && benchmarks.length + errors.length === 0 ? [undefined] : []),
  ]
  return [...new Set(options)].map((option): Finding => {
    const count = options.filter(one => one === option).length
    return option === undefined ? { policy: 'fail', count } : { option, policy: policies[option], count }
  })
}

function openFindings(report: Judgeable): readonly Finding[] {
  const open = report.benchmarks.filter(isOpen)
  return findingsOf({ ...report, benchmarks: open })
}

/** Whether the base's build failed and nothing else did. */
function baseAlone(errors: Report['errors']): boolean {
  return errors.every(({ side }) => side === 'base')
}

function isMeasured({ decision }: BenchmarkReport): boolean {
  return decision !== 'unmeasured' && decision !== 'new' && decision !== 'removed'
}

function isOpen(benchmark: BenchmarkReport): boolean {
  return standingOf(benchmark).kind === 'open'
}
