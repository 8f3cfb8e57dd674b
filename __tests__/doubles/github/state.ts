import { type GitData, newGitData } from './git-data.ts'
import type { Identity } from './rights.ts'

/** Who wrote something. */
export type Author = Pick<Identity, 'login' | 'type' | 'id'>

export interface CommentRow {
  readonly id: number
  readonly nodeId: string
  readonly pull: number
  readonly author: Author
  body: string
  minimised: boolean
  readonly createdAt: string
  updatedAt: string
  /** Who edited it last; nobody when absent. */
  editedBy?: string
}

export interface PullRow {
  readonly number: number
  headSha: string
  headRef: string
  /** Undefined when the fork is gone. */
  headRepository: { readonly id: number; readonly fullName: string } | undefined
  baseRef: string
  locked: boolean
  open: boolean
  author: string
  body: string
  edited: { readonly by: string; readonly at: string } | undefined
  /** The commits that it brought into its base. */
  merged: readonly string[]
}

export interface IssueRow {
  readonly number: number
  title: string
  body: string
  open: boolean
  readonly labels: readonly string[]
  /** Who opened it; the token's own identity when absent. */
  readonly by?: string
}

export interface CheckRow {
  readonly id: number
  readonly headSha: string
  name: string
  status: string
  conclusion: string | null
  title: string
  summary: string
  readonly annotations: Readonly<Record<string, unknown>>[]
}

export interface ArtifactRow {
  readonly id: number
  readonly name: string
  readonly runId: number
  readonly createdAt: string
  readonly bytes: Uint8Array
  readonly expired: boolean
}

/** One repository as GitHub holds it; tests read and change it freely. */
export interface State {
  readonly owner: string
  readonly repo: string
  readonly repositoryId: number
  readonly comments: CommentRow[]
  readonly pulls: PullRow[]
  readonly checks: CheckRow[]
  readonly issues: IssueRow[]
  /** What happened to labels, oldest first. */
  readonly labelEvents: {
    readonly pull: number
    readonly event: 'labeled' | 'unlabeled'
    readonly label: string
    readonly by: string
    readonly at?: string
  }[]
  /** What collaborators may do; whoever is not named is none. */
  readonly collaborators: Map<string, 'admin' | 'write' | 'read'>
  readonly artifacts: ArtifactRow[]
  readonly caches: { readonly key: string; readonly ref: string }[]
  /** The commits that exist; a check on another one is refused. Any commit when empty. */
  readonly commits: Set<string>
  readonly git: GitData
  nextId: number
}

export function newState(owner = 'octocat', repo = 'hello-world', repositoryId = 186_853_002): State {
  return {
    owner,
    repo,
    repositoryId,
    comments: [],
    pulls: [],
    checks: [],
    issues: [],
    labelEvents: [],
    collaborators: new Map(),
    artifacts: [],
    caches: [],
    commits: new Set(),
    git: newGitData(),
    nextId: 1000,
  }
}

const PERSON: Author = { login: 'octocat', type: 'User', id: 583_231 }
export const ACTIONS_BOT: Author = { login: 'github-actions[bot]', type: 'Bot', id: 41_898_282 }

export function addPull(state: State, pull: Partial<PullRow> & { readonly number: number }): PullRow {
  const row: PullRow = {
    headSha: '1'.repeat(40),
    headRef: 'feature',
    headRepository: { id: state.repositoryId, fullName: `${state.owner}/${state.repo}` },
    baseRef: 'main',
    locked: false,
    open: true,
    author: 'octocat',
    body: '',
    edited: undefined,
    merged: [],
    ...pull,
  }
  state.pulls.push(row)
  return row
}

export function addComment(
  state: State,
  comment: { readonly pull: number; readonly body: string; readonly author?: Author },
): CommentRow {
  const id = state.nextId++
  const now = new Date().toISOString().replace(/\.\d+Z/, 'Z')
  const row: CommentRow = {
    id,
    nodeId: `IC_${Buffer.from(String(id)).toString('base64url')}`,
    minimised: false,
    createdAt: now,
    updatedAt: now,
    ...comment,
    author: comment.author ?? PERSON,
  }
  state.comments.push(row)
  return row
}

export function addArtifact(state: State, artifact: Omit<ArtifactRow, 'id'>): ArtifactRow {
  const row = { id: state.nextId++, ...artifact }
  state.artifacts.push(row)
  return row
}
