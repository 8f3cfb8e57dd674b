import type { ElfFile, ElfImage, ElfLayout, ElfSectionHeader, ElfSegment, FileBytes } from './elf.ts'
import { type Extent, extentAt } from './extents.ts'
import { type ElfHeader, readHeader } from './header.ts'
import { readBuildId } from './notes.ts'
import { pagedBytes } from './paged.ts'
import { allocated, noBits, readCounts, readSections } from './sections.ts'
import { readSegments } from './segments.ts'
import { readSymbols } from './symbols.ts'

const machines: Readonly<Record<number, ElfFile['machine']>> = { 62: 'x86-64', 183: 'aarch64' }
const loaded = 1
const threadLocal = 0x400

/** A stretch of memory that a file says what is in. */
interface Content extends Extent {
  readonly offset: number
  /** How many bytes of it are in the file. */
  readonly present: number
}

/**
 * What is where in memory, by sections (a debug-only file keeps segments whose bytes are gone), or by segments
 * where there are no sections. Thread-local no-bits sections take no room and share addresses with what follows.
 */
function contentsOf(sections: readonly ElfSectionHeader[], segments: readonly ElfSegment[]): Content[] {
  const ofSections = sections
    .filter(({ flags, size }) => (flags & allocated) !== 0 && size > 0)
    .filter(({ flags, type }) => type !== noBits || (flags & threadLocal) === 0)
    .map(({ type, address, offset, size }) => ({
      address,
      offset,
      size,
      present: type === noBits ? 0 : size,
    }))
  const ofSegments = segments
    .filter(({ type, fileSize }) => type === loaded && fileSize > 0)
    .map(({ address, offset, fileSize }) => ({ address, offset, size: fileSize, present: fileSize }))
  return (ofSections.length > 0 ? ofSections : ofSegments).sort((a, b) => a.address - b.address)
}

function bytesFrom(file: FileBytes, contents: readonly Content[]): ElfFile['bytesAt'] {
  return (address, size) => {
    const extent = extentAt(contents, address)
    if (extent === undefined) return new Uint8Array()
    const skipped = address - extent.address
    const offset = extent.offset + skipped
    const length = Math.min(size, extent.present - skipped, file.size - offset)
    return length > 0 ? file.read(offset, length) : new Uint8Array()
  }
}

function layoutOf(file: FileBytes, header: ElfHeader): ElfLayout {
  const counts = readCounts(file, header)
  const sections = readSections(file, header, counts)
  const segments = readSegments(file, header, counts.segments)
  const { bits, littleEndian, type, entry } = header
  const buildId = readBuildId(file, { sections, segments }, littleEndian)
  return {
    bits,
    littleEndian,
    machine: bits === 64 ? (machines[header.machine] ?? 'other') : 'other',
    type,
    entry,
    sections,
    segments,
    file,
    ...(buildId === undefined ? {} : { buildId }),
    bytesAt: bytesFrom(pagedBytes(file), contentsOf(sections, segments)),
  }
}

/** Reads an ELF file without its symbols, which are most of the work; throws as `readElf` does. */
export function readLayout(file: FileBytes): ElfLayout {
  return layoutOf(file, readHeader(file))
}

/**
 * Reads one ELF file: 32 or 64 bits, either byte order, linked or relocatable. Addresses are link-time virtual
 * addresses (in a relocatable file, offsets in the symbol's section). Throws an ElfError for what it cannot read.
 */
export function readElf(file: FileBytes): ElfImage {
  const header = readHeader(file)
  const layout = layoutOf(file, header)
  return { ...layout, ...readSymbols({ file, header, sections: layout.sections }) }
}
