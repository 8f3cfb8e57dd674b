import type { JobResult } from '../../core/config/action-inputs.ts'
import { readPolicies } from '../../core/decision/policy.ts'
import { redecide } from '../../core/decision/redecide.ts'
import { exitCode, verdictOf } from '../../core/decision/verdict.ts'
import { InputError } from '../../core/model/errors.ts'
import type { Policies } from '../../core/model/policies.ts'
import type { HostReport, Report } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import {
  ofEarlierAttempt,
  ofShard,
  shardMissing,
  shardName,
  unexplainedEnd,
  unfoundedVerdict,
} from '../../report/notes/shards.ts'
import { describeReason } from '../../report/words/open-answer.ts'

/** Policies that the job which merges was given; the others are those of the shards. */
export type GivenPolicies = Parameters<typeof readPolicies>[0]

/** The run that merges: its shards are its own, of this attempt or of an earlier one that was not repeated. */
export type OwnRun = Pick<NonNullable<Report['run']>, 'number' | 'attempt'> & {
  /** How GitHub says that the jobs of the shards ended, all together. */
  readonly ended?: JobResult | undefined
}

/** A report without the sentence that sums it up. */
export type UnwordedReport = Omit<Report, 'sentence'>

/**
 * Joins the shards' reports into the one report of the whole table. A shard that is missing or failed is an error of the whole.
 * Throws an InputError for reports that do not belong together.
 */
export function mergeReports(
  reports: readonly Report[],
  given: GivenPolicies,
  run: OwnRun = {},
): UnwordedReport {
  const shards = [...reports].sort((one, other) => (one.shard?.index ?? 0) - (other.shard?.index ?? 0))
  const [first] = shards
  if (!first) throw new InputError(['There is no report to merge; look at the jobs of the shards.'])
  const faults = [...strangers(shards, run), ...mismatches(first, shards)]
  if (faults.length > 0) throw new InputError(faults)
  const policies = readPolicies(given, first.policies)
  const told = [...errorsOf(first, shards), ...shards.flatMap(report => unfounded(report, policies))]
  const errors = told.length > 0 ? told : unexplained(shards, run)
  const benchmarks = redecide(
    shards.flatMap(report => report.benchmarks),
    first.alpha,
    describeReason,
  )
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  const { shard: _, sentence: __, ...shared } = first
  return {
    ...shared,
    verdict: verdictOf({ benchmarks, errors, failedBuilds, policies }),
    startedAt: shards.map(report => report.startedAt).sort()[0]!,
    seconds: Math.max(...shards.map(report => report.seconds)),
    limitations: distinct(shards.flatMap(report => report.limitations)),
    notes: distinct([...earlier(shards, run), ...shards.flatMap(report => report.notes)]),
    errors,
    policies,
    machine: joinMachines(shards),
    host: joinHosts(shards.map(report => report.host)),
    benchmarks,
  }
}

/** Shards that a later attempt of the run did not measure again: re-running failed jobs leaves out those that passed. */
function earlier(shards: readonly Report[], { attempt }: OwnRun): readonly string[] {
  return shards
    .filter(({ run }) => attempt !== undefined && (run?.attempt ?? 1) < attempt)
    .map(report => ofEarlierAttempt(report, attempt!))
}

/** What went wrong in the shards, each by its name, and which of them are missing. */
function errorsOf(first: Report, shards: readonly Report[]): Report['errors'] {
  const of = first.shard?.of ?? 1
  const present = new Set(shards.map(report => report.shard?.index))
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter(index => !present.has(index))
  return [
    ...shards.flatMap(report =>
      report.errors.map(error => ({ ...error, what: ofShard(report, error.what) })),
    ),
    ...missing.map(index => ({ what: shardMissing({ index, of }) })),
  ]
}

/** A shard that claims to have failed, of which no row and no fault says why: the claim is not taken for nothing. */
function unfounded({ verdict, benchmarks, errors, ...report }: Report, policies: Policies): Report['errors'] {
  const fault = { what: unfoundedVerdict(report, verdict) }
  // An empty share has nothing to answer, and is an error by itself.
  if (benchmarks.length === 0) return verdict === 'fail' && errors.length === 0 ? [fault] : []
  if (verdict === 'pass' || verdict === 'undecided') return []
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  return verdictOf({ benchmarks, errors, failedBuilds, policies }) === 'pass' ? [fault] : []
}

