/**
 * The two-sided p-value of the Mann–Whitney U test (Mann and Whitney 1947): how probable it is that two samples of
 * one distribution are parted at least this far. Exact without ties up to 50 values a side, else by the normal
 * approximation with correction for ties and continuity. 1 when a side is empty.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): number {
  if (first.length === 0 || second.length === 0) return 1
  const { below, ties } = countBelow(first, second)
  const farther = Math.min(below, first.length * second.length - below)
  if (ties.length === 0 && Math.max(first.length, second.length) <= 50) {
    return Math.min(1, 2 * exactTail(farther, first.length, second.length))
  }
  return normalTail(farther, { n: first.length, m: second.length, ties })
}

/** U: pairs in which the first is smaller, halves for equal ones; and the sizes of the groups of equal values. */
function countBelow(first: readonly number[], second: readonly number[]): { below: number; ties: number[] } {
  let below = 0
  for (const a of first) for (const b of second) below += a < b ? 1 : a === b ? 0.5 : 0
  const groups = new Map<number, number>()
  for (const value of [...first, ...second]) groups.set(value, (groups.get(value) ?? 0) + 1)
  return { below, ties: [...groups.values()].filter(size => size > 1) }
}

/** P(U <= u) by counting the orders that yield each U: partitions into at most n parts of at most m. */
function exactTail(u: number, n: number, m: number): number {
  let ways = new Float64Array(n * m + 1)
  ways[0] = 1
  for (let i = 1; i <= n; i++) {
    const next = ways.slice()
    for (let at = m + i; at < next.length; at++) next[at]! -= ways[at - m - i]!
    for (let at = i; at < next.length; at++) next[at]! += next[at - i]!
    ways = next
  }
  const all = ways.reduce((sum, count) => sum + count, 0)
  return ways.subarray(0, Math.floor(u) + 1).reduce((sum, count) => sum + count, 0) / all
}

function normalTail(
  u: number,
  of: { readonly n: number; readonly m: number; readonly ties: readonly number[] },
): number {
  const { n, m, ties } = of
  const size = n + m
  const tied = ties.reduce((sum, group) => sum + group ** 3 - group, 0) / (size * (size - 1))
  const deviation = Math.sqrt(((n * m) / 12) * (size + 1 - tied))
  if (deviation === 0) return 1
  const z = (u - (n * m) / 2 + 0.5) / deviation
  return Math.min(1, 2 * normalBelow(Math.min(z, 0)))
}

/** The standard normal distribution function below zero (Abramowitz and Stegun 26.2.17; error under 1e-7). */
function normalBelow(z: number): number {
  const t = 1 / (1 - 0.2316419 * z)
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
