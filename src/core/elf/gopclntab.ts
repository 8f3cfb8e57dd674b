import type { ElfImage, ElfSymbol } from './elf.ts'
import { fieldsOf, readPart } from './fields.ts'
import { stringTable } from './strings.ts'

/** The magic number of the layout that Go has used since 1.20 (internal/abi, Go120PCLnTabMagic). */
const magic = 0xfffffff1
/** Bytes of the header: magic, two zeros, instruction and pointer size, then eight words. */
const headerBytes = (pointer: number): number => 8 + 8 * pointer

interface Table {
  /** Where the code begins that entry 0 is relative to; 0 since Go 1.26, which leaves it to be found out. */
  readonly textStart: number
  readonly names: (offset: number) => string
  /** Distance of each function from the code's beginning, with the end of the last one behind them. */
  readonly entries: readonly number[]
  readonly nameOffsets: readonly number[]
}

/** Reads the header, the function table and the names (runtime/symtab.go: pcHeader, functab, _func). */
function readTable(bytes: Uint8Array, littleEndian: boolean): Table | undefined {
  if (bytes.length < 8) return undefined
  const { u8, u32, u64 } = fieldsOf(bytes, littleEndian)
  const pointer = u8(7)
  if (u32(0) !== magic || (pointer !== 4 && pointer !== 8) || bytes.length < headerBytes(pointer))
    return undefined
  const word = (index: number): number => (pointer === 8 ? u64(8 + index * 8) : u32(8 + index * 4))
  const [count, textStart, nameTable, functions] = [word(0), word(2), word(3), word(7)]
  if (functions + count * 8 + 4 > bytes.length || nameTable > bytes.length) return undefined
  const entries = Array.from({ length: count + 1 }, (_, index) => u32(functions + index * 8))
  const nameOffsets = Array.from({ length: count }, (_, index) => {
    const at = functions + u32(functions + index * 8 + 4) + 4
    return at + 4 <= bytes.length ? u32(at) : bytes.length
  })
  return { textStart, names: stringTable(bytes.subarray(nameTable)), entries, nameOffsets }
}

/**
 * Where the code begins: as the table says, else the .text section's beginning if the program then starts at a
 * function of the table (it does not when another linker put C code in front).
 */
function codeStart(elf: ElfImage, table: Table): number | undefined {
  if (table.textStart !== 0) return table.textStart
  const text = elf.sections.find(({ name }) => name === '.text')
  if (text === undefined) return undefined
  return new Set(table.entries).has(elf.entry - text.address) ? text.address : undefined
}

/** The functions of a Go program without a symbol table, by Go's own table (Go 1.20 and later); else none. */
export function functionsFromGoTable(elf: ElfImage): ElfSymbol[] {
  const section = elf.sections.find(({ name, type }) => name.endsWith('.gopclntab') && type === 1)
  if (section === undefined) return []
  const part = { what: `section ${section.name}`, offset: section.offset, size: section.size }
  const table = readTable(readPart(elf.file, part), elf.littleEndian)
  const start = table && codeStart(elf, table)
  if (table === undefined || start === undefined) return []
  const { entries, nameOffsets, names } = table
  const holder = elf.sections.findIndex(
    ({ address, size }) => address <= start && start < address + size && address > 0,
  )
  const end = holder < 0 ? 0 : elf.sections[holder]!.address + elf.sections[holder]!.size
  return nameOffsets.flatMap((offset, index): ElfSymbol[] => {
    const address = start + entries[index]!
    const size = entries[index + 1]! - entries[index]!
    if (size <= 0 || address + size > end) return []
    return [{ name: names(offset), kind: 'function', address, size, section: holder, local: false }]
  })
}
