import { functionsFromEhFrame } from './eh-frame.ts'
import type { ElfImage, ElfSymbol } from './elf.ts'
import { functionsFromGoTable } from './gopclntab.ts'

/** The functions of a file in order of address, and where their names and bounds come from. */
export interface Functions {
  readonly functions: readonly ElfSymbol[]
  /** `frames` means bounds without names, `dynsym` exported names and, between them, bounds without names. */
  readonly from: 'symtab' | 'go' | 'dynsym' | 'frames' | 'none'
}

/** The best that is known of a file's functions: its symbol table, else Go's table, else exports and frame bounds. */
export function functionsOf(elf: ElfImage): Functions {
  const named = elf.symbols.filter(({ kind }) => kind === 'function')
  if (elf.symbolSource === 'symtab' && named.length > 0) return { functions: named, from: 'symtab' }
  const ofGo = functionsFromGoTable(elf)
  if (ofGo.length > 0) return { functions: ofGo, from: 'go' }
  const pieces = functionsFromEhFrame(elf).filter(({ address }) => symbolAt(named, address) === undefined)
  const functions = [...named, ...pieces].sort((a, b) => a.address - b.address)
  if (functions.length === 0) return { functions, from: 'none' }
  return { functions, from: named.length > 0 ? 'dynsym' : 'frames' }
}

/** How many symbols in front of an address are looked at for one that encloses it; enclosing ones are rare. */
const reach = 8

/** The symbol that holds an address (the nearest beginning in front of it), in symbols in order of address. */
export function symbolAt(symbols: readonly ElfSymbol[], address: number): ElfSymbol | undefined {
  let [low, high] = [0, symbols.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (symbols[middle]!.address <= address) low = middle + 1
    else high = middle
  }
  for (let index = low - 1; index >= Math.max(0, low - reach); index--) {
    const symbol = symbols[index]!
    if (address < symbol.address + symbol.size) return symbol
  }
  return undefined
}
