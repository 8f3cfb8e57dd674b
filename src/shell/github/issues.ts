import { z } from 'zod'
import { success } from '../../core/model/result.ts'
import { type Repository, SITES } from './call-sites.ts'
import type { IssuesPort } from './ports.ts'
import type { Requester } from './request.ts'

const issueSchema = z
  .object({
    number: z.number().int(),
    node_id: z.string(),
    body: z.string().nullish(),
    html_url: z.string(),
    pull_request: z.unknown().optional(),
  })
  .transform(({ number, node_id, body, html_url, pull_request }) => ({
    number,
    nodeId: node_id,
    body: body ?? '',
    url: html_url,
    pull: pull_request !== undefined,
  }))

// REST does not say which issues are the token's own.
const OWN_QUERY = `query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Issue { id viewerDidAuthor } }
}`

const ownSchema = z.object({
  data: z.object({
    nodes: z.array(z.object({ id: z.string(), viewerDidAuthor: z.boolean() }).partial().nullable()),
  }),
})

/** The open issues of one repository that carry a label. */
export function issuesPort({ owner, repo }: Repository, graphqlUrl: string, { ask }: Requester): IssuesPort {
  return {
    own: async nodeIds => {
      const found = await ask({
        site: SITES.askIssues,
        route: `POST ${graphqlUrl}`,
        parameters: { query: OWN_QUERY, variables: { ids: nodeIds } },
        schema: ownSchema,
        repeat: true,
      })
      if (!found.ok) return found
      return success(
        new Set(found.value.data.nodes.flatMap(node => (node?.id && node.viewerDidAuthor ? [node.id] : []))),
      )
    },
    list: async label => {
      const found = await ask({
        site: SITES.listIssues,
        route: 'GET /repos/{owner}/{repo}/issues',
        parameters: { owner, repo, labels: label, state: 'open', per_page: 100 },
        schema: z.array(issueSchema),
        repeat: true,
      })
      return found.ok ? { ...found, value: found.value.filter(({ pull }) => !pull) } : found
    },
    create: async ({ title, body, label }) =>
      await ask({
        site: SITES.createIssue,
        route: 'POST /repos/{owner}/{repo}/issues',
        parameters: { owner, repo, title, body, labels: [label] },
        schema: issueSchema,
        // A second one would be a second issue.
        repeat: false,
      }),
    update: async (number, { title, body, closed }) =>
      await ask({
        site: SITES.updateIssue,
        route: 'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
        parameters: {
          owner,
          repo,
          issue_number: number,
          ...(title === undefined ? {} : { title }),
          ...(body === undefined ? {} : { body }),
          ...(closed === true ? { state: 'closed', state_reason: 'completed' } : {}),
        },
        schema: issueSchema,
        repeat: true,
      }),
  }
}
