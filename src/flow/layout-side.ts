import { join, resolve } from 'node:path'
import type { RecordedLink } from '../core/layout/recorded-link.ts'
import { type LinkerKind, linkerKind } from '../core/layout/shuffle.ts'
import { SECTION_FLAGS } from '../core/layout/wrappers.ts'
import type { Side } from '../core/model.ts'
import { readRun } from '../core/values.ts'
import { git } from '../shell/git.ts'
import { type LayoutFolder, makeLayoutFolder } from '../shell/layout-build.ts'
import { readLinks } from '../shell/layout-build-links.ts'
import type { JobOutcome, World } from '../shell/world.ts'
import { buildSide } from './build.ts'
import { sumsOf, versionOf } from './layout-jobs.ts'
import { type LayoutRequest, type NoTrial, noTrial } from './layout-request.ts'
import { isElf, mappedFiles } from './mapped-files.ts'

/** A link that can be shuffled. */
export interface ShuffledLink extends RecordedLink {
  readonly kind: LinkerKind
}

/** One side, built once with a section for each function, and the ways to its layouts. */
export interface LayoutSide {
  readonly side: Side
  readonly tree: string
  readonly folder: LayoutFolder
  /** The ELF files that the benchmark maps, below the tree, and the link each came out of where one is known. */
  readonly files: readonly { readonly file: string; readonly link?: ShuffledLink }[]
  /** The links whose outputs the benchmark maps, or which the mapped files may have been made of. */
  readonly links: readonly ShuffledLink[]
  /** Whether go's own linker made something. */
  readonly go: boolean
  readonly buildSeconds: number
  /** What a run printed and how long it took. */
  readonly run: Pick<JobOutcome, 'stdout' | 'seconds'>
}

/** Lays a side out anew, builds it through the wrappers, runs it once, and finds the links behind what it maps. */
export async function openSide(
  side: Side,
  request: LayoutRequest,
  world: World,
  { name = side, flags = SECTION_FLAGS }: { readonly name?: string; readonly flags?: readonly string[] } = {},
): Promise<LayoutSide | NoTrial> {
  const tree = join(request.folder, name)
  const wish = { folder: join(request.folder, `of-${name}`), env: request.env[side], flags }
  const folder = await makeLayoutFolder(wish, world.sandbox)
  const args = ['worktree', 'add', '--quiet', '--force', '--detach', tree, request.commits[side]]
  const added = await git(world.tools, request.clone, args)
  if (!added.ok) return noTrial(`git could not lay ${side} out a second time: ${added.err.split('\n')[0]}.`)
  await world.sandbox.adopt(tree)
  const started = world.clock.now()
  const failure = await buildLayout({ side, tree, folder }, request, world)
  if (failure) return noTrial(failure)
  const buildSeconds = world.clock.now() - started
  let outcome: JobOutcome | undefined
  const mapped = await mappedFiles(tree, async () => {
    outcome = await runIn(tree, side, request, world)
  })
  const reading = readRun(outcome!, request.benchmark.format, request.match)
  if ('fault' in reading) return noTrial(`${side}, built for it, ${reading.fault.clause}.`)
  const elf = mapped.files.filter(file => isElf(join(tree, file)))
  const found = await findLinks(tree, elf, folder, world)
  return { side, tree, folder, ...found, buildSeconds, run: outcome! }
}

/** Runs the project's build in a trial tree; yields what to say when it failed. */
export async function buildLayout(
  { side, tree, folder }: Pick<LayoutSide, 'side' | 'tree' | 'folder'>,
  request: LayoutRequest,
  world: World,
): Promise<string | undefined> {
  const failure = await buildSide(
    side,
    {
      command: request.build,
      trees: { base: tree, head: tree },
      env: { base: folder.env, head: folder.env },
      timeoutSeconds: request.buildTimeoutSeconds,
    },
    world,
  )
  if (!failure) return undefined
  const last = failure.failure.lastLines.at(-1)
  return `the build of ${side} for it ${failure.failure.ended}${last ? ` (${last})` : ''}.`
}

/** One run of the benchmark in a tree, pinned as it was when it was measured. */
export function runIn(tree: string, side: Side, request: LayoutRequest, world: World): Promise<JobOutcome> {
  const { benchmark, cpus } = request
  const shell = ['bash', '-c', benchmark.command]
  return world.sandbox.run({
    argv: cpus === undefined ? shell : ['taskset', '-c', cpus, ...shell],
    cwd: tree,
    env: request.env[side],
    timeoutSeconds: benchmark.timeoutSeconds,
    outputCap: 2 ** 20,
  })
}

/** Matches what is mapped with what was linked, by content. */
async function findLinks(
  tree: string,
  files: readonly string[],
  folder: LayoutFolder,
  world: World,
): Promise<Pick<LayoutSide, 'files' | 'links' | 'go'>> {
  const recorded = await readLinks(folder.links)
  const links = await withKinds(
    recorded.filter(link => resolve(link.folder, link.output).startsWith(`${tree}/`)),
    world,
  )
  const outputs = links.map(link => resolve(link.folder, link.output))
  const sums = await sumsOf([...files.map(file => join(tree, file)), ...outputs], world.sandbox)
  const matched = files.map(file => {
    const sum = sums.get(join(tree, file))
    const at = sum === undefined ? -1 : outputs.findIndex(output => sums.get(output) === sum)
    return { file, ...(at < 0 ? {} : { link: links[at]! }) }
  })
  const there = links.filter((_, at) => sums.has(outputs[at]!))
  const go = (await sumsOf([join(folder.links, 'go-linked')], world.sandbox)).size > 0
  return { files: matched, links: there, go }
}

async function withKinds(links: readonly RecordedLink[], world: World): Promise<readonly ShuffledLink[]> {
  const kinds = new Map<string, LinkerKind | undefined>()
  for (const linker of new Set(links.map(link => link.linker)))
    kinds.set(linker, linkerKind(await versionOf(linker, world.sandbox)))
  return links.flatMap(link => {
    const kind = kinds.get(link.linker)
    return kind ? [{ ...link, kind }] : []
  })
}
