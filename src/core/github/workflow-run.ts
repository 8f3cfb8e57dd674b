import { z } from 'zod'
import type { Report } from '../model/report.ts'
import { failed, type Result, success } from '../model/result.ts'
import { refNameSchema, repositoryNameSchema, shaSchema } from './event-payload.ts'

const payloadSchema = z.object({
  action: z.string().max(100),
  workflow_run: z.object({
    id: z.number().int().positive(),
    run_number: z.number().int().positive(),
    run_attempt: z.number().int().positive(),
    run_started_at: z.iso.datetime({ offset: true }),
    event: z.string().max(100),
    head_sha: shaSchema,
    head_branch: refNameSchema.nullish(),
    conclusion: z.string().max(100).nullish(),
    html_url: z.url({ protocol: /^https?$/ }).max(500),
    repository: z.object({ id: z.number().int(), full_name: repositoryNameSchema }),
    // Null once the fork is deleted.
    head_repository: z
      .object({ id: z.number().int(), owner: z.object({ login: z.string().regex(/^[\w-]{1,100}$/) }) })
      .nullish(),
  }),
})

/** The measuring run that a publishing run follows, as GitHub itself describes it. */
export interface MeasuredRun {
  readonly id: number
  readonly number: number
  readonly attempt: number
  /** When this attempt began, in milliseconds since 1970. */
  readonly startedAt: number
  readonly headSha: string
  readonly headBranch: string
  readonly headOwner: string
  readonly headRepositoryId: number
  readonly repositoryId: number
  readonly url: string
  /** How GitHub says that it ended: `success`, `failure`, `cancelled`, …; empty where it does not say. */
  readonly conclusion: string
}

export type RunReading =
  | { readonly kind: 'publish'; readonly run: MeasuredRun }
  | { readonly kind: 'skip'; readonly sentence: string }
  | { readonly kind: 'refuse'; readonly sentence: string }

/** Reads the payload of `workflow_run`; never throws, whatever it holds. */
export function readWorkflowRun(eventName: string, payload: unknown, repository: string): RunReading {
  if (eventName !== 'workflow_run') {
    return {
      kind: 'refuse',
      sentence: `command: publish belongs in a workflow on: workflow_run, and this one runs on ${JSON.stringify(eventName.slice(0, 60))}; see the second workflow in the README.`,
    }
  }
  const parsed = payloadSchema.safeParse(payload)
  if (!parsed.success) {
    const where = parsed.error.issues.map(issue => issue.path.join('.')).slice(0, 5)
    return {
      kind: 'refuse',
      sentence: `The payload of workflow_run is not what GitHub documents (${where.join(', ')}); see the file that GITHUB_EVENT_PATH names.`,
    }
  }
  return select(parsed.data, repository)
}

function select(
  { action, workflow_run: run }: z.infer<typeof payloadSchema>,
  repository: string,
): RunReading {
  if (action !== 'completed') return skip('The measuring run has not ended yet; use types: [completed].')
  if (run.event !== 'pull_request')
    return skip('The measuring run was not for a pull request, so there is no comment to write.')
  if (run.repository.full_name.toLowerCase() !== repository.toLowerCase()) {
    return skip('The measuring run belongs to another repository.')
  }
  if (!run.head_repository || !run.head_branch) {
    return skip('The fork or the branch of the pull request is gone, so there is no comment to write.')
  }
  return {
    kind: 'publish',
    run: {
      id: run.id,
      number: run.run_number,
      attempt: run.run_attempt,
      startedAt: Date.parse(run.run_started_at),
      headSha: run.head_sha,
      headBranch: run.head_branch,
      headOwner: run.head_repository.owner.login,
      headRepositoryId: run.head_repository.id,
      repositoryId: run.repository.id,
      url: run.html_url,
      conclusion: run.conclusion ?? '',
    },
  }
}

/** A pull request, as far as it must match the run. */
interface PullLike {
  readonly number: number
  readonly headSha: string
  readonly headRepositoryId?: number
  readonly baseRepositoryId: number
}

/** The one open pull request that the run was for, or why there is none. */
export function matchPull(pulls: readonly PullLike[], run: MeasuredRun): Result<number, string> {
  const own = pulls.filter(
    pull => pull.headRepositoryId === run.headRepositoryId && pull.baseRepositoryId === run.repositoryId,
  )
  const current = own.filter(pull => pull.headSha === run.headSha)
  const [pull, another] = current
  if (pull && !another) return success(pull.number)
  if (another) {
    const numbers = current.map(({ number }) => number).join(' and ')
    return failed(
      `Pull requests ${numbers} have the same head, so it is unknown which of them the run was for.`,
    )
  }
  return failed(
    own.length > 0
      ? 'The pull request has moved on to a newer commit, so its comment is left to that run.'
      : 'No open pull request has the head of this run, so there is no comment to write.',
  )
}

/** The artifacts of this attempt of the run, the newest of them; one from an earlier attempt tells of another measurement. */
export function chooseArtifact<T extends { id: number; expired: boolean; createdAt: string }>(
  artifacts: readonly T[],
  run: MeasuredRun,
): T | undefined {
  return artifacts
    .filter(artifact => !artifact.expired && Date.parse(artifact.createdAt) >= run.startedAt)
    .reduce<T | undefined>((newest, one) => (newest && newest.id > one.id ? newest : one), undefined)
}

/** Why a report is not the report of this run and pull request, or undefined. */
export function mismatchOf(
  report: Pick<Report, 'head' | 'pull' | 'run'>,
  run: MeasuredRun,
  pull: { readonly number: number; readonly repository: string },
): string | undefined {
  if (report.head.sha !== run.headSha) return 'it tells of another commit'
  if (report.pull?.number !== pull.number) return 'it tells of another pull request'
  if (report.pull.repository.toLowerCase() !== pull.repository.toLowerCase())
    return 'it tells of another repository'
  if (report.run?.number !== run.number || report.run.attempt !== run.attempt)
    return 'it tells of another run'
  return undefined
}

/** How a run ended that left no report, as a clause; a success leaves none where it had nothing to compare, or where the upload is missing. */
const ENDINGS: Readonly<Record<string, string>> = {
  cancelled: 'was cancelled',
  timed_out: 'ran out of time',
  startup_failure: 'could not start',
  action_required: 'waits for the approval of a maintainer',
  failure: 'failed',
  success: 'ended well',
  skipped: 'was skipped',
}

/** Why a run's pull request has no report, in one sentence, and whether the run should have left one. */
export function withoutReport(
  { conclusion, attempt }: MeasuredRun,
  artifact: string,
): { readonly sentence: string; readonly expected: boolean } {
  const ending = Object.hasOwn(ENDINGS, conclusion) ? ENDINGS[conclusion]! : 'ended'
  const left = `left no artifact ${JSON.stringify(artifact)}`
  return {
    sentence: `The measuring run ${ending} and ${left} (attempt ${attempt}), so nothing is known about this commit; see its log.`,
    expected: conclusion !== 'success' && conclusion !== 'skipped',
  }
}

const skip = (sentence: string): RunReading => ({ kind: 'skip', sentence })
