import type { CacheGeometry } from './geometry.ts'

/** The number of sets of a cache; 1 for a fully associative one. */
export function setsOf({ sizeBytes, ways, lineBytes }: CacheGeometry): number {
  return Math.max(1, Math.round(sizeBytes / (ways * lineBytes)))
}

/** The cache lines (address divided by the line size) that a range of bytes is on; for small ranges. */
export function linesOf(
  range: { readonly address: number; readonly size: number },
  lineBytes: number,
): number[] {
  const first = Math.floor(range.address / lineBytes)
  return Array.from({ length: unitsSpanned(range, lineBytes) }, (_, index) => first + index)
}

/** The cache sets that a range of bytes is on, ascending, each once; large objects are on all of them. */
export function setsTouched(
  range: { readonly address: number; readonly size: number },
  cache: CacheGeometry,
): number[] {
  const sets = setsOf(cache)
  const first = Math.floor(range.address / cache.lineBytes)
  const count = Math.min(sets, unitsSpanned(range, cache.lineBytes))
  return Array.from({ length: count }, (_, index) => (first + index) % sets).sort((a, b) => a - b)
}

/** How many units of `bytes` a range of bytes is on: lines, 32-byte windows, pages. */
export function unitsSpanned(
  range: { readonly address: number; readonly size: number },
  bytes: number,
): number {
  return (
    Math.floor((range.address + Math.max(range.size, 1) - 1) / bytes) - Math.floor(range.address / bytes) + 1
  )
}

/** A set index is known from a link-time address only when pages do not decide it. */
export function indexedWithinPage(cache: CacheGeometry): boolean {
  return setsOf(cache) * cache.lineBytes <= 4096
}
