import type { ElfSymbol } from '../elf/elf.ts'

/** Finds the symbol that covers an address, in logarithmic time. */
export interface SymbolIndex {
  /** In ascending order of address. */
  readonly symbols: readonly ElfSymbol[]
  /** The symbol whose bytes hold the address. */
  at(address: number): ElfSymbol | undefined
  /** The position of the last symbol that starts at the address or before it; -1 when none does. */
  readonly lastUpTo: (address: number) => number
}

/** Builds an index over symbols that are sorted by address; of nested symbols the one that starts last wins. */
export function indexSymbols(symbols: readonly ElfSymbol[]): SymbolIndex {
  // Side by side, because a search through the symbols themselves waits for memory at every step.
  const starts = new Float64Array(symbols.length)
  for (let index = 0; index < symbols.length; index++) starts[index] = symbols[index]!.address
  return {
    symbols,
    lastUpTo: address => lastStart(starts, address),
    at: address => {
      const last = lastStart(starts, address)
      for (let index = last; index >= 0 && index > last - 4; index--) {
        const symbol = symbols[index]!
        if (address < symbol.address + Math.max(symbol.size, 1)) return symbol
      }
      return undefined
    },
  }
}

/** The index of the last of ascending numbers that is at most the address; -1 when none is. */
export function lastStart(starts: Float64Array, address: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! <= address) low = middle + 1
    else high = middle
  }
  return low - 1
}
