import type { ElfFile, FileBytes } from './elf.ts'
import { ElfError } from './errors.ts'
import { fieldsOf, readPart } from './fields.ts'

/** The fields of the ELF header; counts are as written there, before extended numbering. */
export interface ElfHeader {
  readonly bits: 32 | 64
  readonly littleEndian: boolean
  readonly type: ElfFile['type']
  /** The e_machine number: 62 is x86-64, 183 AArch64, 40 ARM. */
  readonly machine: number
  readonly entry: number
  readonly segmentsAt: number
  readonly segmentSize: number
  readonly segmentCount: number
  readonly sectionsAt: number
  readonly sectionSize: number
  readonly sectionCount: number
  readonly sectionNamesIndex: number
}

const types: Readonly<Record<number, ElfFile['type']>> = { 1: 'relocatable', 2: 'executable', 3: 'shared' }

function identify(file: FileBytes): { bits: 32 | 64; littleEndian: boolean } {
  const ident = file.read(0, Math.min(16, file.size))
  if (ident.length < 16 || ident[0] !== 0x7f || ident[1] !== 0x45 || ident[2] !== 0x4c || ident[3] !== 0x46)
    throw new ElfError('This is not an ELF file: name a program, a shared object or an object file.')
  const [fileClass, order] = [ident[4], ident[5]]
  if ((fileClass !== 1 && fileClass !== 2) || (order !== 1 && order !== 2))
    throw new ElfError(
      `The ELF header names class ${fileClass} and byte order ${order}, which do not exist: the file is damaged, build it again.`,
    )
  return { bits: fileClass === 1 ? 32 : 64, littleEndian: order === 1 }
}

/** Reads the ELF header (System V gABI, chapter 4); throws an ElfError for what is no ELF file. */
export function readHeader(file: FileBytes): ElfHeader {
  const { bits, littleEndian } = identify(file)
  const wide = bits === 64
  const bytes = readPart(file, { what: 'ELF header', offset: 0, size: wide ? 64 : 52 })
  const { u16, u32, u64 } = fieldsOf(bytes, littleEndian)
  const counts = wide ? 54 : 42
  return {
    bits,
    littleEndian,
    type: types[u16(16)] ?? 'other',
    machine: u16(18),
    entry: wide ? u64(24) : u32(24),
    segmentsAt: wide ? u64(32) : u32(28),
    sectionsAt: wide ? u64(40) : u32(32),
    segmentSize: u16(counts),
    segmentCount: u16(counts + 2),
    sectionSize: u16(counts + 4),
    sectionCount: u16(counts + 6),
    sectionNamesIndex: u16(counts + 8),
  }
}
