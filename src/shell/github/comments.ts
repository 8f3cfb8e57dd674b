import { z } from 'zod'
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

// REST says neither which comments are the token's own nor which are minimised, and a token cannot ask who it is by REST.
const FACTS_QUERY = `query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on IssueComment { id isMinimized viewerDidAuthor } }
}`
const MOST_NODES = 100

const factsSchema = z.object({
  data: z.object({
    nodes: z.array(
      z
        .object({ id: z.string(), isMinimized: z.boolean(), viewerDidAuthor: z.boolean() })
        .partial()
        .nullable(),
    ),
  }),
})

const WORDINGS_QUERY = `query($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on IssueComment { id body createdAt lastEditedAt editor { login } }
    ... on PullRequest { id body createdAt lastEditedAt editor { login } }
  }
}`

const wordingsSchema = z.object({
  data: z.object({
    nodes: z.array(
      z
        .object({
          id: z.string(),
          body: z.string(),
          createdAt: z.string(),
          lastEditedAt: z.string().nullish(),
          editor: z.object({ login: z.string() }).nullish(),
        })
        .partial()
        .nullable(),
    ),
  }),
})

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
    facts: async nodeIds => await askFacts(nodeIds, graphqlUrl, ask),
    wordings: async nodeIds => await askWordings(nodeIds, graphqlUrl, ask),
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

async function askFacts(
  nodeIds: readonly string[],
  graphqlUrl: string,
  ask: Requester['ask'],
): Promise<ApiResult<ReadonlyMap<string, CommentFacts>>> {
  const answer = await ask({
    site: SITES.askComments,
    route: `POST ${graphqlUrl}`,
    // The newest of them are the last.
    parameters: { query: FACTS_QUERY, variables: { ids: nodeIds.slice(-MOST_NODES) } },
    schema: factsSchema,
    repeat: true,
  })
  return answer.ok ? { ok: true, value: factsOf(answer.value) } : answer
}

async function askWordings(
  nodeIds: readonly string[],
  graphqlUrl: string,
  ask: Requester['ask'],
): Promise<ApiResult<ReadonlyMap<string, Wording>>> {
  const answer = await ask({
    site: SITES.askWordings,
    route: `POST ${graphqlUrl}`,
    // The newest of them are the last.
    parameters: { query: WORDINGS_QUERY, variables: { ids: nodeIds.slice(-MOST_NODES) } },
    schema: wordingsSchema,
    repeat: true,
  })
  if (!answer.ok) return answer
  const known = answer.value.data.nodes.flatMap(node => {
    const { id, body, createdAt, lastEditedAt, editor } = node ?? {}
    if (id === undefined || body === undefined || createdAt === undefined) return []
    const edited = {
      ...(lastEditedAt && { editedAt: lastEditedAt }),
      ...(editor && { editor: editor.login }),
    }
    return [[id, { body, createdAt, ...edited }] as const]
  })
  return { ok: true, value: new Map(known) }
}

function factsOf(answer: z.infer<typeof factsSchema>): ReadonlyMap<string, CommentFacts> {
  const known = answer.data.nodes.flatMap(node =>
    node?.id === undefined
      ? []
      : [[node.id, { mine: node.viewerDidAuthor === true, minimised: node.isMinimized === true }] as const],
  )
  return new Map(known)
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
