import type { ElfFile, ElfImage, ElfSectionHeader } from './elf.ts'
import { fieldsOf } from './fields.ts'

const dynamicSymbols = 11
const entryBytes = 24
const longestName = 4096
const utf8 = new TextDecoder('utf-8')

/** The text at an address up to its end mark. */
function textAt(elf: ElfFile, address: number): string {
  const bytes = elf.bytesAt(address, longestName)
  const end = bytes.indexOf(0)
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/**
 * The names of the dynamic symbols that a 64-bit file's relocations speak of, by their index; undefined for what the
 * table does not hold. Each is read when it is asked for: a program exports far more than it relocates.
 */
export function dynamicNames(
  elf: ElfImage,
  relocations: ElfSectionHeader,
): (index: number) => string | undefined {
  const symbols = elf.sections[relocations.link]
  const strings = symbols && elf.sections[symbols.link]
  if (symbols?.type !== dynamicSymbols || !strings) return () => undefined
  const count = Math.floor(symbols.size / entryBytes)
  return index => {
    const entry =
      index < count ? elf.bytesAt(symbols.address + index * entryBytes, entryBytes) : new Uint8Array()
    if (entry.length < entryBytes) return undefined
    const name = fieldsOf(entry, elf.littleEndian).u32(0)
    return name < strings.size ? textAt(elf, strings.address + name) : undefined
  }
}
