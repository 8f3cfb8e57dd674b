import { lstatSync } from 'node:fs'
import { join } from 'node:path'

/** Whether every step of a path below a root is a folder that is there and no link, so that it cannot lead out. */
export function isRealFolder(root: string, path: string): boolean {
  let at = root
  for (const step of path.split('/')) {
    if (step === '..') return false
    at = join(at, step)
    if (!lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) return false
  }
  return true
}

/** The size of a plain file below a root that no link leads to; undefined for anything else. */
export function plainFileBytes(root: string, path: string): number | undefined {
  const cut = path.lastIndexOf('/')
  if (cut >= 0 && !isRealFolder(root, path.slice(0, cut))) return undefined
  const found = lstatSync(join(root, path), { throwIfNoEntry: false })
  return found?.isFile() ? found.size : undefined
}
