import { z } from 'zod'
import { shaSchema } from '../../core/github/event-payload.ts'
import { success } from '../../core/model/result.ts'
import { type Repository, SITES } from './call-sites.ts'
import type { PullNow, PullsPort } from './ports.ts'
import type { Requester } from './request.ts'

const pullSchema = z
  .object({
    number: z.number().int(),
    node_id: z.string(),
    user: z.object({ login: z.string() }).nullish(),
    head: z.object({ sha: shaSchema, repo: z.object({ id: z.number().int() }).nullish() }),
    base: z.object({ repo: z.object({ id: z.number().int() }) }),
  })
  .transform(
    ({ number, node_id, user, head, base }): PullNow => ({
      number,
      nodeId: node_id,
      author: user?.login ?? 'ghost',
      headSha: head.sha,
      ...(head.repo ? { headRepositoryId: head.repo.id } : {}),
      baseRepositoryId: base.repo.id,
    }),
  )

const mergedSchema = z.array(
  z.object({
    number: z.number().int(),
    merged_at: z.string().nullish(),
    base: z.object({ ref: z.string() }),
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
    mergedBy: async (commit, into) => {
      const found = await ask({
        site: SITES.findMerged,
        route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
        parameters: { owner, repo, commit_sha: commit, per_page: 100 },
        schema: mergedSchema,
        repeat: true,
      })
      if (!found.ok) return found
      const merged = found.value.filter(({ merged_at, base }) => merged_at && base.ref === into)
      return success(merged.map(({ number }) => number))
    },
  }
}