/**
 * Jobs that did not end well although every report would let its own pass: one was ended after its report, could not keep it, or died when
 * it was repeated, so that the report here is of an earlier attempt.
 */
function unexplained(shards: readonly Report[], { ended }: OwnRun): Report['errors'] {
  if (ended === undefined || ended === 'success' || shards.some(report => exitCode(report) !== 0)) return []
  return [{ what: unexplainedEnd(ended) }]
}

/** What cannot be of this run: a report of another one or of an attempt that is still to come, and more than one for a share. */
function strangers(reports: readonly Report[], run: OwnRun): readonly string[] {
  const shares = reports.map(shardName)
  const twice = [...new Set(shares.filter((share, at) => shares.indexOf(share) !== at))]
  return [
    ...reports.flatMap(report => {
      const { number, attempt } = report.run ?? {}
      const otherRun = run.number !== undefined && number !== undefined && number !== run.number
      const later = run.attempt !== undefined && (attempt ?? 1) > run.attempt
      return otherRun || later
        ? [
            `The report of ${shardName(report)} is of run ${number ?? '?'}, attempt ${attempt ?? '?'}, and this is run ${run.number ?? '?'}, attempt ${run.attempt ?? '?'}; merge only what the shards of this run uploaded.`,
          ]
        : []
    }),
    ...twice.map(
      share =>
        `${share} has more than one report, and nothing says which one counts; name each shard's artifact after the shard, with overwrite: true for repeated jobs.`,
    ),
  ]
}

function mismatches(first: Report, reports: readonly Report[]): readonly string[] {
  const of = first.shard?.of
  const differing = (what: string, value: (report: Report) => unknown) =>
    reports.some(report => value(report) !== value(first))
      ? [
          `The shards’ reports differ in ${what}, so they are not of one run; merge the reports of one run only.`,
        ]
      : []
  const names = reports.flatMap(report => report.benchmarks.map(row => row.name))
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...differing('the head', report => report.head.sha),
    ...differing('the base', report => report.base.sha),
    ...differing('the error rate', report => report.alpha),
    ...differing('the version of Perf Verdict', report => report.tool.version),
    ...differing('the number of shards', report => report.shard?.of),
    ...differing('the pull request', report => report.pull?.number),
    ...differing('the run', report => report.run?.number),
    ...differing('the policies', report => JSON.stringify(report.policies)),
    ...(of === undefined ? ['The report is not of a shard; give each job shard: INDEX/OF.'] : []),
    ...reports
      .filter(report => report.shard && (report.shard.index < 1 || report.shard.index > report.shard.of))
      .map(report => `${shardName(report)} does not exist; give each job one of 1/OF to OF/OF.`),
    ...twice
      .slice(0, 5)
      .map(name => `${quoted(name)} is in more than one shard; give all shards the same benchmarks.`),
  ]
}

/** What all machines share; where they differ, each value with the shards that it is of. */
function joinMachines(reports: readonly Report[]): Report['machine'] {
  const names = [...new Set(reports.flatMap(report => Object.keys(report.machine)))]
  return Object.fromEntries(
    names.map(name => {
      const values = distinct(reports.map(report => report.machine[name] ?? 'unknown'))
      return [name, values.join(' or ')]
    }),
  )
}

function joinHosts(hosts: readonly HostReport[]): HostReport {
  const noise = distinct(hosts.flatMap(host => host.noise ?? []))
  const cpus = distinct(hosts.flatMap(host => (host.cpus === undefined ? [] : [host.cpus])))
  return {
    knobs: distinct(hosts.flatMap(host => host.knobs)),
    isolation: distinct(hosts.map(host => host.isolation)).join(' or '),
    ...joinNetworks(hosts),
    ...(noise.length > 0 ? { noise } : {}),
    ...(cpus.length > 0 ? { cpus: cpus.join(' or ') } : {}),
  }
}

/** The most open of them, because that is what some of the code had. */
function joinNetworks(hosts: readonly HostReport[]): Pick<HostReport, 'network'> {
  const found = (['all', 'builds', 'none'] as const).find(use => hosts.some(({ network }) => network === use))
  return found === undefined ? {} : { network: found }
}

/** Each value once, in the order of first appearance; two values are the same when they read the same. */
function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map(value => [JSON.stringify(value), value])).values()]
}
