import type { Report, Verdict } from '../../core/model/report.ts'
import { counted } from '../../core/text/text.ts'

/** Notes on the shards of a table and on the report that joins them. */

/** A shard by its number. */
export const shardName = ({ shard }: Pick<Report, 'shard'>): string =>
  `Shard ${shard?.index ?? '?'} of ${shard?.of ?? '?'}`

/** A shard that a later attempt did not repeat. */
export const ofEarlierAttempt = (report: Pick<Report, 'shard' | 'run'>, attempt: number): string =>
  `${shardName(report)} was measured in attempt ${report.run?.attempt ?? 1}, and this is attempt ${attempt}.`

/** A shard of which nothing arrived. */
export const shardMissing = (shard: { readonly index: number; readonly of: number }): string =>
  `${shardName({ shard })} left no report, so its benchmarks are not judged; look at its job.`

/** What a shard said, with its name before it. */
export const ofShard = (report: Pick<Report, 'shard'>, what: string): string =>
  `${shardName(report)}: ${what}`

/** A shard that claims a verdict for no reason that its report holds. */
export const unfoundedVerdict = (report: Pick<Report, 'shard'>, verdict: Verdict): string =>
  `${shardName(report)} says ${verdict}, and none of its rows says why; look at its job.`

/** The jobs did not end well, and all their reports would let the gate pass. */
export const unexplainedEnd = (ended: string): string =>
  `The jobs of the shards ended as ${ended}, and none of their reports says why, so at least one report is not what its job came to; look at the jobs.`

/** A file that is no report. */
export const fileLeftOut = (path: string, why: string | undefined): string => `${path} was left out: ${why}`

/** Below the summary of one shard. */
export const joinedByMerge = (shard: { readonly index: number; readonly of: number }, rows: number): string =>
  `This is shard ${shard.index} of ${shard.of}, with ${counted(rows, 'benchmark')}. The job with \`command: merge\` joins the shards, and writes the comment and the check.`
