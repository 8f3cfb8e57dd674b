import type { ElfSymbol } from './elf.ts'
import { ascendingOrder } from './order.ts'

function underscores(name: string): number {
  let count = 0
  while (name.charCodeAt(count) === 95) count++
  return count
}

const inAlphabet = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** The name that people know: exported before local, then fewer leading underscores, then the alphabet. */
function byRenown(a: ElfSymbol, b: ElfSymbol): number {
  if (a.local !== b.local) return a.local ? 1 : -1
  return underscores(a.name) - underscores(b.name) || inAlphabet(a.name, b.name)
}

/** One symbol for all of a group, which differ only in their names. */
function merged(group: readonly ElfSymbol[]): ElfSymbol {
  let best = group[0]!
  for (let at = 1; at < group.length; at++) if (byRenown(group[at]!, best) < 0) best = group[at]!
  const { name, kind, address, size, section, local } = best
  const others: string[] = []
  for (const symbol of group) if (symbol !== best && symbol.name !== name) others.push(symbol.name)
  if (others.length === 0) return best
  const aliases = others.length === 1 ? others : [...new Set(others)].sort(inAlphabet)
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

/** What it takes to order symbols before they are built: built in their order, they are in memory one behind the other. */
export interface PlacedSymbols {
  /** Numbers that no two sections share: addresses, or in a relocatable file distances from the first section. */
  readonly places: Float64Array
  /** 1 for each symbol whose size can stay as it is: neither nothing nor beyond the section. */
  readonly complete: Uint8Array
  /** Where each section ends, in the same numbers as the symbols' addresses. */
  readonly ends: readonly number[]
  /** Builds the symbol of one of the places. */
  symbolOf(index: number): ElfSymbol
}

/**
 * Appends symbols from a position of the order on while they are alone at their place and complete, as nearly all
 * are, and returns the position of the first that is not. A small loop of its own is compiled at once.
 */
function appendPlain(
  placed: PlacedSymbols,
  order: Uint32Array,
  to: { from: number; list: ElfSymbol[] },
): number {
  const { places, complete } = placed
  const last = order.length - 1
  for (let at = to.from; at <= last; at++) {
    const index = order[at]!
    if (complete[index] === 0 || (at < last && places[order[at + 1]!] === places[index])) return at
    to.list.push(placed.symbolOf(index))
  }
  return order.length
}

/** The symbols of one place that begins at a position of the order, and the position behind them. */
function placeFrom(
  placed: PlacedSymbols,
  order: Uint32Array,
  from: number,
): { place: ElfSymbol[]; to: number } {
  const { places } = placed
  const place = [placed.symbolOf(order[from]!)]
  let to = from + 1
  while (to < order.length && places[order[to]!] === places[order[from]!])
    place.push(placed.symbolOf(order[to++]!))
  return { place, to }
}

/**
 * Puts symbols in order and merges those of one address, kind and size into one with aliases. A symbol of size 0
 * (hand-written assembly) takes the size of its namesakes at the address, else reaches to the next symbol or to the
 * end of its section; none reaches beyond its section.
 */
export function arrange(placed: PlacedSymbols): ElfSymbol[] {
  const { places, complete, ends } = placed
  const order = ascendingOrder(places)
  const list: ElfSymbol[] = []
  for (let from = appendPlain(placed, order, { from: 0, list }); from < order.length; ) {
    const { place, to } = placeFrom(placed, order, from)
    const next = to < order.length ? places[order[to]!]! : Number.POSITIVE_INFINITY
    if (alike(place) && complete[order[from]!] === 1) list.push(merged(place))
    else for (const symbol of ofOnePlace(place, next - places[order[from]!]!, ends)) list.push(symbol)
    from = appendPlain(placed, order, { from: to, list })
  }
  return list
}
