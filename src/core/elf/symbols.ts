import { arrange } from './arrange.ts'
import type { ElfFile, ElfSectionHeader, ElfSymbol } from './elf.ts'
import { ascendingOrder } from './order.ts'
import { openSymbolTable, type SymbolSource, type SymbolTable } from './symbol-table.ts'

/** Machines whose ABI marks code and data with symbols called `$x`, `$d`, `$t`, `$a` (ARM, AArch64, RISC-V). */
const marking = new Set([40, 183, 243])
const mark = /^\$[adtx](\.|$)/

/**
 * Where each section begins in the order of all symbols: nothing for linked files, whose addresses are one order;
 * in a relocatable file, whose sections all begin at 0, behind the section before it.
 */
function beginnings({ header, sections }: SymbolSource): readonly number[] {
  if (header.type !== 'relocatable') return []
  let end = 0
  return sections.map(({ size }) => {
    const begin = end
    end += size + 1
    return begin
  })
}

/**
 * The entries that are a function (STT_FUNC, STT_GNU_IFUNC) or a data object (STT_OBJECT), in order of place.
 * Symbols without a section of their own (undefined, absolute, common) lie nowhere in the file.
 */
function definitions(
  table: SymbolTable,
  source: SymbolSource,
): { readonly symbols: readonly ElfSymbol[]; readonly places: Float64Array } {
  const begins = beginnings(source)
  const marks = marking.has(source.header.machine)
  const entries: number[] = []
  const unordered: number[] = []
  for (let entry = 1; entry < table.count; entry++) {
    const type = table.typeOf(entry)
    if (type !== 1 && type !== 2 && type !== 10) continue
    const section = table.sectionOf(entry)
    const place = table.addressOf(entry) + (begins[section] ?? 0)
    if (section === 0 || !Number.isSafeInteger(place)) continue
    if (marks && mark.test(table.nameOf(entry))) continue
    entries.push(entry)
    unordered.push(place)
  }
  const places = Float64Array.from(unordered)
  const order = ascendingOrder(places)
  return {
    symbols: Array.from(order, position => table.symbolOf(entries[position]!)),
    places: places.sort(),
  }
}

function symbolsOf(source: SymbolSource, section: ElfSectionHeader): ElfSymbol[] {
  const relocatable = source.header.type === 'relocatable'
  const ends = source.sections.map(({ address, size }) => (relocatable ? size : address + size))
  const arranged = arrange({ ...definitions(openSymbolTable(source, section), source), ends })
  return relocatable ? arranged.sort((a, b) => a.address - b.address) : arranged
}

const tables = [
  ['symtab', 2],
  ['dynsym', 11],
] as const

/** Reads the symbols of .symtab, or of .dynsym where .symtab is stripped, and says which. */
export function readSymbols(source: SymbolSource): {
  readonly symbolSource: ElfFile['symbolSource']
  readonly symbols: readonly ElfSymbol[]
} {
  for (const [symbolSource, wanted] of tables) {
    const section = source.sections.find(({ type }) => type === wanted)
    const symbols = section ? symbolsOf(source, section) : []
    if (symbols.length > 0) return { symbolSource, symbols }
  }
  return { symbolSource: 'none', symbols: [] }
}
