import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RunFault } from '../../core/model/errors.ts'
import { openPacer } from '../files/pacer.ts'
import type { KnownPlace } from './places.ts'
import { codeIn, digestOf, isCode, linksIn, readableIn, stampOf } from './seal-files.ts'

/** What was built, taken down before any code of another side runs: a job that would run something else is not started. */
export interface Seals {
  /**
   * Takes down all code in a tree and its home: programs, libraries and scripts. Or, of a tree that is sealed, what a run used of it: code that
   * is new is taken down, and what it only read (data, modules of another kind) is held to what it was after the build.
   */
  seal(place: KnownPlace, used?: readonly string[]): Promise<void>
  /** Throws a RunFault that names the first file that is no longer what it was. */
  check(place: KnownPlace): Promise<void>
  /**
   * Told after each run of a tree that was checked before it: what changed meanwhile, the run itself has changed. Data that it rewrites is its
   * state, and is returned by name; a program stays a fault.
   */
  ran(place: KnownPlace): Promise<readonly string[]>
  /** Forgets a tree, because it is about to be something else. */
  forget(place: KnownPlace): void
}

/** One file: the cheap look at it, and its content. */
interface Sealed {
  stamp: string
  readonly digest: string
}

/** What is known of one tree. */
interface SealedTree {
  readonly code: Map<string, Sealed>
  /** What else was there after the build, of which nothing has run yet or that a run has read. */
  readonly data: Map<string, Sealed>
  /** Of the data, what is a link: a run uses it whose files it leads to. */
  readonly links: Set<string>
  /** What the runs used: looked at before every run. */
  readonly used: Map<string, Sealed>
  /** Programs that its own runs have rewritten. */
  readonly rewritten: Set<string>
  /** Of the other code, what is looked at next. */
  next: number
  hasRun: boolean
}

/** Of code that no run is known to use, as many files are looked at before a run as cost a millisecond or two. */
const EACH_TIME = 300

/** Keeps the seals of one gate. */
export function openSeals(): Seals {
  const trees = new Map<string, SealedTree>()
  return {
    async seal(place, used) {
      const known = trees.get(place.tree)
      if (used === undefined) trees.set(place.tree, await takenDown(place))
      else if (known) await use(known, place, used)
    },
    async check(place) {
      const tree = trees.get(place.tree)
      if (!tree) return
      const pace = openPacer()
      for (const [path, sealed] of toCheck(tree)) {
        await pace()
        if (!(await isSame(path, sealed))) throw changed(path, place, tree.rewritten.has(path))
      }
      tree.hasRun = true
    },
    async ran(place) {
      const tree = trees.get(place.tree)
      return tree?.hasRun ? await settled(tree, place) : []
    },
    forget: place => void trees.delete(place.tree),
  }
}

async function takenDown(place: KnownPlace): Promise<SealedTree> {
  const maps = { code: new Map(), data: new Map(), used: new Map() }
  const sets = { links: new Set<string>(), rewritten: new Set<string>() }
  const tree: SealedTree = { ...maps, ...sets, next: 0, hasRun: false }
  for (const root of [place.tree, place.home])
    for (const path of await codeIn(root)) await takeDown(tree.code, path)
  for (const path of await readableIn(place.tree)) if (!tree.code.has(path)) await takeDown(tree.data, path)
  for (const root of [place.tree, place.home])
    for (const path of await linksIn(root)) {
      await takeDown(tree.data, path)
      if (tree.data.has(path)) tree.links.add(path)
    }
  return tree
}

async function takeDown(into: Map<string, Sealed>, path: string): Promise<void> {
  const stamp = stampOf(path)
  const digest = stamp === undefined ? undefined : await digestOf(path)
  if (stamp !== undefined && digest !== undefined) into.set(path, { stamp, digest })
}

async function use(tree: SealedTree, { tree: root }: KnownPlace, files: readonly string[]): Promise<void> {
  for (const path of files.map(file => join(root, file))) {
    if (tree.used.has(path)) continue
    if (!tree.code.has(path) && isCode(path)) await takeDown(tree.code, path)
    const data = tree.data.get(path)
    // What the run wrote itself is its state, and is ignored.
    const sealed = tree.code.get(path) ?? (data && (await isSame(path, data)) ? data : undefined)
    if (sealed) tree.used.set(path, sealed)
  }
  await useLinks(tree)
}

/** Adds the links that lead to what the runs used, or to a folder above it. */
async function useLinks({ links, data, used }: SealedTree): Promise<void> {
  if (links.size === 0) return
  const pace = openPacer()
  const reached = new Set<string>()
  for (const path of used.keys())
    for (let at = realPath(path); at !== undefined && at !== '/' && !reached.has(at); at = dirname(at))
      reached.add(at)
  for (const link of links) {
    await pace()
    const [target, sealed] = [realPath(link), data.get(link)]
    if (target !== undefined && reached.has(target) && sealed && (await isSame(link, sealed)))
      used.set(link, sealed)
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Takes what a run has rewritten out of what is looked at, unless it is code. */
async function settled(tree: SealedTree, place: KnownPlace): Promise<readonly string[]> {
  const names: string[] = []
  const pace = openPacer()
  for (const [path, sealed] of tree.used) {
    await pace()
    if (await isSame(path, sealed)) continue
    if (tree.code.has(path)) tree.rewritten.add(path)
    else {
      tree.used.delete(path)
      names.push(nameOf(path, place))
    }
  }
  return names
}

/** Before the first run everything: only what came in between can have changed it. Later what is used, and the rest in turn. */
function toCheck(tree: SealedTree): readonly (readonly [string, Sealed])[] {
  if (!tree.hasRun) return [...tree.code, ...tree.data]
  const code = [...tree.code]
  const from = tree.next
  tree.next = from + EACH_TIME >= code.length ? 0 : from + EACH_TIME
  return [...tree.used, ...code.slice(from, from + EACH_TIME)]
}

async function isSame(path: string, sealed: Sealed): Promise<boolean> {
  const stamp = stampOf(path)
  if (stamp === sealed.stamp) return true
  if (stamp === undefined || (await digestOf(path)) !== sealed.digest) return false
  sealed.stamp = stamp
  return true
}

function changed(path: string, place: KnownPlace, byItself: boolean): RunFault {
  const side = place.as === 'head' ? 'head' : 'base'
  const whose = place.as === 'control' ? "base's control" : side
  const name = nameOf(path, place)
  if (byItself)
    return new RunFault(
      `${name} of ${whose} was rewritten by the benchmark that uses it, so its next run would be of another program; have the build write it, or have the benchmark write it to a new folder in $TMPDIR at each run.`,
    )
  return new RunFault(
    `${name} of ${whose} is no longer what was built, so nothing that it runs can be trusted; let only the build command write programs, scripts and what they read.`,
  )
}

const nameOf = (path: string, { tree, home }: KnownPlace): string =>
  path.startsWith(`${tree}/`) ? path.slice(tree.length + 1) : `~${path.slice(home.length)}`
