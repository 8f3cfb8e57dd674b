import type { ElfSymbol } from '../elf/elf.ts'

/** Finds the symbol that covers an address, in logarithmic time. */
export interface SymbolIndex {
  /** In ascending order of address. */
  readonly symbols: readonly ElfSymbol[]
  /** The symbol whose bytes hold the address. */
  at(address: number): ElfSymbol | undefined
}

/** Builds an index over symbols that are sorted by address; of nested symbols the one that starts last wins. */
export function indexSymbols(symbols: readonly ElfSymbol[]): SymbolIndex {
  return {
    symbols,
    at: address => {
      const last = lastAtOrBefore(symbols, address)
      for (let index = last; index >= 0 && index > last - 4; index--) {
        const symbol = symbols[index]!
        if (address < symbol.address + Math.max(symbol.size, 1)) return symbol
      }
      return undefined
    },
  }
}

/** The index of the last symbol that starts at the address or before it; -1 when none does. */
export function lastAtOrBefore(symbols: readonly { readonly address: number }[], address: number): number {
  let low = 0
  let high = symbols.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (symbols[middle]!.address <= address) low = middle + 1
    else high = middle
  }
  return low - 1
}
