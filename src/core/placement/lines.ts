import type { CacheGeometry } from '../counters/profile.ts'

/** The number of sets of a cache; 1 for a fully associative one. */
export function setsOf({ sizeBytes, ways, lineBytes }: CacheGeometry): number {
  return Math.max(1, Math.round(sizeBytes / (ways * lineBytes)))
}

/** The cache lines (address divided by the line size) that a range of bytes lies on. */
export function linesOf(
  range: { readonly address: number; readonly size: number },
  lineBytes: number,
): number[] {
  const first = Math.floor(range.address / lineBytes)
  const last = Math.floor((range.address + Math.max(range.size, 1) - 1) / lineBytes)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** The cache sets that a range of bytes lies on, ascending, each once. */
export function setsTouched(
  range: { readonly address: number; readonly size: number },
  cache: CacheGeometry,
): number[] {
  const sets = setsOf(cache)
  const touched = new Set(linesOf(range, cache.lineBytes).map(line => line % sets))
  return [...touched].sort((a, b) => a - b)
}

/** How many units of `bytes` a range of bytes lies on: lines, 32-byte windows, pages. */
export function unitsSpanned(
  range: { readonly address: number; readonly size: number },
  bytes: number,
): number {
  return linesOf(range, bytes).length
}

/** A set index is known from a link-time address only when pages do not decide it. */
export function indexedWithinPage(cache: CacheGeometry): boolean {
  return setsOf(cache) * cache.lineBytes <= 4096
}
