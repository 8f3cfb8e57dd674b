import { GIT_DATA } from './git-data.ts'
import type { Identity } from './rights.ts'
import { type Shapes, shapesOf } from './shapes.ts'
import { addComment, type CheckRow, type State } from './state.ts'

type Json = Readonly<Record<string, unknown>>

/** One call that was found to be allowed and well-formed. */
export interface Request {
  readonly path: Readonly<Record<string, string>>
  readonly url: URL
  readonly body: Json
  readonly who: Identity
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Handler = (request: Request, state: State, shapes: Shapes) => Reply

const HANDLERS: Readonly<Record<string, Handler>> = {
  ...GIT_DATA,
  'pulls/get': ({ path }, state, shapes) => {
    const pull = state.pulls.find(row => row.number === Number(path.pull_number))
    return pull ? { status: 200, body: shapes.pull(pull) } : NOT_FOUND
  },
  'pulls/list': ({ url }, state, shapes) => {
    const [owner, branch] = (url.searchParams.get('head') ?? '').split(/:(.*)/)
    const found = state.pulls.filter(
      row =>
        row.open &&
        row.headRef === branch &&
        row.headRepository?.fullName.split('/')[0]?.toLowerCase() === owner?.toLowerCase(),
    )
    return paged(found.map(shapes.pull), url)
  },
  'repos/list-pull-requests-associated-with-commit': ({ path, url }, state, shapes) => {
    const found = state.pulls.filter(({ merged }) => merged.includes(path.commit_sha!))
    return paged(found.map(shapes.pull), url)
  },
  'issues/list-comments': ({ path, url }, state, shapes) => {
    const number = Number(path.issue_number)
    if (!state.pulls.some(row => row.number === number)) return NOT_FOUND
    return paged(state.comments.filter(row => row.pull === number).map(shapes.comment), url)
  },
  'issues/create-comment': ({ path, body, who }, state, shapes) => {
    const pull = state.pulls.find(row => row.number === Number(path.issue_number))
    if (!pull) return NOT_FOUND
    if (pull.locked) return refusal(403, 'Unable to create comment because issue is locked.')
    const row = addComment(state, { pull: pull.number, body: String(body.body), author: who })
    return { status: 201, body: shapes.comment(row) }
  },
  'issues/update-comment': ({ path, body, who }, state, shapes) => {
    const row = state.comments.find(one => one.id === Number(path.comment_id))
    if (!row) return NOT_FOUND
    if (row.author.id !== who.id && who.type === 'Bot')
      return refusal(403, 'Resource not accessible by integration')
    row.body = String(body.body)
    row.updatedAt = new Date().toISOString().replace(/\.\d+Z/, 'Z')
    return { status: 200, body: shapes.comment(row) }
  },
  'issues/list-for-repo': ({ url }, state, shapes) => {
    const label = url.searchParams.get('labels') ?? ''
    return paged(state.issues.filter(row => row.open && row.labels.includes(label)).map(shapes.issue), url)
  },
  'issues/list-events': ({ path, url }, state, shapes) => {
    const own = state.labelEvents.filter(row => row.pull === Number(path.issue_number))
    return paged(
      own.map((row, index) => shapes.labelEvent(row, index + 1)),
      url,
    )
  },
  'repos/get-collaborator-permission-level': ({ path }, state, shapes) => {
    const login = path.username ?? ''
    const permission = state.collaborators.get(login)
    return permission ? { status: 200, body: shapes.permission(login, permission) } : NOT_FOUND
  },
  'issues/create': ({ body }, state, shapes) => {
    const labels = (body.labels ?? []) as readonly string[]
    const row = {
      number: state.nextId++,
      title: String(body.title),
      body: String(body.body),
      open: true,
      labels,
    }
    state.issues.push(row)
    return { status: 201, body: shapes.issue(row) }
  },
  'issues/update': ({ path, body }, state, shapes) => {
    const row = state.issues.find(one => one.number === Number(path.issue_number))
    if (!row) return NOT_FOUND
    if (typeof body.title === 'string') row.title = body.title
    if (typeof body.body === 'string') row.body = body.body
    if (typeof body.state === 'string') row.open = body.state === 'open'
    return { status: 200, body: shapes.issue(row) }
  },
  'checks/create': ({ body }, state, shapes) => {
    const sha = String(body.head_sha)
    if (state.commits.size > 0 && !state.commits.has(sha))
      return refusal(422, `No commit found for SHA: ${sha}`)
    const row: CheckRow = {
      id: state.nextId++,
      headSha: sha,
      name: '',
      status: 'queued',
      conclusion: null,
      title: '',
      summary: '',
      annotations: [],
    }
    state.checks.push(row)
    return { status: 201, body: shapes.check(applyCheck(row, body)) }
  },
  'checks/update': ({ path, body }, state, shapes) => {
    const row = state.checks.find(one => one.id === Number(path.check_run_id))
    return row ? { status: 200, body: shapes.check(applyCheck(row, body)) } : NOT_FOUND
  },
  'actions/list-workflow-run-artifacts': ({ path, url }, state, shapes) => {
    const name = url.searchParams.get('name')
    const found = state.artifacts.filter(
      row => row.runId === Number(path.run_id) && (name === null || row.name === name),
    )
    return { status: 200, body: { total_count: found.length, artifacts: found.map(shapes.artifact) } }
  },
  'actions/download-artifact': ({ path, url }, state) => {
    const row = state.artifacts.find(one => one.id === Number(path.artifact_id))
    if (!row) return NOT_FOUND
    if (row.expired) return refusal(410, 'Artifact has expired')
    return { status: 302, headers: { location: `${url.origin}/__storage/${row.id}?sig=secret` } }
  },
  'actions/get-actions-cache-list': ({ url }, state) => {
    const prefix = url.searchParams.get('key') ?? ''
    const found = state.caches.filter(row => row.key.startsWith(prefix))
    const rows = found.map((row, index) => ({
      id: index + 1,
      ref: row.ref,
      key: row.key,
      version: '0'.repeat(64),
      last_accessed_at: '2026-01-01T00:00:00Z',
      created_at: '2026-01-01T00:00:00Z',
      size_in_bytes: 1,
    }))
    return { status: 200, body: { total_count: rows.length, actions_caches: rows } }
  },
}

const NOT_FOUND: Reply = refusal(404, 'Not Found')

/** A refusal as GitHub words it. */
export function refusal(status: number, message: string, headers: Reply['headers'] = {}): Reply {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }
  return { status, body, headers }
}

