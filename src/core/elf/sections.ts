import type { ElfSectionHeader, FileBytes } from './elf.ts'
import { ElfError } from './errors.ts'
import { type Fields, fieldsOf, readPart } from './fields.ts'
import type { ElfHeader } from './header.ts'
import { stringTable } from './strings.ts'

/** Section types and flags (gABI, chapter 4). */
export const noBits = 8
export const allocated = 2
export const executable = 4

/** A section whose name, at an offset of the name table, is still to be read. */
interface NamelessSection extends ElfSectionHeader {
  name: string
  readonly nameAt: number
}

/** The counts of an ELF file after extended numbering. */
export interface TableCounts {
  readonly sections: number
  readonly sectionNames: number
  readonly segments: number
}

function sectionAt({ u32, u64 }: Fields, at: number, bits: 32 | 64): NamelessSection {
  const wide = bits === 64
  return {
    name: '',
    nameAt: u32(at),
    type: u32(at + 4),
    flags: wide ? u64(at + 8) : u32(at + 8),
    address: wide ? u64(at + 16) : u32(at + 12),
    offset: wide ? u64(at + 24) : u32(at + 16),
    size: wide ? u64(at + 32) : u32(at + 20),
    link: wide ? u32(at + 40) : u32(at + 24),
    info: wide ? u32(at + 44) : u32(at + 28),
    align: wide ? u64(at + 48) : u32(at + 32),
    entrySize: wide ? u64(at + 56) : u32(at + 36),
  }
}

/** The counts; section 0 holds those that do not fit the header's 16 bits (gABI, extended numbering). */
export function readCounts(file: FileBytes, header: ElfHeader): TableCounts {
  const { sectionCount: sections, sectionNamesIndex: sectionNames, segmentCount: segments } = header
  if (header.sectionsAt === 0) return { sections: 0, sectionNames: 0, segments }
  if (sections !== 0 && sectionNames !== 0xffff && segments !== 0xffff)
    return { sections, sectionNames, segments }
  const size = header.bits === 64 ? 64 : 40
  const bytes = readPart(file, { what: 'first section header', offset: header.sectionsAt, size })
  const first = sectionAt(fieldsOf(bytes, header.littleEndian), 0, header.bits)
  return {
    sections: sections === 0 ? first.size : sections,
    sectionNames: sectionNames === 0xffff ? first.link : sectionNames,
    segments: segments === 0xffff ? first.info : segments,
  }
}

function checkSection(file: FileBytes, section: NamelessSection, index: number): void {
  const { type, offset, size, flags, address } = section
  if (type !== noBits && type !== 0 && offset + size > file.size)
    throw new ElfError(
      `Section ${index} (${size} bytes at offset ${offset}) is beyond the end of the file (${file.size} bytes): it is damaged, build it again.`,
    )
  if ((flags & allocated) !== 0 && !Number.isSafeInteger(address + size))
    throw new ElfError(
      `Section ${index} is at an address beyond 2^53, as in a kernel image: name a program that runs in user space.`,
    )
}

function named(
  file: FileBytes,
  sections: readonly NamelessSection[],
  index: number,
): readonly ElfSectionHeader[] {
  const table = sections[index]
  if (index !== 0 && (table === undefined || table.type === noBits))
    throw new ElfError(`Section ${index} should hold the section names and does not: build the file again.`)
  const { offset, size } = index === 0 || table === undefined ? { offset: 0, size: 0 } : table
  const nameOf = stringTable(readPart(file, { what: 'section name table', offset, size }))
  for (const section of sections) section.name = nameOf(section.nameAt)
  return sections
}

/** Reads the section table; every section that has bytes in the file is checked against its end. */
export function readSections(
  file: FileBytes,
  header: ElfHeader,
  counts: TableCounts,
): readonly ElfSectionHeader[] {
  if (counts.sections === 0) return []
  const stride = header.sectionSize
  if (stride < (header.bits === 64 ? 64 : 40))
    throw new ElfError(`The section headers have ${stride} bytes each, too few: build the file again.`)
  const part = { what: 'section table', offset: header.sectionsAt, size: counts.sections * stride }
  const fields = fieldsOf(readPart(file, part), header.littleEndian)
  const sections = Array.from({ length: counts.sections }, (_, i) =>
    sectionAt(fields, i * stride, header.bits),
  )
  for (const [index, section] of sections.entries()) checkSection(file, section, index)
  return named(file, sections, counts.sectionNames)
}
