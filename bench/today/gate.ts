import type { Noise } from '../../__tests__/doubles/simulated-machine.ts'
import type { EffectThreshold } from '../../src/core/statistics/questions.ts'
import { shuffled, uniform } from '../../src/core/statistics/random.ts'
import { confidenceSequence } from './confidence-sequence.ts'
import { evidenceOf } from './questions.ts'

/** How a gate ended, and how many program runs it measured. */
export interface Ended {
  readonly decision: 'slower' | 'notSlower' | 'undecided'
  readonly runs: number
}

/** What a gate of the earlier method sees of one round. */
export interface RoundOfThree {
  readonly base: number
  readonly head: number
  readonly control: number
}

type Part = keyof RoundOfThree

/** Runs that version 0.1 spent before the first one that counts: two of the survey, and a warm-up of three. */
export const RUNS_BEFORE = 5

/**
 * Version 0.1 decided like this, and it stays here to be compared with: rounds of three runs, in blocks that hold each order once, a
 * coin for each round in which both copies of base agree, and no end before "faster?" is answered too.
 */
export function gateOfToday(
  rounds: Iterator<RoundOfThree>,
  { mark, alpha, rows, maxRuns }: { mark: EffectThreshold; alpha: number; rows: number; maxRuns: number },
): Ended {
  const taken: RoundOfThree[] = []
  const [table, row] = [Math.log(rows / alpha), -Math.log(alpha)]
  for (;;) {
    const next = rounds.next()
    if (next.done) return { decision: 'undecided', runs: 3 * taken.length }
    taken.push(next.value)
    const { slower, notSlower, faster, notFaster } = evidenceAt(taken, mark, alpha)
    const runs = 3 * taken.length
    if (slower >= table) return { decision: 'slower', runs }
    const passes = notSlower >= row
    if (passes && (faster >= table || notFaster >= row)) return { decision: 'notSlower', runs }
    if (runs + 3 > maxRuns) return { decision: passes ? 'notSlower' : 'undecided', runs }
  }
}

function evidenceAt(rounds: readonly RoundOfThree[], mark: EffectThreshold, alpha: number) {
  const trials = rounds.map(({ base, head, control }) => ({ subject: head, references: [base, control] }))
  const copies = rounds.map(({ base, control }) => ({ subject: control, references: [base] }))
  const { slower, faster } = evidenceOf(copies, mark, 1)
  const none = Number.NEGATIVE_INFINITY
  if (Math.max(slower, faster) >= -Math.log(alpha))
    return { slower: none, notSlower: none, faster: none, notFaster: none }
  const control = confidenceSequence(
    copies.map(({ subject, references }) => references.map(reference => subject / reference)),
    alpha,
  )
  return evidenceOf(trials, mark, control ? Math.max(1, control.low, 1 / control.high) : 1)
}

/** The rounds of three as version 0.1 took them on a simulated machine. */
export function* roundsOfThree(of: {
  readonly noise: Noise
  readonly head: number
  readonly seed: number
  readonly shape?: (next: () => number) => number
}): Generator<RoundOfThree, never> {
  const { noise, head, seed, shape = () => 1 } = of
  const machine = noise(uniform(seed))
  const own = uniform(seed + 2)
  const next = uniform(seed + 1)
  const truth = { base: 1, head, control: 1 } as const
  let slot = 0
  for (;;)
    for (const order of shuffled(ORDERS, next)) {
      const round: Record<Part, number> = { base: 1, head: 1, control: 1 }
      for (const [position, part] of order.entries())
        round[part] = truth[part] * machine(slot++, position) * (part === 'head' ? shape(own) : 1)
      yield round
    }
}

const ORDERS: readonly (readonly Part[])[] = [
  ['base', 'head', 'control'],
  ['base', 'control', 'head'],
  ['head', 'base', 'control'],
  ['head', 'control', 'base'],
  ['control', 'base', 'head'],
  ['control', 'head', 'base'],
]
