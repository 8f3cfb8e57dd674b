import { join } from 'node:path'
import { isPlainPath } from '../../core/checkout/gitlinks.ts'
import { InputError } from '../../core/model/errors.ts'
import { isRealFolder, plainFileBytes } from '../../shell/files/real-folder.ts'
import { type Commit, git, type SourceRepository } from '../../shell/git/git.ts'
import { type ObjectStore, storeAt, submoduleStores } from '../../shell/git/object-stores.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import { notACommit } from './missing-commit.ts'

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
  /** The commit that it names: the base branch as it is now, where the merge base is as it was when the change left it. */
  readonly baseTip: string
}

/** Finds both commits in the user's clone; throws an InputError that says what is missing and how to get it. */
export async function readHistory(request: HistoryRequest, tools: ToolPort): Promise<History> {
  const source = await openRepository(request.repository, tools)
  const resolve = (rev: string) => commit(rev, request.repository, tools)
  const head = await resolve(request.head)
  const bases = await Promise.all(request.base.map(async name => ({ name, found: await resolve(name) })))
  const base = bases.find(({ found }) => found !== undefined)
  if (!head || !base?.found) {
    const missing = [
      ...(head ? [] : [{ what: 'The head', names: [request.head] }]),
      // A commit that is its own base is missing once.
      ...(base || (!head && request.base.includes(request.head))
        ? []
        : [{ what: 'The base', names: request.base }]),
    ]
    throw new InputError(
      await Promise.all(missing.map(one => notACommit(one, { ...request, shallow: source.shallow }, tools))),
    )
  }
  const merged = await git(tools, request.repository, ['merge-base', base.found.sha, head.sha])
  const mergeBase = merged.ok ? await resolve(merged.out.trim()) : undefined
  if (!mergeBase) {
    throw new InputError([
      source.shallow
        ? `${base.name} and the head ${head.sha.slice(0, 12)} have no common ancestor in this shallow clone; check out with fetch-depth: 0, or run git fetch --unshallow.`
        : `${base.name} and the head ${head.sha.slice(0, 12)} have no common ancestor, because their histories began apart; name a base that the head descends from.`,
    ])
  }
  return { source, head, base: mergeBase, baseName: base.name, baseTip: base.found.sha }
}

async function openRepository(folder: string, tools: ToolPort): Promise<SourceRepository> {
  const asked = await git(tools, folder, ['rev-parse', '--is-shallow-repository', '--show-object-format'])
  const [shallow, objectFormat] = asked.out.split('\n')
  // One question a path, because a path may hold line breaks.
  const folderOf = async (which: string) =>
    (await git(tools, folder, ['rev-parse', '--path-format=absolute', which])).out.replace(/\n$/, '')
  const [commonFolder, gitFolder] = [await folderOf('--git-common-dir'), await folderOf('--git-dir')]
  if (!asked.ok || !commonFolder || !gitFolder || !objectFormat) {
    throw new InputError([
      `${folder} is not a git repository (${asked.err.split('\n')[0]}); check the code out first, or name its folder with working-directory (on the command line also --repo).`,
    ])
  }
  const own = storeAt(commonFolder, '') ?? {
    gitFolder: commonFolder,
    name: '',
    objects: [join(commonFolder, 'objects')],
  }
  const submodules = [
    // A linked work tree keeps its submodules next to its own HEAD.
    ...[...new Set([gitFolder, commonFolder])].flatMap(submoduleStores),
    ...(await embeddedStores(folder, tools)),
  ]
  return { commonFolder, shallow: shallow === 'true', objectFormat, own, submodules }
}

/** Submodules that hold their git folder themselves, as git made them before 1.7.8 and as a clone in place does. */
async function embeddedStores(folder: string, tools: ToolPort): Promise<readonly ObjectStore[]> {
  const top = await git(tools, folder, ['rev-parse', '--show-toplevel'])
  const tree = top.out.replace(/\n$/, '')
  if (!top.ok || plainFileBytes(tree, '.gitmodules') === undefined) return []
  const listed = await git(tools, tree, ['ls-files', '--stage', '-z'])
  const paths = [...listed.out.matchAll(/(?:^|\0)160000 [0-9a-f]+ \d\t([^\0]+)/g)].map(match => match[1]!)
  const held = paths.filter(path => isPlainPath(path) && isRealFolder(tree, `${path}/.git`))
  return held.flatMap(path => storeAt(join(tree, path, '.git'), path) ?? [])
}

/**
 * Whether there is nothing to compare with: none of the names is a commit, in a clone that has all there are. Of a shallow clone nobody
 * knows what it lacks, and whoever reads its commits says so.
 */
export async function hasNoBase(
  { repository, base }: Pick<HistoryRequest, 'repository' | 'base'>,
  tools: ToolPort,
): Promise<boolean> {
  for (const name of base) if (await commit(name, repository, tools)) return false
  const { ok, out } = await git(tools, repository, ['rev-parse', '--is-shallow-repository'])
  return ok && out.trim() === 'false'
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
