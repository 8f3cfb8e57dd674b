import type { ElfSymbol } from '../elf/elf.ts'
import type { Displacer } from '../model.ts'
import { longestIncreasing } from './common-order.ts'
import type { Partners } from './match.ts'
import type { ObjectPair } from './objects.ts'
import { lastAtOrBefore } from './symbol-index.ts'

/** One change of size or order inside a section that shifts whatever lies behind it. */
export interface Displacement {
  readonly symbol: string
  readonly change: Displacer['change']
  readonly bytes: number
  readonly base?: ElfSymbol
  readonly head?: ElfSymbol
}

/** A symbol that kept its order, and what changed between it and the next such symbol. */
export interface Anchor {
  /** Its address on the base side; the row is sorted by it. */
  readonly address: number
  readonly head: number
  /** Address on the head side minus address on the base side. */
  readonly shift: number
  readonly behind: readonly Displacement[]
}

/** One section of both builds as a row of anchors in ascending order; the first stands for the section's start. */
export type Row = readonly Anchor[]

interface Range {
  readonly address: number
  readonly size: number
}

interface Ordered {
  readonly symbols: readonly ElfSymbol[]
  /** Where each of them stands among all of the file's symbols. */
  readonly indexes: readonly number[]
}

/** Padding up to this is put down to the change beside it: the alignment of a function or a small object. */
const ALIGNMENT_BYTES = 64

/** Compares one section of the two builds, symbol by symbol, in time n log n. */
export function compareSection(
  pair: ObjectPair,
  kind: 'functions' | 'data',
  section: { readonly base: Range; readonly head: Range },
): Row {
  const base = within(pair.base!.view[kind].symbols, section.base)
  const head = within(pair.head!.view[kind].symbols, section.head)
  const toHead = partnersIn(head, base, pair[kind])
  const kept = longestIncreasing(toHead)
  const sides: Sides = {
    base,
    head,
    toHead,
    matched: new Set(kept.length === toHead.length ? [] : toHead),
    section,
  }
  const row: Anchor[] = []
  let from = { base: -1, head: -1 }
  for (const at of kept) {
    const to = { base: at, head: toHead[at]! }
    row.push(anchorBetween(sides, from, to))
    from = to
  }
  row.push(anchorBetween(sides, from, { base: base.symbols.length, head: head.symbols.length }))
  return row
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

const NOTHING: readonly Displacement[] = []

/** What changed between one symbol that kept its order and the next. */
function anchorBetween({ base, head, toHead, matched, section }: Sides, from: Stop, to: Stop): Anchor {
  const [fromBase, fromHead] = [base.symbols[from.base], head.symbols[from.head]]
  const address = fromBase?.address ?? section.base.address
  const onHead = fromHead?.address ?? section.head.address
  const shift = onHead - address
  const delta = addressAt(head, to.head, section.head) - addressAt(base, to.base, section.base) - shift
  if (delta === 0) return { address, head: onHead, shift, behind: NOTHING }
  const gone = gap(base, from.base, to.base).map(at => displaced(base.symbols[at]!, 'base', toHead[at]! >= 0))
  const come = gap(head, from.head, to.head).map(at => displaced(head.symbols[at]!, 'head', matched.has(at)))
  const changes = [...resized(fromBase, fromHead), ...gone, ...come]
  const behind = [...changes, ...padding(delta, changes, head.symbols[to.head] ?? fromHead)]
  return { address, head: onHead, shift, behind }
}

/** The symbols of a section without those that lie inside the one before (aliases and labels). */
function within(symbols: readonly ElfSymbol[], section: Range): Ordered {
  const inside: ElfSymbol[] = []
  const indexes: number[] = []
  let end = section.address
  for (let index = lastAtOrBefore(symbols, section.address - 1) + 1; index < symbols.length; index++) {
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
