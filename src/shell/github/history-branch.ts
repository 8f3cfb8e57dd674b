import { z } from 'zod'
import type { ApiFailure } from '../../core/github/api-failure.ts'
import { failed, success } from '../../core/model/result.ts'
import { type Repository, SITES } from './call-sites.ts'
import type { ApiResult, BranchPort } from './ports.ts'
import type { Requester, Route } from './request.ts'

const shaOnly = z.object({ sha: z.string() })
const refSchema = z.object({ object: z.object({ sha: z.string() }) })
const commitSchema = z.object({ tree: z.object({ sha: z.string() }) })
const treeSchema = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string(), sha: z.string() })),
  truncated: z.boolean(),
})
const blobSchema = z.object({ content: z.string(), encoding: z.string() })

/** So many times a moved branch is taken up again before giving up. */
const MOST_RACES = 40

const TOO_MANY_FILES: ApiFailure = {
  kind: 'garbled',
  sentence:
    'Could not read the history: its branch has more files than GitHub lists at once, so it holds other work; name a separate branch with history.',
}

/** GitHub says 422 to a write that a rule of the repository forbids, as it does to one that came too late. */
function refusedWrite(fault: ApiFailure, branch: string): ApiFailure {
  return {
    ...fault,
    kind: 'rejected',
    sentence: `${fault.sentence.replace(/\.$/, '')}; no other job wrote to ${branch}, so a branch protection or a ruleset refuses the job's token; exempt this branch, or name another one with history.`,
  }
}

/**
 * Files of one branch, changed in one commit each time through GitHub's Git database (docs.github.com/rest/git): the ref moves only
 * forward, so that of two writers one is refused and starts again from what the other wrote. Nothing is ever lost or overwritten.
 */
