import type { ElfSymbol } from './elf.ts'
import { ascendingOrder } from './order.ts'

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

/** One symbol for all of a group, which differ only in their names. */
function merged(group: ElfSymbol[]): ElfSymbol {
  if (group.length > 1) group.sort(byRenown)
  const { name, kind, address, size, section, local } = group[0]!
  const aliases: string[] = []
  for (const { name: other } of group) if (other !== name && other !== aliases.at(-1)) aliases.push(other)
  if (aliases.length === 0) return group[0]!
  return { name, kind, address, size, section, local, aliases }
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

/** Whether all of a place make one group as they are, which is so nearly always. */
function alike(place: readonly ElfSymbol[]): boolean {
  const { section, kind, size } = place[0]!
  return place.every(other => other.size === size && other.kind === kind && other.section === section)
}

/** Symbols with what ordering them takes beside them, so that it need not look into each: they lie scattered. */
export interface PlacedSymbols {
  readonly symbols: readonly ElfSymbol[]
  /** Numbers that no two sections share: addresses, or in a relocatable file distances from the first section. */
  readonly places: Float64Array
  /** 1 for each symbol whose size can stay as it is: neither nothing nor beyond the section. */
  readonly complete: Uint8Array
  /** Where each section ends, in the same numbers as the symbols' addresses. */
  readonly ends: readonly number[]
}

/**
 * Puts symbols in order and merges those of one address, kind and size into one with aliases. A symbol of size 0
 * (hand-written assembly) takes the size of its namesakes at the address, else reaches to the next symbol or to the
 * end of its section; none reaches beyond its section.
 */
export function arrange({ symbols, places, complete, ends }: PlacedSymbols): ElfSymbol[] {
  const order = ascendingOrder(places)
  const count = order.length
  const arranged: ElfSymbol[] = []
  for (let from = 0, to = 0; from < count; from = to) {
    const index = order[from]!
    const place = places[index]!
    do to++
    while (to < count && places[order[to]!] === place)
    if (to === from + 1 && complete[index] === 1) {
      arranged.push(symbols[index]!)
      continue
    }
    const group: ElfSymbol[] = []
    let whole = true
    for (let at = from; at < to; at++) {
      group.push(symbols[order[at]!]!)
      whole &&= complete[order[at]!] === 1
    }
    const room = (to < count ? places[order[to]!]! : Number.POSITIVE_INFINITY) - place
    if (whole && alike(group)) arranged.push(merged(group))
    else arranged.push(...ofOnePlace(group, room, ends))
  }
  return arranged
}
