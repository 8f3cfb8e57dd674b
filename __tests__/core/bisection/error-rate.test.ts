import { expect, test } from '@jest/globals'
import { answerOf } from '../../../src/core/bisection/bisection.ts'
import { midpointOf } from '../../../src/core/bisection/midpoint.ts'
import { type CommitAnswer, mostDecisions, nextStep } from '../../../src/core/bisection/search.ts'
import { seedOf, uniform } from '../../../src/core/statistics/random.ts'
import { MACHINES, simulate } from '../../doubles/simulated-machine.ts'
import { counted, PATIENCE } from '../../doubles/soak.ts'

const COMMITS = 24

interface Trial {
  readonly machine: keyof typeof MACHINES
  /** The change against the good commit before the culprit and from it on; the probes ask about half of it. */
  readonly before: number
  readonly after: number
  readonly alpha: number
  readonly seed: number
}

/** Whether one simulated bisection leaves the culprit out, and whether it ends with a single commit. */
function bisectOnce({ machine, before, after, alpha, seed }: Trial) {
  const culprit = 1 + Math.floor(uniform(seed)() * COMMITS)
  const answers = new Map<number, CommitAnswer>()
  for (;;) {
    const step = nextStep({ commits: COMMITS, answers })
    if (step.kind === 'narrowed') {
      const { below, above } = step
      return { wrong: culprit <= below || culprit > above, single: above - below === 1 }
    }
    const { decision } = simulate({
      noise: MACHINES[machine],
      head: step.at >= culprit ? after : before,
      mark: { threshold: midpointOf({ ratio: after }, 'lower'), better: 'lower' },
      family: { alpha: alpha / mostDecisions(COMMITS), rows: 1 },
      maxRounds: 50,
      seed: seedOf(seed, step.at),
    })
    answers.set(step.at, answerOf(decision))
  }
}

/** Simulated: times are drawn from a model, and no program runs. */
test.each([
  ['a jump that shows, on a quiet machine', 'quiet', 1.01, 1.12, 0.01, 1, counted(10, 150)],
  ['a jump that shows, on a noisy machine', 'noisy', 1, 1.15, 0.01, 0.9, counted(10, 150)],
  [
    'a large jump, with commits before it that are off by more than the threshold',
    'noisy',
    1.07,
    1.43,
    0.01,
    0.95,
    counted(10, 100),
  ],
  ['a jump that hardly shows', 'noisy', 1.02, 1.06, 0.2, 0, counted(2, 40)],
] as const)(
  '%s: the answer is wrong no more often than asked for',
  (_, machine, before, after, alpha, singles, count) => {
    const ends = Array.from({ length: count }, (_, at) =>
      bisectOnce({ machine, before, after, alpha, seed: 1000 + at }),
    )
    const wrong = ends.filter(end => end.wrong).length
    const single = ends.filter(end => end.single).length
    console.info(
      `${machine}, ${before} to ${after}: ${wrong} of ${count} wrong, ${single} narrowed to one commit (simulated)`,
    )
    expect(wrong).toBeLessThanOrEqual(alpha * count)
    expect(single).toBeGreaterThanOrEqual(singles * count)
  },
  PATIENCE,
)
