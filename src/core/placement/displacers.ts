import { lastStart } from '../code/symbol-index.ts'
import type { ElfSection } from '../elf/elf.ts'
import { compareSection, type Displacement, type SectionRow } from './displacement.ts'
import type { ObjectPair } from './objects.ts'

/** What to trace: an address on both sides, of a function or of data. */
export interface Traced {
  readonly object: ObjectPair
  readonly kind: 'functions' | 'data'
  readonly symbol: string
  readonly base: number
  readonly head: number
}

/** A change in front of at least one traced symbol, and how many of them it pushes. */
export interface Push extends Displacement {
  readonly object: string
  readonly pushes: number
}

const ALLOCATED = 2
/** Above this, changes of one kind are one statement: another link order, another alignment. */
const MANY = 12
const SHOWN = 5
const MOST_PUSHES = 48

/**
 * Finds what pushed the traced symbols: everything that changed size or order between the last symbol that did not
 * move and the traced one. Where the whole section moved, the sections in front of it are looked into.
 */
export function findPushes(traced: readonly Traced[]): Push[] {
  const rows = new Map<string, CoveredRow>()
  const alone: Push[] = []
  for (const each of traced) {
    const { object, kind, symbol, base, head } = each
    if (base === head || !object.base || !object.head) continue
    const [ofBase, ofHead] = [object.base.view.sectionAt(base), object.head.view.sectionAt(head)]
    const covered =
      ofBase && ofHead?.name === ofBase.name && rowOf(rows, { object, kind, base: ofBase, head: ofHead })
    if (!covered || !cover(covered, each)) {
      alone.push({ symbol, change: 'reordered', bytes: head - base, object: object.name, pushes: 1 })
    }
  }
  const found = [...rows.values()].flatMap(covered => [...pushesOf(covered), ...pushesInFront(covered)])
  return summarise(mergeSame([...found, ...alone])).slice(0, MOST_PUSHES)
}

const byWeight = (a: Push, b: Push): number => Math.abs(b.bytes) - Math.abs(a.bytes) || b.pushes - a.pushes

/** A row with the number of traced symbols whose chain begins and ends at each anchor. */
interface CoveredRow extends Sections {
  readonly object: ObjectPair
  readonly row: SectionRow
  /** For each anchor the last one at or in front of it that did not move, or -1. */
  readonly unmoved: readonly number[]
  readonly begins: Int32Array
  /** Traced symbols whose chain reaches beyond the section's start. */
  inFront: number
}

function rowOf(
  rows: Map<string, CoveredRow>,
  of: Sections & { readonly object: ObjectPair; readonly kind: Traced['kind'] },
): CoveredRow {
  const key = `${of.object.name}\0${of.kind}\0${of.base.name}`
  const known = rows.get(key)
  if (known) return known
  const row = compareSection(of.object, of.kind, of)
  const unmoved: number[] = []
  for (const { shift } of row.anchors) unmoved.push(shift === 0 ? unmoved.length : (unmoved.at(-1) ?? -1))
  const covered = { ...of, row, unmoved, begins: new Int32Array(row.anchors.length + 1), inFront: 0 }
  rows.set(key, covered)
  return covered
}

/** Notes the chain of one traced symbol; false when the symbol itself is in another order. */
function cover(covered: CoveredRow, traced: Traced): boolean {
  const { row, unmoved, begins } = covered
  const at = lastStart(row.kept.base, traced.base)
  if (row.kept.base[at] !== traced.base || row.kept.head[at] !== traced.head) return false
  const ends = row.anchors.findLastIndex(anchor => anchor.at < at) + 1
  const from = unmoved[ends - 1] ?? -1
  begins[Math.max(from, 0)]! += 1
  begins[ends]! -= 1
  if (from < 0) covered.inFront += 1
  return true
}

function pushesOf({ row, begins, object }: CoveredRow): Push[] {
  const found: Push[] = []
  let pushes = 0
  row.anchors.forEach(({ behind }, at) => {
    pushes += begins[at]!
    if (pushes === 0) return
    for (const displacement of behind) found.push({ ...displacement, object: object.name, pushes })
  })
  return found
}

