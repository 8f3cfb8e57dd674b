import { arrange, type PlacedSymbols } from './arrange.ts'
import type { ElfFile, ElfSymbol } from './elf.ts'
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

/** Where each section ends, in the same numbers as its symbols' addresses. */
function endings({ header, sections }: SymbolSource): readonly number[] {
  return sections.map(({ name, address, size }) => {
    // Functions of 64-bit PowerPC's older ABI are at descriptors, in a section smaller than the code they describe.
    if (name === '.opd') return Number.POSITIVE_INFINITY
    return header.type === 'relocatable' ? size : address + size
  })
}

/**
 * The functions (STT_FUNC, STT_GNU_IFUNC) and data objects (STT_OBJECT) of a table, in its order. Symbols without a
 * section of their own (undefined, absolute, common) are nowhere in the file and are left out.
 */
function definitions(table: SymbolTable, source: SymbolSource): PlacedSymbols {
  const [begins, ends] = [beginnings(source), endings(source)]
  const marks = marking.has(source.header.machine)
  // Names are read in the table's order, which is nearly that of the strings.
  const names: string[] = []
  const entries = new Uint32Array(table.count)
  const places = new Float64Array(table.count)
  const complete = new Uint8Array(table.count)
  let count = 0
  for (let entry = 1; entry < table.count; entry++) {
    const type = table.typeOf(entry)
    if (type !== 1 && type !== 2 && type !== 10) continue
    const section = table.sectionOf(entry)
    const address = table.addressOf(entry)
    const size = table.sizeOf(entry)
    const place = address + (begins[section] ?? 0)
    if (section === 0 || !Number.isSafeInteger(place)) continue
    const name = table.nameOf(entry)
    if (marks && mark.test(name)) continue
    names.push(name)
    entries[count] = entry
    places[count] = place
    if (size > 0 && address + size <= (ends[section] ?? address)) complete[count] = 1
    count++
  }
  return {
    ...{ places: places.subarray(0, count), complete, ends },
    symbolOf: index => symbolFrom(table, entries[index]!, names[index]!),
  }
}

function symbolFrom(table: SymbolTable, entry: number, name: string): ElfSymbol {
  return {
    name,
    kind: table.typeOf(entry) === 1 ? 'data' : 'function',
    address: table.addressOf(entry),
    size: table.sizeOf(entry),
    section: table.sectionOf(entry),
    local: table.isLocal(entry),
  }
}

function symbolsOf(table: SymbolTable, source: SymbolSource): ElfSymbol[] {
  const arranged = arrange(definitions(table, source))
  return source.header.type === 'relocatable' ? arranged.sort((a, b) => a.address - b.address) : arranged
}

function unitFilesOf(table: SymbolTable): string[] {
  const names = new Set<string>()
  for (let entry = 1; entry < table.count; entry++) {
    if (table.typeOf(entry) !== 4) continue
    const path = table.nameOf(entry)
    names.add(path.slice(path.lastIndexOf('/') + 1))
  }
  names.delete('')
  return [...names]
}

const tables = [
  ['symtab', 2],
  ['dynsym', 11],
] as const

/** Reads the symbols of .symtab, or of .dynsym where .symtab is stripped, and says which. */
export function readSymbols(source: SymbolSource): Pick<ElfFile, 'symbolSource' | 'symbols' | 'unitFiles'> {
  for (const [symbolSource, wanted] of tables) {
    const section = source.sections.find(({ type }) => type === wanted)
    if (section === undefined) continue
    const table = openSymbolTable(source, section)
    const symbols = symbolsOf(table, source)
    if (symbols.length > 0) return { symbolSource, symbols, unitFiles: unitFilesOf(table) }
  }
  return { symbolSource: 'none', symbols: [], unitFiles: [] }
}
