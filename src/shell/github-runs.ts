import { z } from 'zod'
import { type BadAnswer, classify } from '../core/api-failure.ts'
import { boundedFetch } from './bounded-fetch.ts'
import type { Artifact, Asked, RunsPort } from './github-ports.ts'
import type { Requester } from './github-request.ts'
import { SITES } from './github-sites.ts'
import type { Repository } from './repository-name.ts'

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

const DOWNLOAD_TIMEOUT_SECONDS = 60

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
      return location.ok ? await fetchBytes(requester, location.value, largestBytes) : location
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

/** Reads the storage's answer: a signed address of another host, so that no token goes with it. */
async function fetchBytes(
  requester: Requester,
  url: string,
  largestBytes: number,
): Promise<Asked<Uint8Array>> {
  const bounds = { timeoutSeconds: DOWNLOAD_TIMEOUT_SECONDS, largestBytes, follow: false }
  const fetch = boundedFetch(requester.plainFetch, bounds)
  const failed = (bad: BadAnswer): Asked<Uint8Array> => ({
    ok: false,
    failure: classify(bad, SITES.downloadArtifact, 0),
  })
  try {
    const response = await fetch(url, { method: 'GET' })
    if (response.ok) return { ok: true, value: new Uint8Array(await response.arrayBuffer()) }
    return failed({ kind: 'network', message: `the storage answered ${response.status}` })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return failed(error instanceof RangeError ? { kind: 'garbled', message } : { kind: 'network', message })
  }
}
