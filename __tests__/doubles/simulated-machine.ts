import {
  type Answer,
  decideTable,
  type Family,
  isAnswered,
  isNotSlower,
} from '../../src/core/decision/decide.ts'
import type { Round } from '../../src/core/decision/rounds.ts'
import { type RoundsSummary, summarizeRounds } from '../../src/core/decision/rounds-summary.ts'
import { type Part, roundOrders } from '../../src/core/decision/schedule.ts'
import type { EffectThreshold } from '../../src/core/statistics/questions.ts'
import { uniform } from '../../src/core/statistics/random.ts'

/** What a machine does to the n-th run, as a factor on its time; slots count every run, position those of a round. */
export type Noise = (next: () => number) => (slot: number, position: number) => number

const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

const steady =
  (spread: number): Noise =>
  next =>
  () =>
    Math.exp(spread * normal(next))

/** Machines with a known truth; all of them treat both sides alike. */
export const MACHINES = {
  quiet: steady(0.01),
  noisy: steady(0.03),
  /** One run in ten is slower by 15 % on average. */
  heavyTailed: next => () =>
    Math.exp(0.01 * normal(next)) * (next() < 0.1 ? 1 - 0.15 * Math.log(1 - next()) : 1),
  /** Each run is 0.2 % slower than the one before. */
  drifting: next => slot => (1 + 0.002 * slot) * Math.exp(0.01 * normal(next)),
  /** Every run draws its physical pages: two clusters, one half slower than the other. */
  bimodal: next => () => (next() < 0.5 ? 1 : 1.5) * Math.exp(0.01 * normal(next)),
  /** The clock falls by 30 % for about twenty runs at a time. */
  bursts: next => {
    let slow = false
    return () => {
      if (next() < 0.05) slow = !slow
      return (slow ? 1.3 : 1) * Math.exp(0.01 * normal(next))
    }
  },
  /** Neighbouring runs are alike: an autoregressive process with a coefficient of 0.9. */
  correlated: next => {
    let state = 0
    return () => {
      state = 0.9 * state + 0.02 * normal(next)
      return Math.exp(state)
    }
  },
  /** The first run of each round finds the caches cold. */
  coldFirst: next => (_, position) => (position === 0 ? 1.08 : 1) * Math.exp(0.01 * normal(next)),
  /** A neighbour slows the first half of every six runs, and every other run. */
  rhythmic: next => slot => (slot % 6 < 3 ? 1.1 : 1) * (slot % 2 ? 1.05 : 1) * Math.exp(0.01 * normal(next)),
} as const satisfies Record<string, Noise>

export interface Simulation {
  readonly noise: Noise
  /** True time of head, and of the control, when base takes 1. */
  readonly head: number
  readonly control?: number
  readonly mark: EffectThreshold
  readonly family: Family
  readonly maxRounds: number
  readonly seed: number
  /** What head's own noise does to each of its runs, as a factor. */
  readonly shape?: (next: () => number) => number
}

/** The rounds of one benchmark as the schedule of the gate would take them, without end. */
export function* simulatedRounds({
  noise,
  head,
  control = 1,
  seed,
  shape = () => 1,
}: Omit<Simulation, 'mark' | 'family' | 'maxRounds'>): Generator<Round, never> {
  const machine = noise(uniform(seed))
  const own = uniform(seed + 2)
  const truth = { base: 1, head, control } as const
  let slot = 0
  for (const order of roundOrders(seed + 1)) {
    const round: Record<Part, number[]> = { base: [], head: [], control: [] }
    for (const [position, part] of order.entries())
      round[part].push(truth[part] * machine(slot++, position) * (part === 'head' ? shape(own) : 1))
    yield round
  }
  throw new Error('the schedule ended')
}

/** Measures one benchmark to its answer or to its last round, as the gate does. */
export function simulate(
  simulation: Simulation,
): Answer & { readonly rounds: number; readonly summary: RoundsSummary } {
  const { mark, family, maxRounds } = simulation
  const rounds: Round[] = []
  let notSlowerAt: number | undefined
  for (const round of simulatedRounds(simulation)) {
    rounds.push(round)
    const summary = summarizeRounds(rounds, mark, family.alpha)
    if (isNotSlower(summary, family)) notSlowerAt ??= rounds.length
    if (
      rounds.length === maxRounds ||
      isAnswered(summary, family, rounds.length - (notSlowerAt ?? rounds.length))
    )
      return {
        ...decideTable([{ summary, ended: { rule: 'budget-over', budget: { of: 'row' } } }], family)[0]!,
        rounds: rounds.length,
        summary,
      }
  }
  throw new Error('the schedule ended')
}
