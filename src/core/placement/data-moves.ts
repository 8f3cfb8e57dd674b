import type { ObjectView } from '../code/object-view.ts'
import type { SymbolIndex } from '../code/symbol-index.ts'
import type { ElfSymbol } from '../elf/elf.ts'
import type { Side } from '../model/side.ts'
import { linesOf } from '../processor/cache-lines.ts'
import type { Geometry } from '../processor/geometry.ts'
import type { HotCode } from './compare-hot.ts'
import type { VisitedLine } from './crowding.ts'
import { type Move, placeOf } from './moves.ts'
import type { ObjectPair } from './objects.ts'

/** A data object that hot code refers to, by name or through a table of pointers, on one side. */
export interface HotData {
  readonly object: ObjectPair
  readonly index: number
  readonly symbol: ElfSymbol
  /** Share of the counts in the functions that refer to it: how hot the code is that uses it. */
  readonly share: number
  /** Share of the counts in the instructions that name it; a table of pointers shares its own out. */
  readonly visits: number
}

/** Larger objects fill every set evenly wherever they are. */
const LARGEST_CROWDING_BYTES = 4096
const LARGEST_TABLE_BYTES = 65536

/** The named data that one side's hot functions refer to. Data on the heap and the stack is not seen. */
export function findHotData(
  hot: readonly HotCode[],
  side: Side,
  how: { readonly total: number; readonly exact: boolean },
): HotData[] {
  const { total, exact } = how
  const found = new Map<ElfSymbol, HotData>()
  for (const [object, mentions] of mentionsOf(hot, side, exact)) {
    for (const [symbol, { count, share }] of mentions) {
      const visits = total > 0 ? count / total : 0
      record(found, object, { side, symbol, share, visits })
      const targets = pointees(object[side]!.view, symbol)
      for (const target of targets)
        record(found, object, { side, symbol: target, share, visits: visits / targets.length })
    }
  }
  return [...found.values()].sort((a, b) => b.share - a.share)
}

interface Mention {
  /** How often instructions ran that name it. */
  readonly count: number
  readonly share: number
}

/** The data objects that instructions name which ran, by object file; samples may have missed any instruction. */
function mentionsOf(
  hot: readonly HotCode[],
  side: Side,
  exact: boolean,
): Map<ObjectPair, Map<ElfSymbol, Mention>> {
  const all = new Map<ObjectPair, Map<ElfSymbol, Mention>>()
  for (const { object, ...codes } of hot) {
    const part = object[side]
    const code = side === 'base' ? codes.baseCode : codes.headCode
    if (!part || !code || object.shared) continue
    const mentions = all.get(object) ?? new Map<ElfSymbol, Mention>()
    all.set(object, mentions)
    for (const { address, fields } of code.body.instructions) {
      const count = fields.length > 0 ? Math.max(part.profile.at(address), exact ? 0 : 1) : 0
      if (count === 0) continue
      for (const { kind, target } of fields) {
        const symbol = kind === 'code' ? undefined : dataAt(part.view, target)
        const known = symbol && mentions.get(symbol)
        const share = Math.max(known?.share ?? 0, codes[side]?.share ?? 0)
        if (symbol) mentions.set(symbol, { count: (known?.count ?? 0) + count, share })
      }
    }
  }
  return all
}

const DATA_SECTION = /^\.(?:l?data|l?bss|l?rodata|tdata|tbss|sdata|sbss|noptr)/

/** A data object of the program's own: not the linker's marks in unwind tables and offset tables. */
function dataAt(view: ObjectView, address: number): ElfSymbol | undefined {
  const symbol = view.data.at(address)
  return symbol && DATA_SECTION.test(view.sectionAt(symbol.address)?.name ?? '') ? symbol : undefined
}

/** The data objects that a table of pointers leads to. */
function pointees(view: ObjectView, table: ElfSymbol): ElfSymbol[] {
  if (table.size > LARGEST_TABLE_BYTES) return []
  const targets: ElfSymbol[] = []
  for (let at = table.address; at + 8 <= table.address + table.size; at += 8) {
    const slot = view.slotAt(at)
    const target = slot && 'address' in slot ? dataAt(view, slot.address) : undefined
    if (target && target !== table) targets.push(target)
  }
  return targets
}

