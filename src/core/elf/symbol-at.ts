import type { ElfSymbol } from './elf.ts'

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
