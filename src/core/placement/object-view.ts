import type { ElfImage, ElfSection } from '../elf/elf.ts'
import { readSlots, type Slot } from './slots.ts'
import { indexSymbols, type SymbolIndex } from './symbol-index.ts'

/** One side's file of a benchmark, ready to be asked what lies where. */
export interface ObjectView {
  /** The path by which reports name it, relative to the work tree where it lies in it. */
  readonly name: string
  readonly elf: ElfImage
  readonly functions: SymbolIndex
  readonly data: SymbolIndex
  /** The name of the imported function that a stub of the procedure linkage table jumps to. */
  readonly stubAt: (address: number) => string | undefined
  /** Where a pointer in memory points; the relocations are read at the first call. */
  readonly slotAt: (address: number) => Slot | undefined
  readonly sectionAt: (address: number) => ElfSection | undefined
}

const ALLOCATED = 2
const THREAD_LOCAL = 0x400

/** Opens a file for questions; `stubs` names the stubs of its procedure linkage table by address. */
export function viewObject(name: string, elf: ElfImage, stubs: ReadonlyMap<number, string>): ObjectView {
  const loaded = elf.sections
    .filter(section => section.flags & ALLOCATED && !(section.flags & THREAD_LOCAL) && section.size > 0)
    .toSorted((a, b) => a.address - b.address)
  let slots: ((address: number) => Slot | undefined) | undefined
  return {
    name,
    elf,
    functions: indexSymbols(elf.symbols.filter(symbol => symbol.kind === 'function')),
    data: indexSymbols(elf.symbols.filter(symbol => symbol.kind === 'data')),
    stubAt: address => stubs.get(address),
    slotAt: address => {
      slots ??= readSlots(elf)
      return slots(address)
    },
    sectionAt: address =>
      loaded.find(section => address >= section.address && address < section.address + section.size),
  }
}
