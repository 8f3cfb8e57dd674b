import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { Inflate } from '../../core/elf/dwarf/debug-section.ts'
import type { ElfImage, ElfSegment, FileBytes } from '../../core/elf/elf.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { readHeader } from '../../core/elf/header.ts'
import { readElf } from '../../core/elf/read-elf.ts'
import { readCounts } from '../../core/elf/sections.ts'
import { readSegments } from '../../core/elf/segments.ts'

/** An open file as random-access bytes; `close` ends it, and reads after that throw. */
export interface OpenFile extends FileBytes {
  close(): void
}

/** Unpacks zlib data, never to more than the size that it declares. */
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

/** Returns the segments of mapped files, each read once; undefined for what is no readable ELF file. The paths come out of a recording, so a pipe or device may be among them. */
export function segmentsReader(): (path: string) => readonly ElfSegment[] | undefined {
  const known = new Map<string, readonly ElfSegment[] | undefined>()
  return path => {
    if (!known.has(path)) known.set(path, segmentsOf(path))
    return known.get(path)
  }
}

function segmentsOf(path: string): readonly ElfSegment[] | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined
  const file = openBytes(path)
  try {
    const header = readHeader(file)
    return readSegments(file, header, readCounts(file, header).segments)
  } catch {
    // A recording may name any file; one that is no ELF file has no segments.
    return undefined
  } finally {
    file.close()
  }
}

/** The link-time addresses of functions and data in ELF files of a job's making, by name; empty for what cannot be read. */
export function addressesIn(files: readonly string[]): ReadonlyMap<string, number> {
  const addresses = new Map<string, number>()
  for (const file of files) for (const [name, address] of symbolsOf(file)) addresses.set(name, address)
  return addresses
}

function symbolsOf(path: string): readonly (readonly [string, number])[] {
  try {
    const file = openBytes(path)
    try {
      return readElf(file).symbols.map(({ name, address }) => [name, address] as const)
    } finally {
      file.close()
    }
  } catch {
    return []
  }
}
