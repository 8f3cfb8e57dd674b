import { closeSync, constants, lstatSync, openSync, readSync, statSync, utimesSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openPacer } from '../../shell/files/pacer.ts'
import { listFiles } from './tree-listing.ts'

/** The regular files of a work tree that a run used, as paths relative to the tree, sorted. */
export interface MappedFiles {
  readonly files: readonly string[]
  /** False when reading leaves no trace here, and the files are all ELF files of the tree instead. */
  readonly exact: boolean
  /** What it may have run of the folders next to the tree, each as what follows the tree's own path; absent unless `exact`. */
  readonly outside?: readonly string[]
}

/** A tree with more files than this is not marked one by one. */
const MOST_FILES = 200_000

/**
 * By tree, the files that were still marked as unread when they were last looked at. To be kept only while nothing but the runs that are
 * looked at touches the trees: many commands that run one after the other then mark again what was read, and not every file for each.
 */
export type UnreadFiles = Map<string, ReadonlySet<string>>

/**
 * Finds the files of the tree that one run opens: their access times are set to 1970 before the run, and what it maps
 * or reads has a newer one after it (with `relatime` too, because 1970 is older than the file's own change). Where the
 * file system keeps no access times, or the files are not ours to mark, every ELF file of the tree is named instead.
 * `.git` is left out and symbolic links are not followed. Rejects only when `run` does.
 */
export async function mappedFiles<Outcome>(
  tree: string,
  run: () => Promise<Outcome>,
  unread: UnreadFiles = new Map(),
): Promise<MappedFiles & { readonly outcome: Outcome }> {
  const { files, whole } = await listFiles(tree)
  const known = whole && files.length <= MOST_FILES && (await knownToKeep(tree))
  const before = unread.get(tree)
  const toMark = before === undefined ? files : files.filter(file => !before.has(file))
  // Nothing is known of a tree until the run has been looked at, whatever becomes of it.
  unread.delete(tree)
  // Names of the tree's own are joined by hand: of many thousand files the joining would take as long as the looking.
  const marked = known && (await markUnread(toMark.map(file => `${tree}/${file}`)))
  const outcome = await run()
  if (marked) {
    const read = new Set(await filtered(files, file => wasRead(`${tree}/${file}`)))
    unread.set(tree, new Set(files.filter(file => !read.has(file))))
    return { files: [...read], exact: true, outcome }
  }
  const after = await listFiles(tree)
  return { files: await filtered(after.files, file => isElf(join(tree, file))), exact: false, outcome }
}

async function filtered(
  files: readonly string[],
  keep: (file: string) => boolean,
): Promise<readonly string[]> {
  const pace = openPacer()
  const kept: string[] = []
  for (const file of files) {
    await pace()
    if (keep(file)) kept.push(file)
  }
  return kept
}

/** Whether a file begins as ELF files do; false also for what cannot be read. */
export function isElf(path: string): boolean {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const start = Buffer.alloc(4)
    return readSync(file, start) === 4 && start.equals(ELF_MAGIC)
  } catch {
    return false
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

const ELF_MAGIC = Buffer.from('\x7fELF', 'latin1')

/** What was found out of a tree, because each of many commands asks. */
const keeping = new Map<string, boolean>()

async function knownToKeep(tree: string): Promise<boolean> {
  // In no time, so that it is not worth a turn of the thread pool for each of many commands.
  const { dev, ino } = statSync(tree)
  const key = `${dev} ${ino} ${tree}`
  const known = keeping.get(key) ?? (await keepsAccessTimes(tree))
  keeping.set(key, known)
  return known
}

async function keepsAccessTimes(tree: string): Promise<boolean> {
  const folder = await mkdtemp(join(tree, '.perf-verdict-')).catch(() => undefined)
  if (folder === undefined) return false
  try {
    const probe = join(folder, 'probe')
    await writeFile(probe, 'read me')
    await utimes(probe, 0, Date.now() / 1000)
    await readFile(probe)
    return (await stat(probe)).atimeMs > 0
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Sets every access time to 1970; false when one cannot be set. Modification times keep their microseconds. */
export async function markUnread(paths: readonly string[]): Promise<boolean> {
  const pace = openPacer()
  try {
    for (const path of paths) {
      await pace()
      // Still marked, by an earlier run that did not read it.
      if (!wasRead(path)) continue
      utimesSync(path, 0, secondsOf(lstatSync(path, { bigint: true }).mtimeNs))
    }
    return true
  } catch {
    return false
  }
}

/** A time as the number that `utimes` cuts back to the same microsecond however often it is passed on. */
export function secondsOf(nanoseconds: bigint): number {
  return (Number(nanoseconds / 1000n) + 0.5) / 1e6
}

/** Whether a file that was marked as unread has been read since. */
export function wasRead(path: string): boolean {
  return (lstatSync(path, { throwIfNoEntry: false })?.atimeMs ?? 0) !== 0
}
