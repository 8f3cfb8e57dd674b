import type { SymbolIndex } from '../code/symbol-index.ts'
import type { ElfSymbol } from '../elf/elf.ts'
import type { Displacer } from '../model/explanation.ts'
import type { PerSide } from '../model/side.ts'
import { longestIncreasing } from './common-order.ts'
import type { Partners } from './match.ts'
import type { ObjectPair } from './objects.ts'

/** One change of size or order inside a section that shifts whatever is behind it. */
export interface Displacement {
  readonly symbol: string
  readonly change: Displacer['change']
  readonly bytes: number
  readonly base?: ElfSymbol
  readonly head?: ElfSymbol
}

/** A place behind which something changed: a symbol that kept its order, or the section's start. */
export interface ShiftAnchor {
  /** Its position in what kept its order. */
  readonly at: number
  /** Address on the head side minus address on the base side. */
  readonly shift: number
  /** What changed up to the next symbol that kept its order. */
  readonly behind: readonly Displacement[]
}

/** One section of both builds, in ascending order of address on the base side. */
export interface SectionRow {
  /** The section's start and the symbols that kept their order, by address on either side. */
  readonly kept: PerSide<Float64Array>
  /** Where the shift of what follows changes; between two anchors it is the same everywhere. */
  readonly anchors: readonly ShiftAnchor[]
}

interface Range {
  readonly address: number
  readonly size: number
}

interface Ordered {
  readonly symbols: readonly ElfSymbol[]
  /** Where each of them stands among all of the file's symbols. */
  readonly indexes: readonly number[]
}

/** Padding up to this is put down to the change next to it: the alignment of a function or a small object. */
const ALIGNMENT_BYTES = 64

/** Compares one section of the two builds, symbol by symbol, in time n log n. */
export function compareSection(
  pair: ObjectPair,
  kind: 'functions' | 'data',
  section: { readonly base: Range; readonly head: Range },
): SectionRow {
  const base = within(pair.base!.view[kind], section.base)
  const head = within(pair.head!.view[kind], section.head)
  const toHead = partnersIn(head, base, pair[kind])
  const kept = longestIncreasing(toHead)
  const sides: Sides = {
    base,
    head,
    toHead,
    matched: new Set(kept.length === toHead.length ? [] : toHead),
    section,
  }
  return rowOf(sides, kept)
}

function rowOf(sides: Sides, inOrder: readonly number[]): SectionRow {
  const { base, head, toHead, section } = sides
  const kept = { base: new Float64Array(inOrder.length + 1), head: new Float64Array(inOrder.length + 1) }
  kept.base[0] = section.base.address
  kept.head[0] = section.head.address
  const anchors: ShiftAnchor[] = []
  let from = { base: -1, head: -1 }
  for (let at = 0; at <= inOrder.length; at++) {
    const onBase = inOrder[at] ?? base.symbols.length
    const to = { base: onBase, head: at < inOrder.length ? toHead[onBase]! : head.symbols.length }
    const address = addressAt(base, to.base, section.base)
    const onHead = addressAt(head, to.head, section.head)
    const shift = kept.head[at]! - kept.base[at]!
    const delta = onHead - address - shift
    if (delta !== 0) anchors.push({ at, shift, behind: changesBetween(sides, { from, to, delta }) })
    if (at === inOrder.length) break
    kept.base[at + 1] = address
    kept.head[at + 1] = onHead
    from = to
  }
  return { kept, anchors }
}

/** For each symbol of the base's section the position of its partner in the head's, or -1. */
function partnersIn(head: Ordered, base: Ordered, { headOf, baseOf }: Partners): Int32Array {
  const positions = new Int32Array(baseOf.length).fill(-1)
  head.indexes.forEach((index, at) => {
    positions[index] = at
  })
  const partners = new Int32Array(base.indexes.length)
  base.indexes.forEach((index, at) => {
    partners[at] = positions[headOf[index]!] ?? -1
  })
  return partners
}

interface Stop {
  readonly base: number
  readonly head: number
}

interface Sides {
  readonly base: Ordered
  readonly head: Ordered
  readonly toHead: Int32Array
  /** Positions on the head side that have a partner in this section. */
  readonly matched: ReadonlySet<number>
  readonly section: { readonly base: Range; readonly head: Range }
}

/** What changed between one symbol that kept its order and the next, whose distance changed by `delta`. */
function changesBetween(
  { base, head, toHead, matched }: Sides,
  { from, to, delta }: { readonly from: Stop; readonly to: Stop; readonly delta: number },
): Displacement[] {
  const [fromBase, fromHead] = [base.symbols[from.base], head.symbols[from.head]]
  const gone = gap(base, from.base, to.base).map(at => displaced(base.symbols[at]!, 'base', toHead[at]! >= 0))
  const come = gap(head, from.head, to.head).map(at => displaced(head.symbols[at]!, 'head', matched.has(at)))
  const changes = [...resized(fromBase, fromHead), ...gone, ...come]
  return [...changes, ...padding(delta, changes, head.symbols[to.head] ?? fromHead)]
}

/** The symbols of a section without those that are inside the one before (aliases and labels). */
function within({ symbols, lastUpTo }: SymbolIndex, section: Range): Ordered {
  const inside: ElfSymbol[] = []
  const indexes: number[] = []
  let end = section.address
  for (let index = lastUpTo(section.address - 1) + 1; index < symbols.length; index++) {
    const symbol = symbols[index]!
    if (symbol.address >= section.address + section.size) break
    if (symbol.address < end) continue
    inside.push(symbol)
    indexes.push(index)
    end = symbol.address + Math.max(symbol.size, 1)
  }
  return { symbols: inside, indexes }
}

const addressAt = (side: Ordered, at: number, section: Range): number =>
  side.symbols[at]?.address ?? section.address + section.size

const gap = (side: Ordered, from: number, to: number): number[] =>
  Array.from({ length: Math.min(to, side.symbols.length) - from - 1 }, (_, index) => from + 1 + index)

function displaced(symbol: ElfSymbol, side: 'base' | 'head', matched: boolean): Displacement {
  const sign = side === 'head' ? 1 : -1
  const change = matched ? 'reordered' : side === 'head' ? 'added' : 'removed'
  return { symbol: symbol.name, change, bytes: sign * symbol.size, [side]: symbol }
}

function resized(base: ElfSymbol | undefined, head: ElfSymbol | undefined): Displacement[] {
  if (!base || !head || base.size === head.size) return []
  const bytes = head.size - base.size
  return [{ symbol: head.name, change: bytes > 0 ? 'grew' : 'shrank', bytes, base, head }]
}

/** What no symbol accounts for: alignment, or nameless contents. */
function padding(
  delta: number,
  changes: readonly Displacement[],
  behind: ElfSymbol | undefined,
): Displacement[] {
  const rest = delta - changes.reduce((sum, change) => sum + change.bytes, 0)
  if (rest === 0 || (changes.length > 0 && Math.abs(rest) < ALIGNMENT_BYTES)) return []
  return [
    {
      symbol: behind ? `in front of ${behind.name}` : 'at the end of the section',
      change: 'padding',
      bytes: rest,
    },
  ]
}