function record(
  found: Map<ElfSymbol, HotData>,
  object: ObjectPair,
  of: { readonly side: Side; readonly symbol: ElfSymbol; readonly share: number; readonly visits: number },
): void {
  const { side, symbol } = of
  const known = found.get(symbol)
  const index = known?.index ?? indexOfSymbol(object[side]!.view.data, symbol)
  const share = Math.max(known?.share ?? 0, of.share)
  found.set(symbol, { object, index, symbol, share, visits: (known?.visits ?? 0) + of.visits })
}

function indexOfSymbol({ symbols, lastUpTo }: SymbolIndex, symbol: ElfSymbol): number {
  let index = lastUpTo(symbol.address)
  while (index >= 0 && symbols[index] !== symbol) index--
  return index
}

/** The data lines that one side visits, as far as static evidence reaches: small named objects. */
export function visitedData(data: readonly HotData[], lineBytes: number): VisitedLine[] {
  const lines = new Map<string, { line: number; visits: number; owners: string[] }>()
  for (const { object, symbol, visits } of data) {
    if (symbol.size > LARGEST_CROWDING_BYTES) continue
    const on = linesOf(symbol, lineBytes)
    for (const line of on) {
      const key = `${object.name}\0${line}`
      const known = lines.get(key) ?? { line, visits: 0, owners: [] }
      lines.set(key, {
        line,
        visits: known.visits + visits / on.length,
        owners: [...known.owners, symbol.name],
      })
    }
  }
  return [...lines.values()]
}

/** Hot data that is elsewhere, and hot data whose size changed. */
export interface DataMoves {
  /** Names of hot data of the same size with other contents. */
  readonly rewritten: readonly string[]
  readonly moved: readonly Move[]
  readonly resized: readonly {
    readonly symbol: string
    readonly from: number
    readonly to: number
    readonly share: number
  }[]
}

/** Compares the hot data of two sides by name. */
export function moveData(head: readonly HotData[], geometry: Geometry): DataMoves {
  const moved: Move[] = []
  const rewritten: string[] = []
  const resized: { symbol: string; from: number; to: number; share: number }[] = []
  for (const { object, index, symbol, share } of head) {
    const partner = object.data.baseOf[index] ?? -1
    const old = partner >= 0 ? object.base?.view.data.symbols[partner] : undefined
    if (!old || !object.base || !object.head) continue
    if (!sameContents({ view: object.base.view, symbol: old }, { view: object.head.view, symbol }))
      rewritten.push(symbol.name)
    if (old.size !== symbol.size)
      resized.push({ symbol: symbol.name, from: old.size, to: symbol.size, share })
    else if (old.address !== symbol.address) {
      const from = placeOf(object.base.view, old, geometry.l1d)
      moved.push({
        symbol: symbol.name,
        object: object.name,
        share,
        from,
        to: placeOf(object.head.view, symbol, geometry.l1d),
      })
    }
  }
  return { moved, resized, rewritten }
}

interface DataObject {
  readonly view: ObjectView
  readonly symbol: ElfSymbol
}

/** Equal bytes, where pointers are equal whatever their address; another size is another matter. */
function sameContents(base: DataObject, head: DataObject): boolean {
  if (base.symbol.size !== head.symbol.size) return true
  const size = Math.min(base.symbol.size, LARGEST_TABLE_BYTES)
  const [one, other] = [
    base.view.elf.bytesAt(base.symbol.address, size),
    head.view.elf.bytesAt(head.symbol.address, size),
  ]
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 8) {
    const equal = one.subarray(at, at + 8).every((byte, index) => byte === other[at + index])
    if (!equal && !(base.view.slotAt(base.symbol.address + at) && head.view.slotAt(head.symbol.address + at)))
      return false
  }
  return true
}
