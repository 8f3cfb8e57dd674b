import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

/**
 * The text of a file in a work tree of the pull request's, which is hostile: undefined for what is missing, too
 * large, no plain file (a pipe would block, a device never end) or, by a link or `..`, outside of the tree.
 */
export function readTreeFile(tree: string, path: string, mostBytes: number): string | undefined {
  try {
    const place = realpathSync(resolve(tree, path))
    return place.startsWith(realpathSync(tree) + sep) ? readAt(place, mostBytes) : undefined
  } catch {
    return undefined
  }
}

/** Where files that debug information names may be: in the tree and the folders that its jobs wrote to, and in folders of the machine that they could read. */
export interface BuiltPlaces {
  readonly tree: string
  readonly own: readonly string[]
  readonly machine: readonly string[]
}

/**
 * The text of a file that debug information names, by a path in the tree or a whole one. Whoever wrote the program chose the name, and the report
 * quotes the text: what the program's own jobs could not read is not read for it.
 */
export function readBuiltFile(
  { tree, own, machine }: BuiltPlaces,
  path: string,
  mostBytes: number,
): string | undefined {
  if (!path.startsWith('/')) return readTreeFile(tree, path, mostBytes)
  try {
    const place = realpathSync(path)
    const isOwn = [tree, ...own].some(folder => isBelow(place, realPath(folder)))
    const folder = isOwn ? undefined : machine.map(realPath).find(each => isBelow(place, each))
    if (!isOwn && (folder === undefined || !isForAll(folder, place))) return undefined
    return readAt(place, mostBytes)
  } catch {
    return undefined
  }
}

const isBelow = (path: string, folder: string | undefined): boolean =>
  folder !== undefined && path.startsWith(folder + sep)

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** As root we read what no job may; what leads to the folder itself is open to them (it is mounted). */
function isForAll(folder: string, path: string): boolean {
  if (process.getuid?.() !== 0) return true
  for (let at = path; at !== folder; at = dirname(at))
    if ((statSync(at).mode & (at === path ? 0o4 : 0o1)) === 0) return false
  return true
}

/** Opened without waiting, and only if it is still the file that was looked for. */
function readAt(place: string, mostBytes: number): string | undefined {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const found = fstatSync(file)
    if (!found.isFile() || found.size > mostBytes) return undefined
    if (readlinkSync(`/proc/self/fd/${file}`) !== place) return undefined
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/** Whether a path is a plain file that can be opened without blocking. */
export function isPlainFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
