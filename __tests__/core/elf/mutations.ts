import { casesOf, SEED } from '../../doubles/soak.ts'

/** A small generator of numbers below a bound, the same for the same seed (Steele, Lea and Flood's SplitMix, 32 bits). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32) * below)
  }
}

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

/** A copy with one to four faults: a byte changed, a number made extreme, a part repeated, the end cut off. */
export function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  for (let faults = 1 + random(4); faults > 0; faults--) {
    const at = random(copy.length)
    const kind = random(8)
    if (kind < 4) copy[at] = random(256)
    else if (kind < 6 && at + 4 <= copy.length)
      view.setUint32(at, extremes[random(extremes.length)]!, random(2) === 0)
    else if (kind === 6) copy.copyWithin(at, random(copy.length), random(copy.length))
    else if (random(4) === 0) return copy.subarray(0, at)
  }
  return copy
}

/** What the broken inputs came to: so many were tried, read without a complaint, or refused. */
export interface MutationTally {
  readonly tried: number
  readonly read: number
  readonly refused: number
}

/** Reads mutated copies in turn, a hundred thousand in the soak; only errors of the wanted kind may come out of it. */
export function tally(
  samples: readonly Uint8Array[],
  plan: {
    readonly read: (bytes: Uint8Array) => void
    readonly expected: (error: unknown) => boolean
  },
): MutationTally {
  const random = seeded(SEED)
  const tried = casesOf(100_000)
  let [read, refused] = [0, 0]
  // The stacks would take most of the time.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  for (let index = 0; index < tried; index++) {
    const bytes = mutate(samples[index % samples.length]!, random)
    try {
      plan.read(bytes)
      read++
    } catch (error) {
      if (!plan.expected(error)) throw error
      refused++
    }
  }
  Error.stackTraceLimit = stackTraceLimit
  return { tried, read, refused }
}
