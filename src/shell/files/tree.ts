import { readdirSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'

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

/** All that lies in a folder except what is called `.git`, in order of path. */
export function listTree(root: string): TreeEntry[] {
  const entries: TreeEntry[] = []
  const waiting = ['']
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop())
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.name === '.git') continue
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        waiting.push(path)
        entries.push({ path, kind: 'folder' })
      } else if (entry.isSymbolicLink())
        entries.push({ path, kind: 'link', target: readlinkSync(join(root, path)) })
      else if (entry.isFile())
        entries.push({ path, kind: 'file', runnable: (statSync(join(root, path)).mode & 0o111) !== 0 })
      else entries.push({ path, kind: 'other' })
    }
  return entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
