import { z } from 'zod'
import { failed, success } from '../../core/model/result.ts'
import { type Repository, SITES } from './call-sites.ts'
import type { PeoplePort } from './ports.ts'
import type { Requester } from './request.ts'

const eventsSchema = z.array(
  z.object({
    event: z.string(),
    created_at: z.string(),
    actor: z.object({ login: z.string() }).nullish(),
    label: z.object({ name: z.string() }).nullish(),
  }),
)
const permissionSchema = z.object({ permission: z.string() })

const PER_PAGE = 100
const MOST_PAGES = 30

/** The people of one repository: who labelled a pull request, and who may write. */
export function peoplePort({ owner, repo }: Repository, { ask }: Requester): PeoplePort {
  return {
    labelled: async (pull, label) => {
      let last: { readonly by: string; readonly at: string } | undefined
      for (let page = 1; page <= MOST_PAGES; page++) {
        const found = await ask({
          site: SITES.listEvents,
          route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/events',
          parameters: { owner, repo, issue_number: pull, per_page: PER_PAGE, page },
          schema: eventsSchema,
          repeat: true,
        })
        if (!found.ok) return found
        for (const { event, created_at, actor, label: set } of found.value) {
          // GitHub knows no two labels that differ in their case only.
          if (set?.name.toLowerCase() !== label.toLowerCase()) continue
          if (event === 'labeled') last = { by: actor?.login ?? 'ghost', at: created_at }
          if (event === 'unlabeled') last = undefined
        }
        if (found.value.length < PER_PAGE) return success(last)
      }
      // A later event may have taken the label away or set it anew.
      return failed({
        kind: 'garbled',
        sentence: `Could not find out who set the label \`${label}\`, because the pull request has more than ${MOST_PAGES * PER_PAGE} events; accept in the configuration file instead.`,
      })
    },
    mayWrite: async login => {
      const found = await ask({
        site: SITES.askPermission,
        route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
        parameters: { owner, repo, username: login },
        schema: permissionSchema,
        repeat: true,
      })
      return found.ok ? success(['admin', 'write', 'maintain'].includes(found.value.permission)) : found
    },
  }
}
