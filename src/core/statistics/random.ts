/** A stream of numbers in [0, 1), the same for the same seed on every machine (the splitmix32 mixer). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 2 ** 32
  }
}

/** A copy in random order, every order equally likely (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const copy = [...items]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1))
    const kept = copy[last]!
    copy[last] = copy[other]!
    copy[other] = kept
  }
  return copy
}

/** A seed of its own for the n-th of several streams that share one seed in the report. */
export function seedOf(seed: number, stream: number): number {
  return Math.floor(uniform((seed ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0)() * 2 ** 32)
}
