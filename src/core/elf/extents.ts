/** A stretch of addresses. */
export interface Extent {
  readonly address: number
  readonly size: number
}

/** The extent that holds an address, of extents in ascending order that do not overlap. */
export function extentAt<T extends Extent>(extents: readonly T[], address: number): T | undefined {
  let [low, high] = [0, extents.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (extents[middle]!.address <= address) low = middle + 1
    else high = middle
  }
  const extent = extents[low - 1]
  return extent && address < extent.address + extent.size ? extent : undefined
}
