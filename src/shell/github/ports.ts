import type { ApiFailure } from '../../core/github/api-failure.ts'
import type { CommentFacts, ListedComment } from '../../core/github/sticky.ts'
import type { Result } from '../../core/model/result.ts'

/** An answer of GitHub's, or why there is none; no port throws. */
export type ApiResult<T> = Result<T, ApiFailure>

/** A pull request as the API describes it now. */
export interface PullNow {
  readonly number: number
  readonly headSha: string
  /** Undefined when the fork is gone. */
  readonly headRepositoryId?: number
  readonly baseRepositoryId: number
}

export interface PullsPort {
  get(number: number): Promise<ApiResult<PullNow>>
  /** The open pull requests from one branch of one owner. */
  from(owner: string, branch: string): Promise<ApiResult<readonly PullNow[]>>
}

export interface CommentsPort {
  list(pull: number): Promise<ApiResult<readonly ListedComment[]>>
  /** Who wrote them and whether they are minimised, by node id. */
  facts(nodeIds: readonly string[]): Promise<ApiResult<ReadonlyMap<string, CommentFacts>>>
  create(pull: number, body: string): Promise<ApiResult<{ readonly url: string }>>
  update(id: number, body: string): Promise<ApiResult<{ readonly url: string }>>
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
  ): Promise<ApiResult<{ readonly id: number; readonly url: string }>>
  /** Completes a check that was started. */
  complete(id: number, check: CheckRun): Promise<ApiResult<{ readonly id: number; readonly url: string }>>
  create(check: CheckRun): Promise<ApiResult<{ readonly id: number; readonly url: string }>>
  /** Adds annotations: GitHub appends them to those that are there. */
  append(id: number, output: CheckOutput): Promise<ApiResult<{ readonly id: number; readonly url: string }>>
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
  artifacts(runId: number, name: string): Promise<ApiResult<readonly Artifact[]>>
  /** The zip itself, never more than the limit of bytes. */
  download(artifact: Artifact, largestBytes: number): Promise<ApiResult<Uint8Array>>
  /** The refs that hold a cache entry under exactly this key. */
  cacheRefs(key: string): Promise<ApiResult<readonly string[]>>
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
