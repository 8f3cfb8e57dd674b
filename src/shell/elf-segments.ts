import { statSync } from 'node:fs'
import type { ElfSegment } from '../core/elf/elf.ts'
import { readHeader } from '../core/elf/header.ts'
import { readCounts } from '../core/elf/sections.ts'
import { readSegments } from '../core/elf/segments.ts'
import { openBytes } from './files/elf-file.ts'

/** Yields the segments of mapped files, each read once; undefined for what is no readable ELF file. The paths come out of a recording, so a pipe or device may be among them. */
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
