import { readdir, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failed, type Result, success } from '../../core/model/result.ts'

/** One entry of a tree; links are not followed. */
export interface TreeEntry {
  /** Relative to the tree's root. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** What a link points to. */
  readonly target?: string
  /** Whether the file may be run. */
  readonly runnable?: boolean
}

/** A tree with more entries than this is not listed. */
const MOST_ENTRIES = 200_000

/**
 * All that is in a folder except what is called `.git`, in order of path; or why it cannot be listed, as a clause: a build may leave folders
 * without rights, paths longer than the kernel takes, and files without number.
 */
export async function listTree(root: string): Promise<Result<readonly TreeEntry[], string>> {
  const entries: TreeEntry[] = []
  const waiting = ['']
  try {
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop())
      for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
        if (entry.name === '.git') continue
        if (entries.length >= MOST_ENTRIES) return failed(`it holds more than ${MOST_ENTRIES} files`)
        const path = join(folder, entry.name)
        if (entry.isDirectory()) {
          waiting.push(path)
          entries.push({ path, kind: 'folder' })
        } else if (entry.isSymbolicLink())
          entries.push({ path, kind: 'link', target: await readlink(join(root, path)) })
        else if (entry.isFile())
          entries.push({ path, kind: 'file', runnable: ((await stat(join(root, path))).mode & 0o111) !== 0 })
        else entries.push({ path, kind: 'other' })
      }
  } catch (error) {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException
    return failed(`a folder in it cannot be read (${WHY[code] ?? code})`)
  }
  return success(entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)))
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ENAMETOOLONG: 'its path is too long',
  ENOENT: 'it vanished',
}
