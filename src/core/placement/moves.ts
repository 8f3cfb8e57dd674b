import type { Geometry } from '../counters/profile.ts'
import type { HotCode } from './compare-hot.ts'
import { setsTouched, unitsSpanned } from './lines.ts'
import type { ObjectView } from './object-view.ts'

/** Where one function or data object lies, in the terms that caches and fetch units use. */
export interface Place {
  readonly address: number
  readonly size: number
  readonly section: string
  /** Address modulo 16, 32, 64 and 4096. */
  readonly modulo: readonly [number, number, number, number]
  readonly lines: number
  readonly sets: readonly number[]
  readonly pages: number
}

/** An unchanged hot function or data object that lies elsewhere. */
export interface Move {
  readonly symbol: string
  readonly object: string
  readonly share: number
  readonly from: Place
  readonly to: Place
}

/** Describes a place; `cache` gives the lines and the sets. */
export function placeOf(
  view: ObjectView,
  range: { readonly address: number; readonly size: number },
  cache: Geometry['l1i'],
): Place {
  const { address, size } = range
  return {
    address,
    size,
    section: view.sectionAt(address)?.name ?? '',
    modulo: [address % 16, address % 32, address % 64, address % 4096],
    lines: unitsSpanned(range, cache.lineBytes),
    sets: setsTouched(range, cache),
    pages: unitsSpanned(range, 4096),
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
