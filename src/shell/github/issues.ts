import { z } from 'zod'
import { type Repository, SITES } from './call-sites.ts'
import type { IssuesPort } from './ports.ts'
import type { Requester } from './request.ts'

const issueSchema = z
  .object({
    number: z.number().int(),
    body: z.string().nullish(),
    html_url: z.string(),
    pull_request: z.unknown().optional(),
  })
  .transform(({ number, body, html_url, pull_request }) => ({
    number,
    body: body ?? '',
    url: html_url,
    pull: pull_request !== undefined,
  }))

/** The open issues of one repository that carry a label. */
export function issuesPort({ owner, repo }: Repository, { ask }: Requester): IssuesPort {
  return {
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