export function branchPort(repository: Repository, { ask, pause, yieldTo }: Requester): BranchPort {
  const { owner, repo } = repository
  /** Reads one object of the repository. */
  const get = async <T>(path: string, parameters: Route['parameters'], schema: z.ZodType<T>) =>
    await ask({
      site: SITES.readBranch,
      route: `GET /repos/{owner}/{repo}/git/${path}`,
      parameters: { owner, repo, ...parameters },
      schema,
      repeat: true,
    })
  const tip = async (branch: string) => await get('ref/{ref}', { ref: `heads/${branch}` }, refSchema)

  /** The files of a commit, with a way to read each. */
  const filesAt = async (sha: string) => {
    const found = await get('commits/{sha}', { sha }, commitSchema)
    if (!found.ok) return found
    const root = found.value.tree.sha
    const tree = await get('trees/{root}', { root, recursive: '1' }, treeSchema)
    if (!tree.ok) return tree
    // A file that is not listed would be taken for new, and written over.
    if (tree.value.truncated) return failed(TOO_MANY_FILES)
    const blobs = new Map(
      tree.value.tree.flatMap(({ path, type, sha: blob }) =>
        type === 'blob' ? [[path, blob] as const] : [],
      ),
    )
    return success({ root, blobs })
  }

  const read = async (sha: string): Promise<ApiResult<string>> => {
    const blob = await get('blobs/{sha}', { sha }, blobSchema)
    if (!blob.ok) return blob
    const { content, encoding } = blob.value
    return success(encoding === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : content)
  }

  /** The blobs of texts that several files have, so that none is sent twice. */
  const blobsOf = async (
    files: Readonly<Record<string, string>>,
  ): Promise<ApiResult<ReadonlyMap<string, string>>> => {
    const texts = Object.values(files)
    const blobs = new Map<string, string>()
    for (const content of new Set(texts.filter((text, index) => texts.indexOf(text) !== index))) {
      const blob = await ask({
        site: SITES.writeBranch,
        route: 'POST /repos/{owner}/{repo}/git/blobs',
        parameters: { owner, repo, content, encoding: 'utf-8' },
        schema: shaOnly,
        repeat: true,
      })
      if (!blob.ok) return blob
      blobs.set(content, blob.value.sha)
    }
    return success(blobs)
  }

  /** A commit of the files over a parent; without one, the branch's first. */
  const commit = async (
    message: string,
    files: Readonly<Record<string, string>>,
    over?: { commit: string; root: string },
  ) => {
    const shared = await blobsOf(files)
    if (!shared.ok) return shared
    const tree = await ask({
      site: SITES.writeBranch,
      route: 'POST /repos/{owner}/{repo}/git/trees',
      parameters: {
        owner,
        repo,
        tree: Object.entries(files).map(([path, content]) => ({
          path,
          mode: '100644',
          type: 'blob',
          ...(shared.value.has(content) ? { sha: shared.value.get(content) } : { content }),
        })),
        ...(over && { base_tree: over.root }),
      },
      schema: shaOnly,
      // What is not pointed to yet changes nothing, so asking twice is harmless.
      repeat: true,
    })
    if (!tree.ok) return tree
    return await ask({
      site: SITES.writeBranch,
      route: 'POST /repos/{owner}/{repo}/git/commits',
      parameters: { owner, repo, message, tree: tree.value.sha, parents: over ? [over.commit] : [] },
      schema: shaOnly,
      repeat: true,
    })
  }

  const point = async (branch: string, sha: string, exists: boolean) =>
    exists
      ? await ask({
          site: SITES.writeBranch,
          route: 'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
          parameters: { owner, repo, ref: `heads/${branch}`, sha, force: false },
          schema: refSchema,
          repeat: false,
        })
      : await ask({
          site: SITES.writeBranch,
          route: 'POST /repos/{owner}/{repo}/git/refs',
          parameters: { owner, repo, ref: `refs/heads/${branch}`, sha },
          schema: refSchema,
          repeat: false,
        })

  const edit: BranchPort['edit'] = async (branch, message, change) => {
    for (let tried = 1; ; tried++) {
      const at = await tip(branch)
      if (!at.ok && at.fault.kind !== 'missing') return at
      const found = at.ok ? await filesAt(at.value.object.sha) : undefined
      if (found && !found.ok) return found
      const blobs = found?.value.blobs ?? new Map<string, string>()
      const changed = await change([...blobs.keys()], async path => {
        const sha = blobs.get(path)
        return sha === undefined ? { ok: true, value: '' } : await read(sha)
      })
      if (!changed.ok) return changed
      const over = at.ok && found ? { commit: at.value.object.sha, root: found.value.root } : undefined
      const made = await commit(message, changed.value, over)
      if (!made.ok) return made
      const moved = await point(branch, made.value.sha, at.ok)
      if (moved.ok) return { ok: true, value: made.value.sha }
      const raced = moved.fault.status === 422 || moved.fault.status === 409
      if (tried >= MOST_RACES) return moved
      if (!raced) {
        if (await pause(moved.fault, tried)) continue
        return moved
      }
      // Somebody else moved the branch, made it or took it away in the meantime; where nobody did, GitHub refuses the write itself.
      const now = await tip(branch)
      if (!now.ok && now.fault.kind !== 'missing') return now
      const before = at.ok ? at.value.object.sha : undefined
      const after = now.ok ? now.value.object.sha : undefined
      if (after === made.value.sha) return { ok: true, value: made.value.sha }
      if (before === after) return failed(refusedWrite(moved.fault, branch))
      await yieldTo(tried)
    }
  }

  return {
    edit,
    read: async (branch, choose) => {
      const at = await tip(branch)
      if (!at.ok) return at.fault.kind === 'missing' ? success({}) : at
      const found = await filesAt(at.value.object.sha)
      if (!found.ok) return found
      const texts: Record<string, string> = {}
      for (const path of choose([...found.value.blobs.keys()])) {
        const text = await read(found.value.blobs.get(path) ?? '')
        if (!text.ok) return text
        texts[path] = text.value
      }
      return { ok: true, value: texts }
    },
  }
}
