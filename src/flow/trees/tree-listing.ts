import { lstatSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openPacer } from '../../shell/files/pacer.ts'

/** The regular files below a folder as paths relative to it, sorted; not the whole of them if a folder of it is closed. */
export interface FolderListing {
  readonly files: readonly string[]
  readonly whole: boolean
}

interface Folder {
  /** What changes whenever a name is added or taken away: nobody but the kernel sets the time of change. */
  readonly stamp: string
  readonly files: readonly string[]
  readonly folders: readonly string[]
  readonly open: boolean
}

interface Known {
  readonly folders: ReadonlyMap<string, Folder>
  readonly listing: FolderListing
}

/** By root: each of many commands asks for the same few trees. */
const known = new Map<string, Known>()
const MOST_ROOTS = 16

/** A folder that changed so lately may change once more within the same tick of the kernel's clock. */
const SETTLED_MILLISECONDS = 50

/**
 * Lists the regular files of a tree, without `.git`, what `leaves` names and what is behind symbolic links. Of a tree that was listed
 * before only the folders that changed are read again.
 */
export async function listFiles(
  root: string,
  leaves: (folder: string) => boolean = () => false,
): Promise<FolderListing> {
  const before = known.get(root)
  const folders = new Map<string, Folder>()
  const waiting = ['']
  const pace = openPacer()
  let same = before !== undefined
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    await pace()
    const old = before?.folders.get(path)
    const stamp = stampOf(join(root, path))
    const kept = old !== undefined && stamp !== '' && old.stamp === stamp
    const folder = kept ? old : await read(root, path, { stamp, leaves })
    if (!kept) same = false
    folders.set(path, folder)
    waiting.push(...folder.folders)
  }
  const listing = same && before?.folders.size === folders.size ? before.listing : listingOf(folders)
  known.delete(root)
  known.set(root, { folders, listing })
  if (known.size > MOST_ROOTS) known.delete(known.keys().next().value!)
  return listing
}

async function read(
  root: string,
  path: string,
  { stamp, leaves }: { readonly stamp: string; readonly leaves: (folder: string) => boolean },
): Promise<Folder> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined)
  const files: string[] = []
  const folders: string[] = []
  for (const entry of entries ?? []) {
    const name = path === '' ? entry.name : `${path}/${entry.name}`
    if (entry.isFile()) files.push(name)
    else if (entry.isDirectory() && entry.name !== '.git' && !leaves(name)) folders.push(name)
  }
  // One that is closed, or whose stamp is not known to stand for what was read, is read again.
  return { stamp: entries === undefined ? '' : stamp, files, folders, open: entries !== undefined }
}

/** Empty where it says nothing: the folder is gone or too deep to be reached, or changed so lately that it may change again without showing it. */
function stampOf(path: string): string {
  try {
    const { dev, ino, ctimeMs, ctimeNs } = lstatSync(path, { bigint: true })
    return Date.now() - Number(ctimeMs) < SETTLED_MILLISECONDS ? '' : `${dev} ${ino} ${ctimeNs}`
  } catch {
    return ''
  }
}

function listingOf(folders: ReadonlyMap<string, Folder>): FolderListing {
  const all = [...folders.values()]
  return {
    files: all.flatMap(({ files }) => files).sort((one, other) => (one < other ? -1 : 1)),
    whole: all.every(({ open }) => open),
  }
}
