import type { ElfSectionHeader, ElfSymbol } from './elf.ts'
import type { RawSymbol } from './symbols.ts'

/** By section and address, the larger before the smaller, so that symbols of one place follow each other. */
function byPlace(a: RawSymbol, b: RawSymbol): number {
  if (a.section !== b.section) return a.section - b.section
  if (a.address !== b.address) return a.address - b.address
  if (a.kind !== b.kind) return a.kind === 'function' ? -1 : 1
  return b.size - a.size
}

const underscores = (name: string): number => name.length - name.replace(/^_+/, '').length

/** The name that people know: exported before local, then fewer leading underscores, then the alphabet. */
function byRenown(a: RawSymbol, b: RawSymbol): number {
  if (a.local !== b.local) return a.local ? 1 : -1
  const difference = underscores(a.name) - underscores(b.name)
  if (difference !== 0) return difference
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function merge(group: RawSymbol[], size: number): ElfSymbol {
  if (group.length === 1) return { ...group[0]!, size }
  group.sort(byRenown)
  const [first, ...others] = [...new Map(group.map(symbol => [symbol.name, symbol])).values()]
  const aliases = others.map(({ name }) => name)
  return aliases.length === 0 ? { ...first!, size } : { ...first!, size, aliases }
}

/**
 * Puts symbols in order of address, with those of one address, kind and size as one symbol with aliases. A symbol
 * of size 0 (hand-written assembly) takes the size of its namesakes at the address, else reaches to the next
 * symbol of its section or to the section's end; none reaches beyond its section.
 */
export function arrange(
  symbols: readonly RawSymbol[],
  sections: readonly ElfSectionHeader[],
  relocatable: boolean,
): ElfSymbol[] {
  const sorted = symbols.toSorted(byPlace)
  const arranged: ElfSymbol[] = []
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const { section, address } = sorted[from]!
    while (sorted[to]?.section === section && sorted[to]?.address === address) to++
    const next = sorted[to]?.section === section ? sorted[to]!.address : Number.POSITIVE_INFINITY
    const holder = sections[section]
    const end = holder ? (relocatable ? 0 : holder.address) + holder.size : address
    arranged.push(...ofOnePlace(sorted.slice(from, to), { next, end }))
  }
  return arranged.sort((a, b) => a.address - b.address)
}

/** The symbols of one address, grouped by kind and size. */
function ofOnePlace(place: readonly RawSymbol[], bounds: { next: number; end: number }): ElfSymbol[] {
  const groups = new Map<string, { size: number; members: RawSymbol[] }>()
  for (const symbol of place) {
    const largest = place.find(({ kind }) => kind === symbol.kind)!.size
    const room = Math.max(0, bounds.end - symbol.address)
    const size = Math.min(symbol.size || largest || bounds.next - symbol.address, room)
    const key = `${symbol.kind} ${size}`
    const group = groups.get(key)
    if (group) group.members.push(symbol)
    else groups.set(key, { size, members: [symbol] })
  }
  return Array.from(groups.values(), ({ size, members }) => merge(members, size))
}
