import type { ObjectProfile } from '../counters/profile.ts'

/** What was counted in a range of addresses. */
export interface Cost {
  readonly count: number
  readonly icacheMisses: number
  readonly dcacheMisses: number
}

/** Answers for one object what was counted where. */
export interface ProfileIndex {
  readonly profile: ObjectProfile
  /** The sum over addresses from `start` up to, not including, `end`. */
  sum(start: number, end: number): Cost
  /** The count at exactly this address. */
  at(address: number): number
}

/** Sums once, so that ranges are answered in logarithmic time. */
export function indexProfile(profile: ObjectProfile): ProfileIndex {
  const { addresses } = profile
  const counts = runningSum(profile.counts)
  const icache = runningSum(profile.icacheMisses ?? [])
  const dcache = runningSum(profile.dcacheMisses ?? [])
  const between = (sums: Float64Array, from: number, to: number): number =>
    (sums[Math.min(to, sums.length - 1)] ?? 0) - (sums[Math.min(from, sums.length - 1)] ?? 0)
  return {
    profile,
    sum: (start, end) => {
      const [from, to] = [firstAtOrAfter(addresses, start), firstAtOrAfter(addresses, end)]
      return {
        count: between(counts, from, to),
        icacheMisses: between(icache, from, to),
        dcacheMisses: between(dcache, from, to),
      }
    },
    at: address => {
      const index = firstAtOrAfter(addresses, address)
      return addresses[index] === address ? profile.counts[index]! : 0
    },
  }
}

function runningSum(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let index = 0; index < values.length; index++) sums[index + 1] = sums[index]! + values[index]!
  return sums
}

function firstAtOrAfter(addresses: readonly number[], address: number): number {
  let low = 0
  let high = addresses.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (addresses[middle]! < address) low = middle + 1
    else high = middle
  }
  return low
}
