import type { ObjectView } from '../../../src/core/code/object-view.ts'
import { indexSymbols } from '../../../src/core/code/symbol-index.ts'
import type { ElfSymbol } from '../../../src/core/elf/elf.ts'
import { type ObjectPair, pairObject, type SideObject } from '../../../src/core/placement/objects.ts'
import { indexProfile } from '../../../src/core/placement/profile-index.ts'

/** A section of a made-up file: functions (or data) by name and size, laid out one behind the other. */
export interface Laid {
  readonly name: string
  readonly address: number
  readonly symbols: readonly (readonly [string, number])[]
  readonly align?: number
  readonly kind?: 'function' | 'data'
}

/** Symbols laid out as a linker does, each at the next multiple of the alignment. */
function layOut({ address, symbols, align = 16, kind = 'function' }: Laid): ElfSymbol[] {
  let next = address
  return symbols.map(([name, size]) => {
    const at = Math.ceil(next / align) * align
    next = at + size
    return { name, kind, address: at, size, section: 1, local: false }
  })
}

/** One side's file, without bytes: enough for everything that looks at addresses and names only. */
export function sideOf(sections: readonly Laid[]): SideObject {
  const placed = sections.map(section => ({ section, symbols: layOut(section) }))
  const all = placed.flatMap(({ symbols }) => symbols)
  const loaded = placed.map(({ section, symbols }) => {
    const end = Math.max(section.address, ...symbols.map(({ address, size }) => address + size))
    return {
      name: section.name,
      type: 1,
      flags: 2,
      address: section.address,
      offset: 0,
      size: end - section.address,
      align: 16,
      link: 0,
      info: 0,
      entrySize: 0,
    }
  })
  const view = {
    name: 'bench',
    elf: { sections: loaded },
    functions: indexSymbols(all.filter(({ kind }) => kind === 'function')),
    data: indexSymbols(all.filter(({ kind }) => kind === 'data')),
    functionsFrom: 'symtab',
    sectionAt: (address: number) =>
      loaded.find(each => address >= each.address && address < each.address + each.size),
    slotAt: () => undefined,
    stubAt: () => undefined,
  } as unknown as ObjectView
  return { view, profile: indexProfile({ object: 'bench', addresses: [], counts: [] }) }
}

export const pairOf = (base: readonly Laid[], head: readonly Laid[]): ObjectPair =>
  pairObject('bench', { base: sideOf(base), head: sideOf(head) }, false)

/** What it takes to trace a symbol of both sides. */
export function tracedIn(object: ObjectPair, symbol: string, kind: 'functions' | 'data' = 'functions') {
  const address = (side: 'base' | 'head') =>
    object[side]!.view[kind].symbols.find(({ name }) => name === symbol)!.address
  return { object, kind, symbol, base: address('base'), head: address('head') }
}
