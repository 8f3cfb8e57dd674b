import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Gitlink, readGitlinks } from '../../core/checkout/gitlinks.ts'
import type { LeftObject, LeftSubmodule, MissingContent } from '../../core/checkout/missing-content.ts'
import { isRealFolder } from '../../shell/files/real-folder.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import { checkOutFiles, type Spot } from './check-out-files.ts'
import { checkOutLfs } from './check-out-lfs.ts'
import type { Mirror } from './mirror.ts'

const DEEPEST = 10
/** Few gitlinks can name a great many submodules when each of these names more. */
const MOST = 500

/** The checkout of all submodules of a tree, with what it had to leave out so far. */
interface Round {
  readonly mirrors: readonly Mirror[]
  readonly tools: ToolPort
  readonly submodules: LeftSubmodule[]
  readonly objects: LeftObject[]
  tried: number
}

/** A tree with submodules in it, and where it is itself. */
interface Outer {
  readonly spot: Spot
  /** From the outermost tree to this one, empty or with a slash at its end. */
  readonly prefix: string
  readonly depth: number
  /** The name of its own store with `/modules/` at its end, or empty. */
  readonly names: string
}

/**
 * Checks out the submodules of a spot and theirs in turn, at the commits that it names. Where the objects come from is decided
 * by the commit's SHA alone, and where they go by the tree: .gitmodules, which is hostile, only says which gitlinks are
 * submodules, and its names are compared with those of the stores to ask the likely one first. Its urls are never read.
 */
export async function checkOutSubmodules(
  spot: Spot,
  mirrors: readonly Mirror[],
  tools: ToolPort,
): Promise<MissingContent> {
  const round: Round = { mirrors, tools, submodules: [], objects: [], tried: 0 }
  await layOutWithin({ spot, prefix: '', depth: 0, names: '' }, round)
  return { submodules: round.submodules, objects: round.objects }
}

async function layOutWithin(outer: Outer, round: Round): Promise<void> {
  const links = await gitlinksOf(outer.spot, round.tools)
  const holders = await holdersOf(links, round.mirrors, round.tools)
  for (const link of links) {
    const inner = await layOutLink(link, { outer, holders: holders.get(link.commit) ?? [] }, round)
    const path = `${outer.prefix}${link.path}`
    if (typeof inner === 'string') {
      round.submodules.push({ path, commit: link.commit, why: inner })
      continue
    }
    for (const left of await checkOutLfs(inner.spot, round.tools))
      round.objects.push({ ...left, path: `${path}/${left.path}` })
    await layOutWithin(inner, round)
  }
}

/** Checks one submodule out, or says why it could not. */
async function layOutLink(
  link: Gitlink,
  { outer, holders }: { readonly outer: Outer; readonly holders: readonly Mirror[] },
  round: Round,
): Promise<Outer | LeftSubmodule['why']> {
  const { spot, prefix, depth, names } = outer
  if (depth >= DEEPEST || round.tried >= MOST || !isRealFolder(spot.tree, link.path)) return 'refused'
  round.tried += 1
  const [path, name] = [`${prefix}${link.path}`, `${names}${link.name}`]
  const from = holders.find(({ of }) => of.name === name) ?? holders[0]
  const inner = from && (await layOutOne(spot, link, { from, tools: round.tools }))
  if (!inner) {
    const known = round.mirrors.some(({ of }) => of.name === name || of.name === path)
    return known ? 'unfetched' : 'absent'
  }
  return { spot: inner, prefix: `${path}/`, depth: depth + 1, names: `${from.of.name}/modules/` }
}

async function gitlinksOf({ mirror, commit }: Spot, tools: ToolPort): Promise<readonly Gitlink[]> {
  const form = '^submodule\\..*\\.path$'
  // An include in a blob would be followed to any file of the machine.
  const asked = ['config', '--no-includes', `--blob=${commit}:.gitmodules`, '--null', '--get-regexp', form]
  const declared = await git(tools, mirror.folder, asked)
  if (!declared.ok) return []
  const listed = await git(tools, mirror.folder, ['ls-tree', '-r', '-z', '--full-tree', commit])
  return readGitlinks(listed.out, declared.out)
}

/** Which mirrors hold which of the commits. */
async function holdersOf(
  links: readonly Gitlink[],
  mirrors: readonly Mirror[],
  tools: ToolPort,
): Promise<ReadonlyMap<string, readonly Mirror[]>> {
  const holders = new Map<string, Mirror[]>()
  const commits = [...new Set(links.map(({ commit }) => commit))].slice(0, MOST)
  if (commits.length === 0) return holders
  for (const mirror of mirrors) {
    const asked = ['rev-list', '--no-walk=unsorted', '--ignore-missing', ...commits]
    const { out } = await git(tools, mirror.folder, asked)
    for (const commit of out.split('\n').filter(line => line !== ''))
      holders.set(commit, [...(holders.get(commit) ?? []), mirror])
  }
  return holders
}

/** As git does it: the git folder below the outer one's `modules`, and a file that leads there. */
async function layOutOne(
  outer: Spot,
  { path, commit }: Gitlink,
  { from, tools }: { readonly from: Mirror; readonly tools: ToolPort },
): Promise<Spot | undefined> {
  const tree = join(outer.tree, path)
  const gitFolder = join(outer.gitFolder, 'modules', path)
  await mkdir(dirname(gitFolder), { recursive: true })
  await writeFile(join(tree, '.git'), `gitdir: ${relative(tree, gitFolder)}\n`, { flag: 'wx' })
  const spot = { mirror: from, commit, tree, gitFolder, workTree: relative(gitFolder, tree) }
  const trouble = await checkOutFiles(spot, tools)
  if (trouble === undefined) return spot
  for (const place of [gitFolder, tree]) await rm(place, { recursive: true, force: true })
  await mkdir(tree)
  return undefined
}
