import type { ElfSegment, FileBytes } from './elf.ts'
import { ElfError } from './errors.ts'
import { type Fields, fieldsOf, readPart } from './fields.ts'
import type { ElfHeader } from './header.ts'

function segmentAt({ u32, u64 }: Fields, at: number, bits: 32 | 64): ElfSegment {
  const wide = bits === 64
  return {
    type: u32(at),
    flags: wide ? u32(at + 4) : u32(at + 24),
    offset: wide ? u64(at + 8) : u32(at + 4),
    address: wide ? u64(at + 16) : u32(at + 8),
    fileSize: wide ? u64(at + 32) : u32(at + 16),
    memorySize: wide ? u64(at + 40) : u32(at + 20),
  }
}

/** Reads the segment table; the segments' own bytes may be beyond the file (debug-only files), the table may not. */
export function readSegments(file: FileBytes, header: ElfHeader, count: number): ElfSegment[] {
  if (count === 0 || header.segmentsAt === 0) return []
  const stride = header.segmentSize
  if (stride < (header.bits === 64 ? 56 : 32))
    throw new ElfError(`The segment headers have ${stride} bytes each, too few: build the file again.`)
  const part = { what: 'segment table', offset: header.segmentsAt, size: count * stride }
  const fields = fieldsOf(readPart(file, part), header.littleEndian)
  return Array.from({ length: count }, (_, index) => segmentAt(fields, index * stride, header.bits))
}
