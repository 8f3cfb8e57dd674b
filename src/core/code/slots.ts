import { dynamicNames } from '../elf/dynamic-names.ts'
import type { ElfImage, ElfSectionHeader } from '../elf/elf.ts'
import { fieldsOf } from '../elf/fields.ts'

/** What the dynamic linker puts into a pointer in memory. */
export type Slot = { readonly address: number } | { readonly name: string }

const RELA = 4
const RELR = 19
const ALLOCATED = 2
const TO_ADDRESS = [8, 37, 1027, 1032]
/** 64-bit symbol, GOT entry and PLT slot on x86-64 and on AArch64. */
const TO_SYMBOL = [1, 6, 7, 257, 1025, 1026]

/** Reads where pointers of a linked file will point, from its dynamic relocations and else from the bytes in place. */
export function readSlots(elf: ElfImage): (address: number) => Slot | undefined {
  const relocated = new Map<number, Slot>()
  for (const section of elf.sections) {
    if (section.type === RELA && section.flags & ALLOCATED) readRela(elf, section, relocated)
    if (section.type === RELR) readRelr(elf, section, relocated)
  }
  return address => relocated.get(address) ?? wordAt(elf, address)
}

function readRela(elf: ElfImage, section: ElfSectionHeader, into: Map<number, Slot>): void {
  const { bytes, u32, u64 } = fieldsOf(elf.bytesAt(section.address, section.size), elf.littleEndian)
  const nameOf = dynamicNames(elf, section)
  const [low, high] = elf.littleEndian ? [16, 20] : [20, 16]
  for (let at = 0; at + 24 <= bytes.length; at += 24) {
    const place = u64(at)
    const type = u32(elf.littleEndian ? at + 8 : at + 12)
    const symbol = u32(elf.littleEndian ? at + 12 : at + 8)
    const addend = (u32(at + high) | 0) * 2 ** 32 + u32(at + low)
    if (TO_ADDRESS.includes(type)) into.set(place, { address: addend })
    else if (TO_SYMBOL.includes(type))
      into.set(place, { name: (nameOf(symbol) ?? `?${symbol}`) + (addend ? `+${addend}` : '') })
  }
}

/** Compressed relative relocations (gABI proposal "RELR"): an address, then bitmaps of the 63 words behind it. */
function readRelr(elf: ElfImage, section: ElfSectionHeader, into: Map<number, Slot>): void {
  const view = viewOf(elf.bytesAt(section.address, section.size))
  const add = (place: number): void => {
    const slot = wordAt(elf, place)
    if (slot) into.set(place, slot)
  }
  let next = 0
  for (let at = 0; at + 8 <= view.byteLength; at += 8) {
    const entry = view.getBigUint64(at, elf.littleEndian)
    if (entry % 2n === 0n) {
      add(Number(entry))
      next = Number(entry) + 8
      continue
    }
    for (let bit = 0; bit < 63; bit++) if ((entry >> BigInt(bit + 1)) % 2n) add(next + bit * 8)
    next += 63 * 8
  }
}

/** A pointer as it stands in the file, when it points into a section that is loaded. */
function wordAt(elf: ElfImage, address: number): Slot | undefined {
  const bytes = elf.bytesAt(address, 8)
  if (bytes.length < 8) return undefined
  const value = Number(viewOf(bytes).getBigUint64(0, elf.littleEndian))
  const inside = elf.sections.some(
    section =>
      section.flags & ALLOCATED && value >= section.address && value < section.address + section.size,
  )
  return inside && value > 0 ? { address: value } : undefined
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
