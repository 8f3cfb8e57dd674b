import { readFileSync, realpathSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'

/**
 * The text of a file in a work tree of the pull request's, which is hostile: undefined for what is missing, too
 * large, no plain file (a pipe would block, a device never end) or, by a link or `..`, outside of the tree.
 */
export function readTreeFile(tree: string, path: string, mostBytes: number): string | undefined {
  try {
    const place = realpathSync(resolve(tree, path))
    if (!place.startsWith(realpathSync(tree) + sep)) return undefined
    const found = statSync(place)
    return found.isFile() && found.size <= mostBytes ? readFileSync(place, 'utf8') : undefined
  } catch {
    return undefined
  }
}

/**
 * The text of a file that debug information names: of the tree, or by a whole path of what the build took from elsewhere. Only
 * plain files are opened, and never more than asked for.
 */
export function readBuiltFile(tree: string, path: string, mostBytes: number): string | undefined {
  if (!path.startsWith('/')) return readTreeFile(tree, path, mostBytes)
  try {
    const found = statSync(path)
    return found.isFile() && found.size <= mostBytes ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

/** Whether a path is a plain file that can be opened without blocking. */
export function isPlainFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
