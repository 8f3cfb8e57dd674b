import type { ElfImage, ElfSection } from '../elf/elf.ts'
import { type Functions, functionsOf } from '../elf/functions.ts'
import { pltSymbols } from '../elf/plt.ts'
import { readSlots, type Slot } from './slots.ts'
import { indexSymbols, type SymbolIndex } from './symbol-index.ts'

/** One side's file of a benchmark, ready to be asked what is where. */
export interface ObjectView {
  /** The path by which reports name it, relative to the work tree where it is in it. */
  readonly name: string
  readonly elf: ElfImage
  readonly functions: SymbolIndex
  /** Where the functions' names and bounds come from. */
  readonly functionsFrom: Functions['from']
  readonly data: SymbolIndex
  /** The name of the imported function that a stub of the procedure linkage table jumps to. */
  readonly stubAt: (address: number) => string | undefined
  /** Where a pointer in memory points; the relocations are read at the first call. */
  readonly slotAt: (address: number) => Slot | undefined
  readonly sectionAt: (address: number) => ElfSection | undefined
}

const ALLOCATED = 2
const THREAD_LOCAL = 0x400

/** Opens a file for questions; what is costly is read when it is first asked for. */
export function viewObject(name: string, elf: ElfImage): ObjectView {
  const loaded = elf.sections
    .filter(section => section.flags & ALLOCATED && !(section.flags & THREAD_LOCAL) && section.size > 0)
    .toSorted((a, b) => a.address - b.address)
  const { functions, from } = functionsOf(elf)
  let slots: ((address: number) => Slot | undefined) | undefined
  let stubs: ReadonlyMap<number, string> | undefined
  return {
    name,
    elf,
    functions: indexSymbols(functions),
    functionsFrom: from,
    data: indexSymbols(elf.symbols.filter(symbol => symbol.kind === 'data')),
    stubAt: address => {
      stubs ??= pltSymbols(elf)
      return stubs.get(address)
    },
    slotAt: address => {
      slots ??= readSlots(elf)
      return slots(address)
    },
    sectionAt: address =>
      loaded.find(section => address >= section.address && address < section.address + section.size),
  }
}
