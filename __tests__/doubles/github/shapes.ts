import { readFileSync } from 'node:fs'
import { pullNodeId } from './graphql.ts'
import {
  ACTIONS_BOT,
  type ArtifactRow,
  type Author,
  type CheckRow,
  type CommentRow,
  type IssueRow,
  type PullRow,
  type State,
} from './state.ts'

type Json = Readonly<Record<string, unknown>>

/** A pull request as GitHub really sent one, which is the model for ours. */
const example = (
  JSON.parse(readFileSync(new URL('../../fixtures/events/pull_request.json', import.meta.url), 'utf8')) as {
    pull_request: Json
  }
).pull_request

/** Our rows in the shapes of GitHub's answers; the addresses lead back to the double. */
export interface Shapes {
  comment(row: CommentRow): Json
  check(row: CheckRow): Json
  pull(row: PullRow): Json
  issue(row: IssueRow): Json
  labelEvent(row: State['labelEvents'][number], id: number): Json
  permission(login: string, permission: string): Json
  artifact(row: ArtifactRow): Json
}

export function shapesOf(state: State, base: string): Shapes {
  const api = `${base}/repos/${state.owner}/${state.repo}`
  const html = `https://github.com/${state.owner}/${state.repo}`
  return {
    comment: row => ({
      id: row.id,
      node_id: row.nodeId,
      url: `${api}/issues/comments/${row.id}`,
      html_url: `${html}/pull/${row.pull}#issuecomment-${row.id}`,
      issue_url: `${api}/issues/${row.pull}`,
      body: row.body,
      user: user(row.author, base),
      created_at: row.createdAt,
      updated_at: row.updatedAt,
      author_association: row.author.type === 'Bot' ? 'NONE' : 'CONTRIBUTOR',
      performed_via_github_app: null,
    }),
    check: row => ({
      id: row.id,
      node_id: `CR_${row.id}`,
      head_sha: row.headSha,
      name: row.name,
      external_id: '',
      url: `${api}/check-runs/${row.id}`,
      html_url: `${html}/runs/${row.id}`,
      details_url: html,
      status: row.status,
      conclusion: row.conclusion,
      started_at: '2026-01-01T00:00:00Z',
      completed_at: row.status === 'completed' ? '2026-01-01T00:00:01Z' : null,
      output: {
        title: row.title,
        summary: row.summary,
        text: null,
        annotations_count: row.annotations.length,
        annotations_url: `${api}/check-runs/${row.id}/annotations`,
      },
      check_suite: { id: 1 },
      app: null,
      pull_requests: [],
    }),
    pull: row => pullShape(state, row),
    labelEvent: (row, id) => ({
      id,
      node_id: `LE_${id}`,
      url: `${api}/issues/events/${id}`,
      actor: user({ login: row.by, type: 'User', id: 7 }, base),
      event: row.event,
      commit_id: null,
      commit_url: null,
      created_at: row.at ?? '2026-01-01T00:00:00Z',
      performed_via_github_app: null,
      label: { name: row.label, color: 'ededed' },
    }),
    permission: (login, permission) => ({
      permission,
      role_name: permission,
      user: { ...user({ login, type: 'User', id: 7 }, base), role_name: permission },
    }),
    issue: row => ({
      id: row.number,
      node_id: `I_${row.number}`,
      number: row.number,
      url: `${api}/issues/${row.number}`,
      repository_url: api,
      labels_url: `${api}/issues/${row.number}/labels{/name}`,
      comments_url: `${api}/issues/${row.number}/comments`,
      events_url: `${api}/issues/${row.number}/events`,
      html_url: `${html}/issues/${row.number}`,
      state: row.open ? 'open' : 'closed',
      title: row.title,
      body: row.body,
      user: user(row.by === undefined ? ACTIONS_BOT : { login: row.by, type: 'User', id: 7 }, base),
      labels: [...row.labels],
      assignee: null,
      milestone: null,
      locked: false,
      comments: 0,
      closed_at: null,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
      author_association: 'NONE',
    }),
    artifact: row => ({
      id: row.id,
      node_id: `A_${row.id}`,
      name: row.name,
      size_in_bytes: row.bytes.length,
      url: `${api}/actions/artifacts/${row.id}`,
      archive_download_url: `${api}/actions/artifacts/${row.id}/zip`,
      expired: row.expired,
      created_at: row.createdAt,
      updated_at: row.createdAt,
      expires_at: '2030-01-01T00:00:00Z',
    }),
  }
}

function pullShape(state: State, row: PullRow): Json {
  const [head, base] = [example.head as Json, example.base as Json]
  const home = { ...(base.repo as Json), id: state.repositoryId, full_name: `${state.owner}/${state.repo}` }
  const { id, fullName } = row.headRepository ?? {}
  return {
    ...example,
    number: row.number,
    node_id: pullNodeId(row.number),
    user: { ...(example.user as Json), login: row.author },
    body: row.body,
    merged_at: row.merged.length > 0 ? '2026-01-02T00:00:00Z' : null,
    state: row.open ? 'open' : 'closed',
    locked: row.locked,
    head: {
      ...head,
      sha: row.headSha,
      ref: row.headRef,
      repo: row.headRepository ? { ...home, id, full_name: fullName } : null,
    },
    base: { ...base, ref: row.baseRef, repo: home },
  }
}

function user(author: Author, base: string): Json {
  const name = encodeURIComponent(author.login)
  const url = `${base}/users/${name}`
  const page = author.type === 'Bot' ? `apps/${author.login.replace('[bot]', '')}` : name
  return {
    login: author.login,
    id: author.id,
    node_id: `U_${author.id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${author.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: author.type,
    site_admin: false,
  }
}
