import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type LfsPointer, POINTER_LIMIT_BYTES, parseLfsPointer } from '../../core/checkout/lfs-pointer.ts'
import { isRealFolder, plainFileBytes } from '../files/real-folder.ts'

const READ = constants.O_RDONLY | constants.O_NOFOLLOW
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL

/** The pointer that a file of a tree is; undefined for any other file, and for what a link leads to. */
export async function pointerAt(tree: string, path: string): Promise<LfsPointer | undefined> {
  const bytes = plainFileBytes(tree, path)
  if (bytes === undefined || bytes >= POINTER_LIMIT_BYTES) return undefined
  const file = await open(join(tree, path), READ)
  try {
    return parseLfsPointer(await file.readFile('utf8'))
  } finally {
    await file.close()
  }
}

/** Puts an object of a git folder's in the place of its pointer, if it is there and is what the pointer says. */
export async function replacePointer(
  file: string,
  { oid, bytes }: LfsPointer,
  gitFolder: string,
): Promise<'done' | 'absent' | 'damaged'> {
  const folder = `lfs/objects/${oid.slice(0, 2)}/${oid.slice(2, 4)}`
  if (!isRealFolder(gitFolder, folder)) return 'absent'
  const object = await open(join(gitFolder, folder, oid), READ).catch(() => undefined)
  if (!object) return 'absent'
  const partial = `${file}.${randomUUID()}`
  try {
    const found = await object.stat()
    if (!found.isFile()) return 'absent'
    if (found.size !== bytes) return 'damaged'
    const { mode } = await lstat(file)
    if ((await copy(object, partial, mode)) !== oid) return 'damaged'
    await rename(partial, file)
    return 'done'
  } finally {
    await object.close()
    await rm(partial, { force: true })
  }
}

/** Copies an open file into a new one and returns the SHA-256 of what was copied. */
async function copy(from: FileHandle, to: string, mode: number): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(to, CREATE, mode & 0o777)
  try {
    for await (const chunk of from.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 })) {
      hash.update(chunk as Buffer)
      await file.writeFile(chunk as Buffer)
    }
    await file.chmod(mode & 0o777)
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}
