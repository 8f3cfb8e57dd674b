import type { ObjectView } from '../code/object-view.ts'
import type { Profile } from '../counters/profile.ts'
import type { InlineTable } from '../elf/dwarf/inline-table.ts'
import type { LineTable } from '../elf/dwarf/line-table.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { Geometry } from '../processor/geometry.ts'
import type { Hazard } from '../processor/hazards.ts'
import type { BuiltSources } from '../source/built-sources.ts'
import type { SourceChange } from '../source/source-change.ts'
import { type Matching, matchSymbols } from './match.ts'
import type { ProfileIndex } from './profile-index.ts'

/** One side's file with what was counted in it. */
export interface SideObject {
  readonly view: ObjectView
  readonly profile: ProfileIndex
}

/** One file of the benchmark on both sides, or on one when the other does not map it. */
export interface ObjectPair {
  readonly name: string
  readonly base?: SideObject
  readonly head?: SideObject
  readonly functions: Matching
  readonly data: Matching
  /** The very same file on both sides: a system library. */
  readonly shared: boolean
}

/** Debug lines of an object on one side, where it has any. */
export type LinesOf = (object: ObjectPair, side: Side) => LineTable | undefined

/** What the static analysis needs. */
export interface ExamineRequest {
  readonly objects: readonly ObjectPair[]
  readonly profiles: PerSide<Profile>
  readonly geometry: Geometry
  /** What the processor is known for; nothing when absent. */
  readonly hazards?: readonly Hazard[]
  readonly change: SourceChange
  readonly lines: LinesOf
  readonly inlines?: (object: ObjectPair, side: Side) => InlineTable | undefined
  /** Absent where nobody looked at the sources that were built. */
  readonly sources?: BuiltSources
}

/** Matches the functions and data objects of one file's two builds. */
export function pairObject(name: string, sides: Partial<PerSide<SideObject>>, shared: boolean): ObjectPair {
  const { base, head } = sides
  const symbols = (side: Side, kind: 'functions' | 'data') => sides[side]?.view[kind].symbols ?? []
  const match = (kind: 'functions' | 'data'): Matching => {
    const both = { base: symbols('base', kind), head: symbols('head', kind) }
    if (shared) return identity(both.base.length)
    return matchSymbols(both.base, both.head)
  }
  const files = { ...(base ? { base } : {}), ...(head ? { head } : {}) }
  return { name, ...files, shared, functions: match('functions'), data: match('data') }
}

function identity(length: number): Matching {
  const same = Int32Array.from({ length }, (_, index) => index)
  return { headOf: same, baseOf: same, clones: [] }
}
