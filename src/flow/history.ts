import { InputError } from '../core/errors.ts'
import { type Commit, git, type SourceRepository } from '../shell/git.ts'
import type { ToolPort } from '../shell/world.ts'

export interface HistoryRequest {
  /** A folder inside the user's clone. */
  readonly repository: string
  /** Names of the base, best first: refs, tags or full SHAs; the first that exists is taken. */
  readonly base: readonly string[]
  readonly head: string
}

export interface History {
  readonly source: SourceRepository
  readonly head: Commit
  /** The merge base of the head and the base that was found. */
  readonly base: Commit
  /** The candidate that was found, as it was named. */
  readonly baseName: string
}

/** Finds both commits in the user's clone; throws an InputError that says what is missing and how to get it. */
export async function readHistory(request: HistoryRequest, tools: ToolPort): Promise<History> {
  const source = await openRepository(request.repository, tools)
  const resolve = (rev: string) => commit(rev, request.repository, tools)
  const head = await resolve(request.head)
  const bases = await Promise.all(request.base.map(async name => ({ name, found: await resolve(name) })))
  const base = bases.find(({ found }) => found !== undefined)
  const deepen = source.shallow ? ' The clone is shallow: check out with fetch-depth: 0.' : ''
  const faults = [
    ...(head
      ? []
      : [`The head ${JSON.stringify(request.head)} is not a commit of ${request.repository}.${deepen}`]),
    ...(base
      ? []
      : [
          `The base ${request.base.map(name => JSON.stringify(name)).join(' or ')} is not a commit of ${request.repository}.${deepen || ' Fetch it, or check out with fetch-depth: 0.'}`,
        ]),
  ]
  if (!head || !base?.found) throw new InputError(faults)
  const merged = await git(tools, request.repository, ['merge-base', base.found.sha, head.sha])
  const mergeBase = merged.ok ? await resolve(merged.out.trim()) : undefined
  if (!mergeBase) {
    throw new InputError([
      `${base.name} and the head ${head.sha.slice(0, 12)} have no common ancestor in this clone; check out with fetch-depth: 0, or name another base.`,
    ])
  }
  return { source, head, base: mergeBase, baseName: base.name }
}

async function openRepository(folder: string, tools: ToolPort): Promise<SourceRepository> {
  const asked = await git(tools, folder, [
    'rev-parse',
    '--path-format=absolute',
    '--git-common-dir',
    '--is-shallow-repository',
  ])
  const [commonFolder, shallow] = asked.out.split('\n')
  if (!asked.ok || !commonFolder) {
    throw new InputError([
      `${folder} is not a git repository (${asked.err.split('\n')[0]}); check the code out first, or name it with --repo.`,
    ])
  }
  return { commonFolder, shallow: shallow === 'true' }
}

async function commit(rev: string, folder: string, tools: ToolPort): Promise<Commit | undefined> {
  const found = await git(tools, folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${rev}^{commit}`,
  ])
  const sha = found.out.trim()
  if (!found.ok || !/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha)) return undefined
  const shown = await git(tools, folder, ['log', '-1', '--no-show-signature', '--format=%s', sha])
  return { sha, title: shown.out.trim().slice(0, 200) }
}
