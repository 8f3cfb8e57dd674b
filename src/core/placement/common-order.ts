/**
 * The longest strictly increasing subsequence, as positions in the input: what keeps its order when the rest is
 * taken to have been moved (patience sorting; Fredman 1975). Negative values are left out. n log n.
 */
export function longestIncreasing(values: ArrayLike<number>): number[] {
  const tails: number[] = []
  const previous = new Int32Array(values.length).fill(-1)
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (value < 0) continue
    // Nearly all values of two builds continue the longest run: they need no search.
    let low = tails.length > 0 && values[tails.at(-1)!]! < value ? tails.length : 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (values[tails[middle]!]! < value) low = middle + 1
      else high = middle
    }
    previous[at] = low > 0 ? tails[low - 1]! : -1
    tails[low] = at
  }
  const kept: number[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) kept.push(at)
  return kept.reverse()
}
