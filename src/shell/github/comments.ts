import { z } from 'zod'
import type { CallSite } from '../../core/github/api-failure.ts'
import type { CommentFacts, ListedComment } from '../../core/github/comment-policy.ts'
import { type Repository, SITES } from './call-sites.ts'
import type { ApiResult, CommentsPort, Wording } from './ports.ts'
import type { Requester, Route } from './request.ts'

const commentSchema = z
  .object({
    id: z.number().int(),
    node_id: z.string(),
    html_url: z.string(),
    body: z.string().nullish(),
    // A deleted account leaves no user.
    user: z.object({ login: z.string(), type: z.string() }).nullish(),
  })
  .transform(
    ({ id, node_id, html_url, body, user }): ListedComment => ({
      id,
      nodeId: node_id,
      url: html_url,
      body: body ?? '',
      author: user ?? { login: 'ghost', type: 'User' },
    }),
  )

const writtenSchema = z.object({ html_url: z.string() }).transform(({ html_url }) => ({ url: html_url }))

const MOST_NODES = 100

/** What is asked of nodes by their ids, and how one of them is read; a node that is gone, or of another kind, has no fields. */
interface NodeQuestion<Node, Value> {
  readonly site: CallSite
  readonly query: string
  readonly node: z.ZodType<Node>
  read(node: Node): readonly [id: string, Value] | undefined
}

const factsNode = z
  .object({ id: z.string(), isMinimized: z.boolean(), viewerDidAuthor: z.boolean() })
  .partial()

// REST says neither which comments are the token's own nor which are minimised, and a token cannot ask who it is by REST.
const FACTS: NodeQuestion<z.infer<typeof factsNode>, CommentFacts> = {
  site: SITES.askComments,
  query: `query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on IssueComment { id isMinimized viewerDidAuthor } }
}`,
  node: factsNode,
  read: ({ id, viewerDidAuthor, isMinimized }) =>
    id === undefined ? undefined : [id, { mine: viewerDidAuthor === true, minimised: isMinimized === true }],
}

const wordingNode = z
  .object({
    id: z.string(),
    body: z.string(),
    createdAt: z.string(),
    lastEditedAt: z.string().nullish(),
    editor: z.object({ login: z.string() }).nullish(),
  })
  .partial()

const WORDINGS: NodeQuestion<z.infer<typeof wordingNode>, Wording> = {
  site: SITES.askWordings,
  query: `query($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on IssueComment { id body createdAt lastEditedAt editor { login } }
    ... on PullRequest { id body createdAt lastEditedAt editor { login } }
  }
}`,
  node: wordingNode,
  read: ({ id, body, createdAt, lastEditedAt, editor }) => {
    if (id === undefined || body === undefined || createdAt === undefined) return undefined
    const edited = {
      ...(lastEditedAt && { editedAt: lastEditedAt }),
      ...(editor && { editor: editor.login }),
    }
    return [id, { body, createdAt, ...edited }]
  },
}

/** The comments of pull requests of one repository. */
export function commentsPort(
  { owner, repo }: Repository,
  graphqlUrl: string,
  { ask }: Requester,
): CommentsPort {
  return {
    list: async pull =>
      await listPages(ask, {
        site: SITES.listComments,
        route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
        parameters: { owner, repo, issue_number: pull },
        schema: z.array(commentSchema),
      }),
    facts: async nodeIds => await askNodes(FACTS, nodeIds, { graphqlUrl, ask }),
    wordings: async nodeIds => await askNodes(WORDINGS, nodeIds, { graphqlUrl, ask }),
    create: async (pull, body): Promise<ApiResult<{ url: string }>> =>
      await ask({
        site: SITES.createComment,
        route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
        parameters: { owner, repo, issue_number: pull, body },
        schema: writtenSchema,
        repeat: false,
      }),
    update: async (id, body) =>
      await ask({
        site: SITES.updateComment,
        route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
        parameters: { owner, repo, comment_id: id, body },
        schema: writtenSchema,
        repeat: false,
      }),
  }
}

async function askNodes<Node, Value>(
  { site, query, node, read }: NodeQuestion<Node, Value>,
  nodeIds: readonly string[],
  { graphqlUrl, ask }: { readonly graphqlUrl: string; readonly ask: Requester['ask'] },
): Promise<ApiResult<ReadonlyMap<string, Value>>> {
  const answer = await ask({
    site,
    route: `POST ${graphqlUrl}`,
    // The newest of them are the last.
    parameters: { query, variables: { ids: nodeIds.slice(-MOST_NODES) } },
    schema: z.object({ data: z.object({ nodes: z.array(node.nullable()) }) }),
    repeat: true,
  })
  if (!answer.ok) return answer
  const known = answer.value.data.nodes.flatMap(found => {
    const entry = found === null ? undefined : read(found)
    return entry === undefined ? [] : [entry]
  })
  return { ok: true, value: new Map(known) }
}

const PAGE_SIZE = 100
/** Five thousand comments are enough; beyond them the newest would be missed and said to be absent. */
const MOST_PAGES = 50

/** Reads a list over all its pages: as long as the Link header names a next one, counted by us, never by its address. */
async function listPages<T>(
  ask: Requester['ask'],
  call: Route & { readonly schema: z.ZodType<readonly T[]> },
): Promise<ApiResult<readonly T[]>> {
  const all: T[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const parameters = { ...call.parameters, per_page: PAGE_SIZE, page }
    const answer = await ask({ ...call, parameters, repeat: true })
    if (!answer.ok) return answer
    all.push(...answer.value)
    if (!/rel="next"/.test(String(answer.headers.link ?? ''))) break
  }
  return { ok: true, value: all }
}
