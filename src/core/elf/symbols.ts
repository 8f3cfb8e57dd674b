import type { ElfSectionHeader, ElfSymbol, FileBytes } from './elf.ts'
import { ElfError } from './errors.ts'
import { type Fields, fieldsOf, readPart } from './fields.ts'
import type { ElfHeader } from './header.ts'
import { type StringTable, stringTable } from './strings.ts'

/** A symbol as the table has it: its size may be 0, and others may lie at the same address. */
export interface RawSymbol {
  readonly name: string
  readonly kind: 'function' | 'data'
  readonly address: number
  readonly size: number
  readonly section: number
  readonly local: boolean
}

const symtabType = 2
const dynsymType = 11
const extendedIndexType = 18
const arm = 40
/** Machines whose ABI marks code and data with symbols called `$x`, `$d`, `$t`, `$a` (ARM, AArch64, RISC-V). */
const marked = new Set([arm, 183, 243])
const mark = /^\$[adtx](\.|$)/

interface Table {
  readonly fields: Fields
  readonly count: number
  readonly stride: number
  readonly nameOf: StringTable
  readonly sectionOf: (index: number, short: number) => number
}

function openTable(
  file: FileBytes,
  header: ElfHeader,
  parts: { readonly sections: readonly ElfSectionHeader[]; readonly symbols: ElfSectionHeader },
): Table {
  const { sections, symbols } = parts
  const { littleEndian } = header
  const strings = sections[symbols.link]
  if (strings === undefined || strings.type !== 3)
    throw new ElfError(`The symbol table ${symbols.name} has no string table: build the file again.`)
  const stride = header.bits === 64 ? 24 : 16
  const fields = fieldsOf(readPart(file, { what: `symbol table ${symbols.name}`, ...symbols }), littleEndian)
  const own = sections.indexOf(symbols)
  const wideIndex = sections.find(({ type, link }) => type === extendedIndexType && link === own)
  const indexes =
    wideIndex && fieldsOf(readPart(file, { what: 'extended section index', ...wideIndex }), littleEndian)
  const sectionOf = (index: number, short: number): number => {
    if (short < 0xff00) return short
    if (short !== 0xffff || indexes === undefined || index * 4 + 4 > indexes.bytes.length) return 0
    return indexes.u32(index * 4)
  }
  return {
    ...{ fields, stride, sectionOf, count: Math.floor(symbols.size / stride) },
    nameOf: stringTable(readPart(file, { what: `string table ${strings.name}`, ...strings })),
  }
}

function kindOf(type: number): ElfSymbol['kind'] | undefined {
  if (type === 2 || type === 10) return 'function'
  return type === 1 ? 'data' : undefined
}

/**
 * Functions (STT_FUNC, STT_GNU_IFUNC) and data objects (STT_OBJECT) that a symbol table defines in a section, in
 * its order. Symbols without a section of their own (undefined, absolute, common) have no place and are left out.
 */
function readTable(header: ElfHeader, table: Table): RawSymbol[] {
  const { fields, count, stride, nameOf, sectionOf } = table
  const [info, short, value, length] = header.bits === 64 ? [4, 6, 8, 16] : [12, 14, 4, 8]
  const number = header.bits === 64 ? fields.u64 : fields.u32
  const found: RawSymbol[] = []
  for (let index = 1, at = stride; index < count; index++, at += stride) {
    const kind = kindOf(fields.u8(at + info) & 15)
    if (kind === undefined) continue
    const section = sectionOf(index, fields.u16(at + short))
    if (section === 0) continue
    const name = nameOf(fields.u32(at))
    if (marked.has(header.machine) && mark.test(name)) continue
    const raw = number(at + value)
    const address = kind === 'function' && header.machine === arm ? raw - (raw % 2) : raw
    const local = fields.u8(at + info) >> 4 === 0
    found.push({ name, kind, address, size: number(at + length), section, local })
  }
  return found
}

/** Reads .symtab, or .dynsym where that is stripped, and says which. */
export function readSymbols(
  file: FileBytes,
  header: ElfHeader,
  sections: readonly ElfSectionHeader[],
): { source: 'symtab' | 'dynsym' | 'none'; symbols: readonly RawSymbol[] } {
  for (const [source, wanted] of [
    ['symtab', symtabType],
    ['dynsym', dynsymType],
  ] as const) {
    const symbols = sections.find(({ type }) => type === wanted)
    if (symbols === undefined) continue
    const found = readTable(header, openTable(file, header, { sections, symbols }))
    if (found.length > 0) return { source, symbols: found }
  }
  return { source: 'none', symbols: [] }
}
