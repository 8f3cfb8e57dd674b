import type { ElfSymbol } from './elf.ts'

function underscores(name: string): number {
  let count = 0
  while (name.charCodeAt(count) === 95) count++
  return count
}

/** The name that people know: exported before local, then fewer leading underscores, then the alphabet. */
function byRenown(a: ElfSymbol, b: ElfSymbol): number {
  if (a.local !== b.local) return a.local ? 1 : -1
  const difference = underscores(a.name) - underscores(b.name)
  if (difference !== 0) return difference
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function merged(group: readonly ElfSymbol[]): ElfSymbol {
  if (group.length === 1) return group[0]!
  const sorted = group.toSorted(byRenown)
  const [first, ...others] = new Set(sorted.map(({ name }) => name))
  return others.length === 0 ? sorted[0]! : { ...sorted[0]!, name: first!, aliases: others }
}

/** A symbol that reaches as far as it should: not nowhere, and never beyond its section. */
function sized(symbol: ElfSymbol, wanted: number, end: number): ElfSymbol {
  const size = Math.min(wanted, Math.max(0, end - symbol.address))
  return size === symbol.size ? symbol : { ...symbol, size }
}

/** The largest size among symbols of the same section and kind. */
function largestSizes(place: readonly ElfSymbol[]): Map<string, number> {
  const largest = new Map<string, number>()
  for (const { section, kind, size } of place) {
    const key = `${section} ${kind}`
    largest.set(key, Math.max(size, largest.get(key) ?? 0))
  }
  return largest
}

/** The symbols of one place, the larger first, one for each section, kind and size. */
function ofOnePlace(place: readonly ElfSymbol[], room: number, ends: readonly number[]): ElfSymbol[] {
  const largest = largestSizes(place)
  const groups = new Map<string, ElfSymbol[]>()
  for (const symbol of place) {
    const { section, kind, address } = symbol
    const wanted = symbol.size || largest.get(`${section} ${kind}`) || room
    const whole = sized(symbol, wanted, ends[section] ?? address)
    const key = `${section} ${kind} ${whole.size}`
    const group = groups.get(key)
    if (group) group.push(whole)
    else groups.set(key, [whole])
  }
  return Array.from(groups.values(), merged).sort((a, b) => b.size - a.size)
}

/** Symbols in ascending order of place, which is a number that no two sections share, with the sections' ends. */
export interface PlacedSymbols {
  readonly symbols: readonly ElfSymbol[]
  readonly places: Float64Array
  readonly ends: readonly number[]
}

/**
 * Merges symbols of one address, kind and size into one with aliases. A symbol of size 0 (hand-written assembly)
 * takes the size of its namesakes at the address, else reaches to the next symbol or to the end of its section;
 * none reaches beyond its section.
 */
export function arrange({ symbols, places, ends }: PlacedSymbols): ElfSymbol[] {
  const arranged: ElfSymbol[] = []
  for (let from = 0, to = 0; from < symbols.length; from = to) {
    const first = symbols[from]!
    do to++
    while (places[to] === places[from])
    const room = (places[to] ?? Number.POSITIVE_INFINITY) - places[from]!
    if (to > from + 1) arranged.push(...ofOnePlace(symbols.slice(from, to), room, ends))
    else arranged.push(sized(first, first.size || room, ends[first.section] ?? first.address))
  }
  return arranged
}