/** Answers one call out of the state, and changes the state. */
export function answerCall(operation: string, request: Request, state: State): Reply {
  const home = `${request.path.owner}/${request.path.repo}`
  const known = home.toLowerCase() === `${state.owner}/${state.repo}`.toLowerCase()
  if (!known) return NOT_FOUND
  const handler = HANDLERS[operation]
  if (!handler) throw new Error(`The double does not answer ${operation}.`)
  return handler(request, state, shapesOf(state, request.url.origin))
}

function applyCheck(row: CheckRow, body: Json): CheckRow {
  const output = (body.output ?? {}) as Json
  if (typeof body.name === 'string') row.name = body.name
  if (typeof body.status === 'string') row.status = body.status
  if (typeof body.conclusion === 'string') {
    row.conclusion = body.conclusion
    row.status = 'completed'
  }
  if (typeof output.title === 'string') row.title = output.title
  if (typeof output.summary === 'string') row.summary = output.summary
  // GitHub adds the annotations of an update to those that are there.
  row.annotations.push(...((output.annotations ?? []) as readonly Json[]))
  return row
}

function paged(rows: readonly unknown[], url: URL): Reply {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100)
  const page = Number(url.searchParams.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(rows.length / size))
  const link = (to: number, rel: string) => {
    const target = new URL(url)
    target.searchParams.set('page', String(to))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ]
  return {
    status: 200,
    body: rows.slice((page - 1) * size, page * size),
    ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}),
  }
}
