import type { ElfSectionHeader, FileBytes } from './elf.ts'
import { ElfError } from './errors.ts'
import { fieldsOf, readPart } from './fields.ts'
import type { ElfHeader } from './header.ts'
import { stringTable } from './strings.ts'

/** One symbol table, read entry by entry; entry 0 is always empty. */
export interface SymbolTable {
  readonly count: number
  /** STT_OBJECT is 1, STT_FUNC 2, STT_FILE 4, STT_GNU_IFUNC 10. */
  typeOf(entry: number): number
  /** The index of the defining section; 0 for undefined, absolute and common symbols. */
  sectionOf(entry: number): number
  addressOf(entry: number): number
  sizeOf(entry: number): number
  nameOf(entry: number): string
  isLocal(entry: number): boolean
}

const extendedIndexes = 18
const stringSection = 3
const arm = 40

/** What the tables of one file are read from. */
export interface SymbolSource {
  readonly file: FileBytes
  readonly header: ElfHeader
  readonly sections: readonly ElfSectionHeader[]
}

/** Section indexes that do not fit 16 bits are in a table of their own (gABI, SHT_SYMTAB_SHNDX). */
function wideIndexes(source: SymbolSource, symbols: ElfSectionHeader): (entry: number) => number {
  const own = source.sections.indexOf(symbols)
  const section = source.sections.find(({ type, link }) => type === extendedIndexes && link === own)
  if (section === undefined) return () => 0
  const part = { what: 'extended section indexes', offset: section.offset, size: section.size }
  const { bytes, u32 } = fieldsOf(readPart(source.file, part), source.header.littleEndian)
  return entry => (entry * 4 + 4 <= bytes.length ? u32(entry * 4) : 0)
}

function namesOf({ file, sections }: SymbolSource, symbols: ElfSectionHeader): (offset: number) => string {
  const strings = sections[symbols.link]
  if (strings?.type !== stringSection)
    throw new ElfError(`The symbol table ${symbols.name} has no string table: build the file again.`)
  const part = { what: `string table ${strings.name}`, offset: strings.offset, size: strings.size }
  return stringTable(readPart(file, part))
}

/** Opens a symbol table (gABI, "Symbol Table") with the string table that it names. */
export function openSymbolTable(source: SymbolSource, symbols: ElfSectionHeader): SymbolTable {
  const { file, header } = source
  const wide = header.bits === 64
  const part = { what: `symbol table ${symbols.name}`, offset: symbols.offset, size: symbols.size }
  const { u8, u16, u32, u64 } = fieldsOf(readPart(file, part), header.littleEndian)
  const names = namesOf(source, symbols)
  const wideIndex = wideIndexes(source, symbols)
  const stride = wide ? 24 : 16
  const [infoAt, indexAt] = wide ? [4, 6] : [12, 14]
  const typeOf = (entry: number): number => u8(entry * stride + infoAt) & 15
  const nameOf = (entry: number): string => names(u32(entry * stride))
  const addressOf = (entry: number): number => {
    const value = wide ? u64(entry * stride + 8) : u32(entry * stride + 4)
    // The lowest bit of an ARM function's address says that it is Thumb code.
    return header.machine === arm && typeOf(entry) !== 1 ? value - (value % 2) : value
  }
  const sizeOf = (entry: number): number => (wide ? u64(entry * stride + 16) : u32(entry * stride + 8))
  const sectionOf = (entry: number): number => {
    const index = u16(entry * stride + indexAt)
    if (index === 0xffff) return wideIndex(entry)
    return index < 0xff00 ? index : 0
  }
  return {
    count: Math.floor(symbols.size / stride),
    typeOf,
    sectionOf,
    addressOf,
    sizeOf,
    nameOf,
    isLocal: entry => u8(entry * stride + infoAt) < 16,
  }
}
