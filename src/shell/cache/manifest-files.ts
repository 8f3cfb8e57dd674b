import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ManifestEntry } from '../../core/cache/manifest.ts'

/** Far more than a build leaves; a folder with more is not kept and not used. */
const MOST_ENTRIES = 1_000_000

/** Lists everything below a folder without following a link. */
export async function readManifest(folder: string): Promise<readonly ManifestEntry[]> {
  const entries: ManifestEntry[] = []
  const open = ['']
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of (await readdir(join(folder, at))).sort()) {
      const path = at === '' ? name : `${at}/${name}`
      const entry = await entryAt(folder, path)
      entries.push(entry)
      if (entries.length > MOST_ENTRIES)
        throw new RangeError(`${folder} holds more than ${MOST_ENTRIES} files`)
      if (entry.kind === 'folder') open.push(path)
    }
  }
  return entries
}

async function entryAt(folder: string, path: string): Promise<ManifestEntry> {
  const full = join(folder, path)
  const found = await lstat(full)
  if (found.isDirectory()) return { path, kind: 'folder' }
  if (found.isSymbolicLink()) return { path, kind: 'link', target: await readlink(full) }
  if (!found.isFile() || found.nlink !== 1) return { path, kind: 'other' }
  return { path, kind: 'file', mode: found.mode & 0o7777, sha256: await sha256Of(full) }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
