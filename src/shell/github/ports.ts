import type { ApiFailure } from '../../core/github/api-failure.ts'
import type { CommentFacts, ListedComment } from '../../core/github/sticky.ts'
import type { Result } from '../../core/model/result.ts'

/** An answer of GitHub's, or why there is none; no port throws. */
export type Asked<T> = Result<T, ApiFailure>

/** A pull request as the API describes it now. */
export interface PullNow {
  readonly number: number
  readonly headSha: string
  /** Undefined when the fork is gone. */
  readonly headRepositoryId?: number
  readonly baseRepositoryId: number
}

export interface PullsPort {
  get(number: number): Promise<Asked<PullNow>>
  /** The open pull requests from one branch of one owner. */
  from(owner: string, branch: string): Promise<Asked<readonly PullNow[]>>
}

export interface CommentsPort {
  list(pull: number): Promise<Asked<readonly ListedComment[]>>
  /** Who wrote them and whether they are minimised, by node id. */
  facts(nodeIds: readonly string[]): Promise<Asked<ReadonlyMap<string, CommentFacts>>>
  create(pull: number, body: string): Promise<Asked<{ readonly url: string }>>
  update(id: number, body: string): Promise<Asked<{ readonly url: string }>>
}

export interface CheckAnnotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

export interface CheckOutput {
  readonly title: string
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

export interface CheckRun extends CheckOutput {
  readonly name: string
  readonly headSha: string
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled'
}

export interface ChecksPort {
  /** Creates a check that is in progress. */
  start(
    check: Pick<CheckRun, 'name' | 'headSha'>,
  ): Promise<Asked<{ readonly id: number; readonly url: string }>>
  /** Completes a check that was started. */
  complete(id: number, check: CheckRun): Promise<Asked<{ readonly id: number; readonly url: string }>>
  create(check: CheckRun): Promise<Asked<{ readonly id: number; readonly url: string }>>
  /** Adds annotations: GitHub appends them to those that are there. */
  append(id: number, output: CheckOutput): Promise<Asked<{ readonly id: number; readonly url: string }>>
}

export interface Artifact {
  readonly id: number
  readonly name: string
  readonly sizeBytes: number
  readonly expired: boolean
  /** ISO 8601. */
  readonly createdAt: string
}

export interface RunsPort {
  /** The artifacts of one run that have exactly this name. */
  artifacts(runId: number, name: string): Promise<Asked<readonly Artifact[]>>
  /** The zip itself, never more than the limit of bytes. */
  download(artifact: Artifact, largestBytes: number): Promise<Asked<Uint8Array>>
  /** The refs that hold a cache entry under exactly this key. */
  cacheRefs(key: string): Promise<Asked<readonly string[]>>
}

/** GitHub, as far as we use it. */
export interface GitHub {
  readonly pulls: PullsPort
  readonly comments: CommentsPort
  readonly checks: ChecksPort
  readonly runs: RunsPort
  /** Waits before a write is tried again; false when there is no point or no time left. */
  pause(failure: ApiFailure, attempt: number): Promise<boolean>
}
