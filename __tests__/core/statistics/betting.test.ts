import { describe, expect, test } from '@jest/globals'
import { fewestRounds, logWealth, type Outcome, outcomeOf } from '../../../src/core/statistics/betting.ts'

/** Every way to part so many ranks into subjects and references, as the numbers of references below each subject. */
function partings(subjects: number, references: number): readonly (readonly number[])[] {
  const all: number[][] = []
  const grow = (exceeded: number[], below: number): void => {
    if (exceeded.length === subjects && below === references) all.push(exceeded)
    if (exceeded.length < subjects) grow([...exceeded, below], below)
    if (below < references) grow(exceeded, below + 1)
  }
  grow([], 0)
  return all
}

const outcomes = partings(3, 3).map(exceeded => outcomeOf(exceeded, 3))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const wealth = (rounds: readonly Outcome[], clear = true) => Math.exp(logWealth(rounds, clear))
const [allBelow, allAbove] = [outcomeOf([0, 0, 0], 3), outcomeOf([3, 3, 3], 3)]

describe('the wealth of the bets', () => {
  test.each([
    [1, 1],
    [1, 2],
    [3, 3],
    [2, 4],
  ])(
    'with %i subjects and %i references every parting is one of the possible ones',
    (subjects, references) => {
      const all = partings(subjects, references)
      for (const exceeded of all) expect(outcomeOf(exceeded, references).partings).toBe(all.length)
    },
  )

  test('is a martingale where every order of a round is equally likely, whatever came before', () => {
    for (const before of [[], [allAbove], [allAbove, allAbove], [outcomes[7]!], [allBelow, outcomes[12]!]])
      expect(mean(outcomes.map(next => wealth([...before, next])))).toBeCloseTo(wealth(before), 9)
  })

  test('never grows in expectation without the bold bet, however the subjects are spread about the references', () => {
    // A subject that exceeds a reference half of the time: two speeds, all alike, or anything between.
    for (const fast of [0, 0.1, 0.25, 0.4])
      for (const before of [[], [allAbove], [outcomes[12]!, outcomes[3]!]]) {
        // Integrate over references: three uniform values against three subjects at `fast` or `1 − fast`.
        const steps = 8
        let sum = 0
        for (let a = 0; a < steps; a++)
          for (let b = 0; b < steps; b++)
            for (let c = 0; c < steps; c++) {
              const references = [a, b, c].map(step => (step + 0.5) / steps)
              for (let bits = 0; bits < 8; bits++) {
                const exceeded = [0, 1, 2].map(
                  at =>
                    references.filter(reference => (bits & (1 << at) ? 1 - fast : fast) > reference).length,
                )
                sum += wealth([...before, outcomeOf(exceeded, 3)], false) / 8
              }
            }
        expect(sum / steps ** 3).toBeLessThanOrEqual(wealth(before, false) * (1 + 1e-9))
      }
  })

  test('rises with every reference that a subject exceeds', () => {
    for (const before of [[], [allAbove], [allBelow, allAbove]])
      for (const [one, two, three] of [
        [0, 0, 1],
        [0, 1, 1],
        [1, 1, 2],
        [1, 2, 2],
        [2, 2, 3],
      ] as const) {
        const lower = outcomeOf([one, two, three - 1], 3)
        expect(wealth([...before, outcomeOf([one, two, three], 3)])).toBeGreaterThan(
          wealth([...before, lower]),
        )
      }
  })

  test('does not depend on the order in which the subjects are named', () => {
    expect(outcomeOf([2, 0, 3], 3)).toEqual(outcomeOf([0, 2, 3], 3))
  })

  test('counts the bold bet only where the values lie clearly apart in every round', () => {
    expect(wealth([allAbove, allAbove])).toBeGreaterThan(100)
    expect(wealth([allAbove, allAbove], false)).toBeLessThan(40)
    expect(wealth([allAbove, outcomeOf([2, 3, 3], 3)])).toBe(
      wealth([allAbove, outcomeOf([2, 3, 3], 3)], false),
    )
  })

  test('stays a number where its value would leave the range of a double', () => {
    const many = Array.from({ length: 3000 }, () => allAbove)
    expect(logWealth(many, true)).toBeCloseTo(3000 * Math.log(20) + Math.log(0.25), 6)
    expect(
      logWealth(
        many.map(() => allBelow),
        true,
      ),
    ).toBeLessThan(-200)
  })

  test('ever reaches 1/alpha no more often than alpha while every order is equally likely', () => {
    // All paths of three rounds, one kept for each path that has not reached it: exact, not simulated.
    for (const alpha of [0.05, 0.02, 0.01]) {
      const level = 1 / alpha
      let reached = 0
      const play = (before: readonly Outcome[], chance: number, left: number): void => {
        if (wealth(before) >= level) reached += chance
        else if (left > 0)
          for (const next of outcomes) play([...before, next], chance / outcomes.length, left - 1)
      }
      play([], 1, 3)
      expect(reached).toBeLessThanOrEqual(alpha)
      expect(reached).toBeGreaterThan(0)
    }
  })
})

describe('the fewest rounds for a level', () => {
  test.each([
    [100, 2],
    [1_000, 3],
    [10_000, 4],
    [30_000, 4],
  ])('of six runs: level %i takes %i', (level, rounds) => {
    expect(fewestRounds(Math.log(level), 3, 3)).toBe(rounds)
  })

  test('are none for a level that the gambler starts with', () => {
    expect(fewestRounds(0, 3, 3)).toBe(0)
  })
})
