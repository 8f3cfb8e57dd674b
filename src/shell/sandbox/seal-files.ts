import { createHash } from 'node:crypto'
import { closeSync, constants, lstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isCodeByName } from '../../core/sandbox/code-files.ts'
import { openPacer } from '../files/pacer.ts'

/** More files than this are not looked through. */
const MOST_FILES = 500_000

/** What may be run below a folder: programs, linked files and scripts. */
export async function codeIn(root: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const path of filesIn(root)) if (isCode(path)) found.push(path)
  return found
}

/** As much data as can be read in a second or two; more is not held to what it was. */
const MOST_DATA_BYTES = 256 * 2 ** 20
const LARGEST_DATA_BYTES = 16 * 2 ** 20

/** Files below a folder, until they are too much data. */
export async function readableIn(root: string): Promise<readonly string[]> {
  const found: string[] = []
  let bytes = 0
  for await (const path of filesIn(root)) {
    const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size > LARGEST_DATA_BYTES || bytes + size > MOST_DATA_BYTES) continue
    bytes += size
    found.push(path)
  }
  return found
}

/** The links below a folder. */
export async function linksIn(root: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const path of filesIn(root, 'links')) found.push(path)
  return found
}

/** The regular files below a folder, or its links; `.git` is left out and links are not followed. */
async function* filesIn(root: string, kind: 'files' | 'links' = 'files'): AsyncGenerator<string> {
  const folders = [root]
  const pace = openPacer()
  let seen = 0
  for (let folder = folders.pop(); folder !== undefined && seen < MOST_FILES; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      await pace()
      const path = join(folder, entry.name)
      seen += 1
      if (entry.isDirectory() && entry.name !== '.git') folders.push(path)
      else if (kind === 'files' ? entry.isFile() : entry.isSymbolicLink()) yield path
    }
  }
}

const ELF_MAGIC = 0x7f454c46
const LINKED_TYPES = [2, 3]
/** Interpreters write it anew by themselves, from scripts that are sealed. */
const BYTE_CODE = /\.py[co]$/

/** A file that may be run, a linked ELF file such as a library, or a script. */
export function isCode(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found?.isFile() || BYTE_CODE.test(path)) return false
  if ((found.mode & 0o111) !== 0 || isCodeByName(path)) return true
  const start = Buffer.alloc(18)
  const descriptor = opened(path)
  if (descriptor === undefined) return false
  try {
    const read = readSync(descriptor, start, 0, 18, 0)
    return read === 18 && start.readUInt32BE(0) === ELF_MAGIC && LINKED_TYPES.includes(start.readUInt16LE(16))
  } catch {
    return false
  } finally {
    closeSync(descriptor)
  }
}

/** What changes whenever a file does: its change time cannot be set by anybody but the kernel's clock. Of a link it is where it leads. */
export function stampOf(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true })
  if (found?.isSymbolicLink()) return targetOf(path)
  if (!found?.isFile()) return undefined
  return [found.dev, found.ino, found.size, found.mode, found.mtimeNs, found.ctimeNs].join(' ')
}

function targetOf(link: string): string | undefined {
  try {
    return `link to ${readlinkSync(link)}`
  } catch {
    return undefined
  }
}

const CHUNK = 2 ** 20

/** The SHA-256 of a file's content, or where a link leads. */
export async function digestOf(path: string): Promise<string | undefined> {
  const target = targetOf(path)
  if (target !== undefined) return target
  const descriptor = opened(path)
  if (descriptor === undefined) return undefined
  const pace = openPacer()
  try {
    const hash = createHash('sha256')
    const chunk = Buffer.allocUnsafe(CHUNK)
    for (;;) {
      const length = readSync(descriptor, chunk, 0, CHUNK, null)
      if (length === 0) return hash.digest('hex')
      hash.update(chunk.subarray(0, length))
      await pace()
    }
  } catch {
    return undefined
  } finally {
    closeSync(descriptor)
  }
}

/** The access time of a file shows that a run used it, so looking must not change it (open(2), O_NOATIME). */
const WAYS = [constants.O_NOATIME, 0].map(
  way => constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | way,
)

/** Opens a file that hostile code may have replaced: neither a link is followed nor a pipe waited for. */
function opened(path: string): number | undefined {
  for (const way of WAYS)
    try {
      return openSync(path, way)
    } catch {
      // Of a file of somebody else the access time cannot be kept.
    }
  return undefined
}
