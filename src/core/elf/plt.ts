import type { ElfImage, ElfSectionHeader } from './elf.ts'
import { fieldsOf } from './fields.ts'
import { type SlotNames, slotNames } from './got-slots.ts'

/** A stub and the slot through which it jumps. */
interface Stub {
  readonly at: number
  readonly slot: number
}

const sections = /^\.plt(\.|$)/
/** Linkers write up to three; a file with thousands would have each read the same bytes. */
const mostSections = 16

/**
 * x86-64: a stub is `jmp *slot(%rip)` (ff 25 and a distance), alone or behind `endbr64` and `bnd`; it begins at the
 * section's entry size, which some linkers leave at 0 or at the distance between lazy entries.
 */
function stubsOfX86(bytes: Uint8Array, section: ElfSectionHeader): Stub[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stride = section.entrySize === 8 ? 8 : 16
  const stubs: Stub[] = []
  for (let entry = 0; entry < bytes.length; entry += stride)
    for (let at = entry; at < entry + stride - 5 && at + 6 <= bytes.length; at++) {
      if (bytes[at] !== 0xff || bytes[at + 1] !== 0x25) continue
      const slot = section.address + at + 6 + view.getInt32(at + 2, true)
      stubs.push({ at: section.address + entry, slot })
      break
    }
  return stubs
}

/**
 * AArch64: a stub is `adrp x16, page; ldr x17, [x16, #offset]; add; br x17`, alone or behind `bti c`; instructions
 * are little-endian whatever the data is.
 */
function stubsOfArm(bytes: Uint8Array, section: ElfSectionHeader): Stub[] {
  const { u32 } = fieldsOf(bytes, true)
  const stubs: Stub[] = []
  for (let at = 0; at + 8 <= bytes.length; at += 4) {
    const [adrp, load] = [u32(at), u32(at + 4)]
    if ((adrp & 0x9f00001f) >>> 0 !== 0x90000010 || (load & 0xffc003ff) >>> 0 !== 0xf9400211) continue
    const pages = (((((adrp >>> 5) & 0x7ffff) << 2) | ((adrp >>> 29) & 3)) << 11) >> 11
    const page = Math.floor((section.address + at) / 4096) * 4096 + pages * 4096
    const marked = at >= 4 && u32(at - 4) === 0xd503245f
    stubs.push({ at: section.address + at - (marked ? 4 : 0), slot: page + ((load >>> 10) & 0xfff) * 8 })
  }
  return stubs
}

/** The imported names by the addresses of the stubs that call them; empty for machines other than these two. */
export function pltSymbols(elf: ElfImage, slots: SlotNames = slotNames(elf)): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  if (slots.size === 0) return names
  for (const section of elf.sections.filter(({ name }) => sections.test(name)).slice(0, mostSections)) {
    const bytes = elf.bytesAt(section.address, section.size)
    const stubs = elf.machine === 'aarch64' ? stubsOfArm(bytes, section) : stubsOfX86(bytes, section)
    for (const { at, slot } of stubs) {
      const name = slots.get(slot)
      if (name !== undefined) names.set(at, name)
    }
  }
  return names
}
