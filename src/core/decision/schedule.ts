import { shuffled, uniform } from '../statistics/random.ts'

/** Where a run takes place: in the work tree of a side, or in the second copy of base that is the control. */
export type Part = 'base' | 'head' | 'control'

/** The runs of one round: as many of head as of base and its second copy together. */
export const ROUND_PARTS: readonly Part[] = ['head', 'head', 'head', 'base', 'base', 'control']

/** The rounds that one workload gets before it is another's turn: as many as the clearest answer needs. */
export const BLOCK_ROUNDS = 2

/**
 * The order of the runs in each round, without end and the same for the same seed. Every order is equally likely whatever the orders
 * before it were, so that equal builds are exchangeable within a round whatever the machine does.
 */
export function* roundOrders(seed: number): Generator<readonly Part[], never> {
  const next = uniform(seed)
  for (;;) yield shuffled(ROUND_PARTS, next)
}
