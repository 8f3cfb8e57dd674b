import type { ApiFailure } from '../../core/github/api-failure.ts'
import type { CommentFacts, ListedComment } from '../../core/github/comment-policy.ts'
import type { Result } from '../../core/model/result.ts'

/** An answer of GitHub's, or why there is none; no port throws. */
export type ApiResult<T> = Result<T, ApiFailure>

/** A pull request as the API describes it now. */
export interface PullNow {
  readonly number: number
  readonly nodeId: string
  /** Who opened it. */
  readonly author: string
  readonly headSha: string
  /** Undefined when the fork is gone. */
  readonly headRepositoryId?: number
  readonly baseRepositoryId: number
}

export interface PullsPort {
  get(number: number): Promise<ApiResult<PullNow>>
  /** The open pull requests from one branch of one owner. */
  from(owner: string, branch: string): Promise<ApiResult<readonly PullNow[]>>
  /** Numbers of the pull requests that brought a commit into a branch. */
  mergedBy(commit: string, into: string): Promise<ApiResult<readonly number[]>>
}

/** The text of a comment or a pull request as it is now, and who had a hand in it. */
export interface Wording {
  readonly body: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly editedAt?: string
  /** Who edited it last; absent where nobody did, and where that account is gone. */
  readonly editor?: string
}

export interface CommentsPort {
  list(pull: number): Promise<ApiResult<readonly ListedComment[]>>
  /** Who wrote them and whether they are minimised, by node id. */
  facts(nodeIds: readonly string[]): Promise<ApiResult<ReadonlyMap<string, CommentFacts>>>
  /** The texts of comments and pull requests, by node id. */
  wordings(nodeIds: readonly string[]): Promise<ApiResult<ReadonlyMap<string, Wording>>>
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

/** The files of one branch that only trusted runs write. */
export interface BranchPort {
  /** The texts of the chosen files; none where there is no such branch. */
  read(
    branch: string,
    choose: (paths: readonly string[]) => readonly string[],
  ): Promise<ApiResult<Readonly<Record<string, string>>>>
  /**
   * Writes files in one commit over the branch's tip and answers with that commit; the branch is made where there is none. `change` gets
   * the paths that are there and a reader, and is asked again when somebody else moved the branch meanwhile.
   */
  edit(
    branch: string,
    message: string,
    change: (
      paths: readonly string[],
      read: (path: string) => Promise<ApiResult<string>>,
    ) => Promise<ApiResult<Readonly<Record<string, string>>>>,
  ): Promise<ApiResult<string>>
}

/** An open issue with the label of the gate. */
export interface IssueRow {
  readonly number: number
  readonly nodeId: string
  readonly body: string
  readonly url: string
}

/** Our own issues: one a key, opened and updated by trusted runs only. */
export interface IssuesPort {
  list(label: string): Promise<ApiResult<readonly IssueRow[]>>
  /** Those of some issues that the token's own identity opened, by node id. */
  own(nodeIds: readonly string[]): Promise<ApiResult<ReadonlySet<string>>>
  create(issue: {
    readonly title: string
    readonly body: string
    readonly label: string
  }): Promise<ApiResult<IssueRow>>
  update(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly closed?: boolean },
  ): Promise<ApiResult<IssueRow>>
}

/** Who may do what, and who did. */
export interface PeoplePort {
  /** Who set a label that a pull request has now, and when; undefined where it has no such label. */
  labelled(
    pull: number,
    label: string,
  ): Promise<ApiResult<{ readonly by: string; readonly at: string } | undefined>>
  /** Whether somebody may write to this repository; of whoever is no collaborator GitHub says `missing`. */
  mayWrite(login: string): Promise<ApiResult<boolean>>
}

/** GitHub, as far as we use it. */
export interface GitHub {
  readonly people: PeoplePort
  readonly issues: IssuesPort
  readonly branches: BranchPort
  readonly pulls: PullsPort
  readonly comments: CommentsPort
  readonly checks: ChecksPort
  readonly runs: RunsPort
  /** Waits before a write is tried again; false when there is no point or no time left. */
  pause(failure: ApiFailure, attempt: number): Promise<boolean>
}
