import { dynamicNames } from './dynamic-names.ts'
import type { ElfImage, ElfSectionHeader } from './elf.ts'
import { fieldsOf, readPart } from './fields.ts'
import { symbolAt } from './functions.ts'
import { allocated } from './sections.ts'

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
function addSlots(elf: ElfImage, relocations: ElfSectionHeader, names: Map<number, string>): void {
  const { named, resolved } = kinds[elf.machine]
  const part = { what: `section ${relocations.name}`, offset: relocations.offset, size: relocations.size }
  const { u32, u64, bytes } = fieldsOf(readPart(elf.file, part), elf.littleEndian)
  const nameOf = dynamicNames(elf, relocations)
  for (let at = 0; at + 24 <= bytes.length; at += 24) {
    const type = u32(elf.littleEndian ? at + 8 : at + 12)
    const symbol = u32(elf.littleEndian ? at + 12 : at + 8)
    if (type !== resolved && (symbol === 0 || !named.some(kind => kind === type))) continue
    const name = type === resolved ? symbolAt(elf.symbols, u64(at + 16))?.name : nameOf(symbol)
    if (name !== undefined) names.set(u64(at), name)
  }
}

/** The imported names of a linked 64-bit x86 or ARM file by slot; empty for other machines. */
export function slotNames(elf: ElfImage): SlotNames {
  const names = new Map<number, string>()
  if (elf.machine === 'other' || elf.bits === 32 || elf.type === 'relocatable') return names
  const relocations = elf.sections.filter(
    ({ type, flags }) => type === withAddends && (flags & allocated) !== 0,
  )
  for (const section of relocations.slice(0, mostSections)) addSlots(elf, section, names)
  return names
}
