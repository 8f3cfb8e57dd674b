import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { Inflate } from '../../core/elf/dwarf/debug-section.ts'
import type { ElfImage, FileBytes } from '../../core/elf/elf.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { readElf } from '../../core/elf/read-elf.ts'

/** An open file as random-access bytes; `close` ends it, and reads after that throw. */
export interface OpenFile extends FileBytes {
  close(): void
}

/** Unpacks zlib data, never to more than the size that it is said to have. */
export const inflate: Inflate = (packed, size) =>
  new Uint8Array(inflateSync(packed, { maxOutputLength: Math.max(1, size) }))

function readAt(fd: number, offset: number, length: number): Uint8Array {
  // Without zeros first: all of it is overwritten, or cut off.
  const bytes = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
  let done = 0
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, offset + done)
    if (count === 0) return bytes.subarray(0, done)
    done += count
  }
  return bytes
}

/**
 * Opens a file for reading by offset, so that a file of any size costs only the parts that are read. A pipe or a
 * device, which a hostile build may have put there to make us wait, is an ElfError; a missing file is node's ENOENT.
 */
export function openBytes(path: string): OpenFile {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const found = fstatSync(fd)
  if (!found.isFile()) {
    closeSync(fd)
    throw new ElfError(`${path} is not a regular file: name a program that a build wrote.`)
  }
  return {
    size: found.size,
    read: (offset, length) => readAt(fd, offset, length),
    close: () => closeSync(fd),
  }
}

/** An ELF file that stays open, because code and debug information are read when they are asked for. */
export interface OpenElf {
  readonly elf: ElfImage
  close(): void
}

/** Opens an ELF file; what cannot be read is an ElfError whose message begins with the path. */
export function openElf(path: string): OpenElf {
  const file = openBytes(path)
  try {
    return { elf: readElf(file), close: () => file.close() }
  } catch (error) {
    file.close()
    if (error instanceof ElfError) throw new ElfError(`${path}: ${error.message}`, { cause: error })
    throw error
  }
}
