import { constants } from 'node:fs'
import { type FileHandle, open, readdir, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'

const CHUNK_BYTES = 1 << 20

/**
 * Opens a file that code of the pull request may have put there: a regular file with one name, really below the folder. A link, a pipe or a device
 * is not opened; undefined for those and for what cannot be read. O_NOFOLLOW guards the last name only, hence the look at where the descriptor points.
 */
async function openUntrusted(folder: string, name: string): Promise<FileHandle | undefined> {
  if (name.includes('/')) return undefined
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(join(folder, name), flags).catch(() => undefined)
  if (!handle) return undefined
  try {
    const stat = await handle.stat()
    const target = await readlink(`/proc/self/fd/${handle.fd}`)
    if (stat.isFile() && stat.nlink === 1 && target === join(await realpath(folder), name)) return handle
  } catch {
    // Whatever it is, it is not a file to read.
  }
  await handle.close()
  return undefined
}

/** The first bytes of an untrusted file as text; undefined when there is no such regular file. */
export async function readUntrusted(
  folder: string,
  name: string,
  capBytes: number,
): Promise<string | undefined> {
  const handle = await openUntrusted(folder, name)
  if (!handle) return undefined
  try {
    const buffer = Buffer.alloc(Math.min(capBytes, (await handle.stat()).size))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

export interface LineCaps {
  readonly bytes: number
  readonly lineCharacters: number
}

/** Hands every line of an untrusted file to the reader; returns the bytes read, and undefined when there is no such file. Lines beyond the cap are cut. */
export async function eachUntrustedLine(
  file: { readonly folder: string; readonly name: string },
  caps: LineCaps,
  take: (line: string) => void,
): Promise<number | undefined> {
  const handle = await openUntrusted(file.folder, file.name)
  if (!handle) return undefined
  try {
    const lines = lineSplitter(caps.lineCharacters, take)
    const buffer = Buffer.alloc(CHUNK_BYTES)
    let total = 0
    while (total < caps.bytes) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK_BYTES, caps.bytes - total), total)
      if (bytesRead === 0) break
      total += bytesRead
      lines.push(buffer.subarray(0, bytesRead))
    }
    lines.end()
    return total
  } finally {
    await handle.close()
  }
}

interface LineSplitter {
  push(bytes: Buffer): void
  end(): void
}

/** Cuts bytes into lines that are never longer than the cap: the rest of a longer line is dropped. */
function lineSplitter(cap: number, take: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const push = (text: string): void => {
    const pieces = text.split('\n')
    for (const [index, piece] of pieces.entries()) {
      if (rest.length < cap) rest += piece.slice(0, cap - rest.length)
      if (index < pieces.length - 1) {
        take(rest)
        rest = ''
      }
    }
  }
  return {
    push: bytes => push(decoder.write(bytes)),
    end: () => {
      push(decoder.end())
      if (rest !== '') take(rest)
    },
  }
}

/** The names in a folder that start with the prefix, sorted, at most as many as asked for; empty when it cannot be listed. */
export async function untrustedNames(
  folder: string,
  prefix: string,
  most: number,
): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter(name => name.startsWith(prefix))
    .sort()
    .slice(0, most)
}
