import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isRealFolder, plainFileBytes } from '../files/real-folder.ts'

/** A git folder of the user's: of the repository itself, or of a submodule. */
export interface ObjectStore {
  /** What else is in it, its configuration with a token perhaps, is not shown. */
  readonly gitFolder: string
  /** As git names it below `.git/modules`, with `/modules/` between a submodule and one of its own; empty for the repository. */
  readonly name: string
  /** Its folder of objects and those that it borrows from. */
  readonly objects: readonly string[]
}

const MOST_STORES = 1000
/** Names of submodules may hold slashes, and each level of submodules adds one more step. */
const MOST_STEPS = 24
/** Git itself follows no more (Documentation/technical: alternates). */
const MOST_BORROWED = 5

/** The store in a git folder, or undefined where there is none. */
export function storeAt(gitFolder: string, name: string): ObjectStore | undefined {
  const isStore = isRealFolder(gitFolder, 'objects') && plainFileBytes(gitFolder, 'HEAD') !== undefined
  return isStore ? { gitFolder, name, objects: objectFolders(join(gitFolder, 'objects')) } : undefined
}

/** The stores of submodules that git keeps below a git folder's `modules`; links are not followed. */
export function submoduleStores(gitFolder: string): readonly ObjectStore[] {
  const found: ObjectStore[] = []
  const walk = (name: string, steps: number) => {
    if (found.length >= MOST_STORES || steps > MOST_STEPS) return
    const folder = join(gitFolder, 'modules', name)
    const store = storeAt(folder, name)
    if (store) found.push(store)
    if (!store) for (const step of foldersIn(folder)) walk(name === '' ? step : `${name}/${step}`, steps + 1)
    else if (isRealFolder(folder, 'modules')) walk(`${name}/modules`, steps + 1)
  }
  if (isRealFolder(gitFolder, 'modules')) walk('', 0)
  return found
}

/** A store's own objects and what they borrow from, where that looks like objects. */
function objectFolders(objects: string): readonly string[] {
  const found: string[] = []
  const follow = (folder: string, depth: number) => {
    if (depth > MOST_BORROWED || found.includes(folder) || (depth > 0 && !holdsObjects(folder))) return
    found.push(folder)
    for (const line of linesOf(folder, 'info/alternates')) follow(resolve(folder, line), depth + 1)
  }
  follow(objects, 0)
  return found
}

// Jobs get to see these folders, and a file that an earlier job may have written names some of them.
function holdsObjects(folder: string): boolean {
  const names = foldersAndFilesIn(folder)
  return (
    names.length > 0 &&
    names.every(name => /^(?:[0-9a-f]{2}|pack|info|tmp_.*|incoming-.*|.*\.lock)$/.test(name))
  )
}

function linesOf(folder: string, path: string): readonly string[] {
  if (plainFileBytes(folder, path) === undefined) return []
  return readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !/^["#]/.test(line))
}

function foldersIn(folder: string): readonly string[] {
  return foldersAndFilesIn(folder).filter(name => isRealFolder(folder, name))
}

function foldersAndFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
