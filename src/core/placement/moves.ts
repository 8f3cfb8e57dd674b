import type { ObjectView } from '../code/object-view.ts'
import { setsTouched, unitsSpanned } from '../processor/cache-lines.ts'
import type { CacheGeometry, Geometry } from '../processor/geometry.ts'
import type { HotCode } from './compare-hot.ts'

/** Where one function or data object is, in the terms that caches and fetch units use. */
export interface CodePlace {
  readonly address: number
  readonly size: number
  /** Absent where no section holds the address. */
  readonly section?: string
  /** Cache lines and pages that it is on, whole or in part. */
  readonly lines: number
  readonly pages: number
  readonly sets: readonly number[]
}

/** An unchanged hot function or data object that is elsewhere. */
export interface Move {
  readonly symbol: string
  readonly object: string
  readonly share: number
  readonly from: CodePlace
  readonly to: CodePlace
}

const PAGE_BYTES = 4096

/** Describes a place; `cache` gives the lines and the sets. */
export function placeOf(
  view: ObjectView,
  range: { readonly address: number; readonly size: number },
  cache: CacheGeometry,
): CodePlace {
  const { address, size } = range
  const section = view.sectionAt(address)
  return {
    address,
    size,
    ...(section ? { section: section.name } : {}),
    lines: unitsSpanned(range, cache.lineBytes),
    pages: unitsSpanned(range, PAGE_BYTES),
    sets: setsTouched(range, cache),
  }
}

/** The hot functions that moved with the code that runs unchanged, hottest first. */
export function movesOf(hot: readonly HotCode[], geometry: Geometry): Move[] {
  return hot.flatMap(({ name, object, base, head, moved, sameness }) => {
    if (!moved || !base || !head || sameness === 'changed' || !object.base || !object.head) return []
    return [
      {
        symbol: name,
        object: object.name,
        share: Math.max(base.share, head.share),
        from: placeOf(object.base.view, base.symbol, geometry.l1i),
        to: placeOf(object.head.view, head.symbol, geometry.l1i),
      },
    ]
  })
}

/** How many different distances the moves have: one common distance cannot change crowding among the moved. */
export function distancesOf(moves: readonly Move[]): number {
  return new Set(moves.map(({ from, to }) => to.address - from.address)).size
}
