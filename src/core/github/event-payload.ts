import { z } from 'zod'

/** A full object name, SHA-1 or SHA-256; short ones and names never pass. */
export const shaSchema = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)

// git-check-ref-format(1), and no leading dash: what passes is safe in a log line and, after a prefix, as an argument of git.
const REF_NAME = /^(?!-)(?!.*(?:\.\.|@\{|\/\/))[^\p{Cc} ~^:?*[\\]{1,250}$/u

export const refNameSchema = z.string().regex(REF_NAME)
export const repositoryNameSchema = z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)

const repositorySchema = z.object({ id: z.number().int(), full_name: repositoryNameSchema })

/** What is read of a `pull_request` payload; a deleted fork has `head.repo` null. */
export const pullRequestPayload = z.object({
  action: z.string().max(100),
  pull_request: z.object({
    number: z.number().int().positive(),
    state: z.string().max(20),
    draft: z.boolean().optional(),
    head: z.object({ sha: shaSchema, repo: repositorySchema.nullish() }),
    base: z.object({ ref: refNameSchema, sha: shaSchema, repo: repositorySchema }),
  }),
})

/** What is read of a `push` payload: `before` is forty zeros for a new ref, `after` for a deleted one. */
export const pushPayload = z.object({
  ref: refNameSchema,
  before: shaSchema,
  after: shaSchema,
  deleted: z.boolean().optional(),
  forced: z.boolean().optional(),
  head_commit: z.object({ id: shaSchema }).nullish(),
  repository: z.object({ default_branch: refNameSchema }),
})

/** What is read of a `merge_group` payload. */
export const mergeGroupPayload = z.object({
  action: z.string().max(100),
  merge_group: z.object({ head_sha: shaSchema, base_sha: shaSchema, base_ref: refNameSchema }),
})

/** What is read of a `workflow_dispatch` or `schedule` payload; the commit comes from the environment. */
export const plainPayload = z.object({
  repository: z.object({ default_branch: refNameSchema }).optional(),
})