/** The same change can be met in a row of functions and in a row of data, and from several sections behind it. */
function mergeSame(pushes: readonly Push[]): Push[] {
  const merged = new Map<string, Push>()
  for (const push of pushes) {
    // What is in another order is met twice: where it left and where it came.
    const place = push.change === 'reordered' ? '' : `${push.base?.address} ${push.head?.address}`
    const key = `${push.object}\0${push.symbol}\0${push.change}\0${place}`
    merged.set(key, { ...push, pushes: push.pushes + (merged.get(key)?.pushes ?? 0) })
  }
  return [...merged.values()]
}

interface Sections {
  readonly base: ElfSection
  readonly head: ElfSection
}

/** The sections between the last one that did not move and the one of the row: what changed in them. */
function pushesInFront(covered: CoveredRow): Push[] {
  const { object, inFront, base: moved } = covered
  if (inFront === 0) return []
  const found: Displacement[] = []
  const ofHead = new Map(loadedSections(object, 'head').map(section => [section.name, section]))
  let from = 0
  for (const base of loadedSections(object, 'base')
    .filter(({ address }) => address < moved.address)
    .reverse()) {
    const head = ofHead.get(base.name)
    found.push(
      ...(head ? changesIn(object, { base, head }) : [sectionChange(base.name, -base.size, 'removed')]),
    )
    if (head?.address !== base.address) continue
    from = base.address
    break
  }
  found.push(...addedSections(object, covered, from))
  return found.map(displacement => ({ ...displacement, object: object.name, pushes: inFront }))
}

function addedSections(object: ObjectPair, moved: Sections, from: number): Displacement[] {
  const names = new Set(loadedSections(object, 'base').map(({ name }) => name))
  return loadedSections(object, 'head')
    .filter(({ name, address }) => !names.has(name) && address >= from && address < moved.head.address)
    .map(({ name, size }) => sectionChange(name, size, 'added'))
}

function loadedSections(object: ObjectPair, side: 'base' | 'head'): ElfSection[] {
  return object[side]!.view.elf.sections.filter(({ flags, size }) => flags & ALLOCATED && size > 0).toSorted(
    (a, b) => a.address - b.address,
  )
}

/** The symbols that changed in a section, or the section itself where no symbol accounts for it. */
function changesIn(object: ObjectPair, sections: Sections): Displacement[] {
  const bytes = sections.head.size - sections.base.size
  if (bytes === 0) return []
  const byName = (['functions', 'data'] as const).flatMap(kind => {
    const row = compareSection(object, kind, sections)
    return row.kept.base.length > 1
      ? row.anchors.flatMap(anchor => anchor.behind.filter(({ change }) => change !== 'padding'))
      : []
  })
  if (byName.length > 0) return byName
  return [sectionChange(sections.base.name, bytes, bytes > 0 ? 'grew' : 'shrank')]
}

function sectionChange(name: string, bytes: number, change: Displacement['change']): Displacement {
  return { symbol: `section ${name}`, change, bytes }
}

/** Dozens of moved or realigned symbols are one cause, the link order or an option: that is reported, and a few are shown. */
function summarise(pushes: readonly Push[]): Push[] {
  const together = (change: Push['change'], name: (count: number) => string): Push[] => {
    const same = pushes.filter(push => push.change === change).sort(byWeight)
    if (same.length < MANY) return same
    const most = Math.max(...same.map(push => push.pushes))
    const bytes = change === 'padding' ? same.reduce((sum, push) => sum + push.bytes, 0) : 0
    return [
      { symbol: name(same.length), change, bytes, object: same[0]!.object, pushes: most },
      ...same.slice(0, SHOWN),
    ]
  }
  return [
    ...together('reordered', count => `the link order of ${count} symbols`),
    ...together('padding', count => `padding in ${count} places`),
    ...pushes.filter(({ change }) => change !== 'reordered' && change !== 'padding').sort(byWeight),
  ]
}
