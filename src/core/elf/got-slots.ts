import type { ElfImage, ElfSectionHeader } from './elf.ts'
import { fieldsOf, readPart } from './fields.ts'
import { readHeader } from './header.ts'
import { allocated } from './sections.ts'
import { symbolAt } from './symbol-at.ts'
import { openSymbolTable, type SymbolTable } from './symbol-table.ts'

/** Names by the address of the pointer (a slot of the global offset table) through which the code reaches them. */
export type SlotNames = ReadonlyMap<number, string>

const withAddends = 4
/** Linkers write two or three; a file with thousands would have each read the same bytes. */
const mostSections = 16
/** JUMP_SLOT, GLOB_DAT and IRELATIVE relocations of each machine's psABI. */
const kinds = {
  'x86-64': { named: [7, 6, 1], resolved: 37 },
  aarch64: { named: [1026, 1025, 257], resolved: 1032 },
  other: { named: [], resolved: -1 },
} as const

/** One relocation section's slots; an IRELATIVE slot has no symbol and is named after its resolver function. */
function addSlots(
  elf: ElfImage,
  relocations: ElfSectionHeader,
  out: { readonly table: SymbolTable | undefined; readonly names: Map<number, string> },
): void {
  const { named, resolved } = kinds[elf.machine]
  const part = { what: `section ${relocations.name}`, offset: relocations.offset, size: relocations.size }
  const { u32, u64, bytes } = fieldsOf(readPart(elf.file, part), elf.littleEndian)
  for (let at = 0; at + 24 <= bytes.length; at += 24) {
    const type = u32(elf.littleEndian ? at + 8 : at + 12)
    const symbol = u32(elf.littleEndian ? at + 12 : at + 8)
    if (type === resolved) {
      const name = symbolAt(elf.symbols, u64(at + 16))?.name
      if (name !== undefined) out.names.set(u64(at), name)
    } else if (out.table && named.some(kind => kind === type) && symbol > 0 && symbol < out.table.count)
      out.names.set(u64(at), out.table.nameOf(symbol))
  }
}

/** The imported names of a linked 64-bit x86 or ARM file by slot; empty for other machines. */
export function slotNames(elf: ElfImage): SlotNames {
  const names = new Map<number, string>()
  if (elf.machine === 'other' || elf.bits === 32 || elf.type === 'relocatable') return names
  const { file, sections } = elf
  const source = { file, sections, header: readHeader(file) }
  const tables = new Map<number, SymbolTable | undefined>()
  const relocations = sections.filter(({ type, flags }) => type === withAddends && (flags & allocated) !== 0)
  for (const section of relocations.slice(0, mostSections)) {
    if (!tables.has(section.link)) {
      const symbols = sections[section.link]
      tables.set(section.link, symbols?.type === 11 ? openSymbolTable(source, symbols) : undefined)
    }
    addSlots(elf, section, { table: tables.get(section.link), names })
  }
  return names
}
