import { z } from 'zod'
import { shaSchema } from '../../core/github/event-payload.ts'
import { type Repository, SITES } from './call-sites.ts'
import type { PullNow, PullsPort } from './ports.ts'
import type { Requester } from './request.ts'

const pullSchema = z
  .object({
    number: z.number().int(),
    head: z.object({ sha: shaSchema, repo: z.object({ id: z.number().int() }).nullish() }),
    base: z.object({ repo: z.object({ id: z.number().int() }) }),
  })
  .transform(
    ({ number, head, base }): PullNow => ({
      number,
      headSha: head.sha,
      ...(head.repo ? { headRepositoryId: head.repo.id } : {}),
      baseRepositoryId: base.repo.id,
    }),
  )

/** The pull requests of one repository, as they are now. */
export function pullsPort({ owner, repo }: Repository, { ask }: Requester): PullsPort {
  return {
    get: async number =>
      await ask({
        site: SITES.readPull,
        route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
        parameters: { owner, repo, pull_number: number },
        schema: pullSchema,
        repeat: true,
      }),
    from: async (headOwner, branch) =>
      await ask({
        site: SITES.findPull,
        route: 'GET /repos/{owner}/{repo}/pulls',
        parameters: { owner, repo, state: 'open', head: `${headOwner}:${branch}`, per_page: 100 },
        schema: z.array(pullSchema),
        repeat: true,
      }),
  }
}
