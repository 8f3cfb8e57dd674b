import { z } from 'zod'
import { type Repository, SITES } from './call-sites.ts'
import type { Artifact, RunsPort } from './ports.ts'
import type { Requester } from './request.ts'

const artifactsSchema = z.object({
  artifacts: z.array(
    z
      .object({
        id: z.number().int(),
        name: z.string(),
        size_in_bytes: z.number(),
        expired: z.boolean(),
        created_at: z.string().nullable(),
      })
      .transform(
        (given): Artifact => ({
          id: given.id,
          name: given.name,
          sizeBytes: given.size_in_bytes,
          expired: given.expired,
          createdAt: given.created_at ?? '',
        }),
      ),
  ),
})

const cachesSchema = z.object({
  actions_caches: z.array(z.object({ key: z.string().optional(), ref: z.string().optional() })),
})

/** The artifacts and caches of one repository's runs. */
export function runsPort({ owner, repo }: Repository, requester: Requester): RunsPort {
  return {
    artifacts: async (runId, name) => {
      const answer = await requester.ask({
        site: SITES.listArtifacts,
        route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
        parameters: { owner, repo, run_id: runId, name, per_page: 100 },
        schema: artifactsSchema,
        repeat: true,
      })
      if (!answer.ok) return answer
      return { ok: true, value: answer.value.artifacts.filter(artifact => artifact.name === name) }
    },
    download: async (artifact, largestBytes) => {
      const location = await requester.locate({
        site: SITES.downloadArtifact,
        route: 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
        parameters: { owner, repo, artifact_id: artifact.id, archive_format: 'zip' },
      })
      if (!location.ok) return location
      // A signed address of another host: no token goes with it.
      return await requester.fetchBytes(SITES.downloadArtifact, location.value, largestBytes)
    },
    cacheRefs: async key => {
      const answer = await requester.ask({
        site: SITES.listCaches,
        route: 'GET /repos/{owner}/{repo}/actions/caches',
        parameters: { owner, repo, key, per_page: 100 },
        schema: cachesSchema,
        repeat: true,
      })
      if (!answer.ok) return answer
      // GitHub matches the key as a prefix.
      const exact = answer.value.actions_caches.filter(entry => entry.key === key)
      return { ok: true, value: exact.map(entry => entry.ref ?? '') }
    },
  }
}
