import { shuffled, uniform } from '../statistics/random.ts'

/** One of the three runs of a round: each side, and the second copy of base that is the control. */
export type Part = 'base' | 'head' | 'control'

/** The rounds of a block, in which every order comes once. */
export const BLOCK_ROUNDS = 6

const PARTS: readonly Part[] = ['base', 'head', 'control']

/**
 * The order of the runs in each round, without end and the same for the same seed. A block holds every order
 * once, itself in random order, so that whatever favours the first or the last run of a round favours nobody.
 */
export function* roundOrders(seed: number): Generator<readonly Part[], never> {
  const next = uniform(seed)
  for (;;) yield* shuffled(permutations(PARTS), next)
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((first, at) => permutations(items.toSpliced(at, 1)).map(rest => [first, ...rest]))
}
