import { describe, expect, test } from '@jest/globals'
import { fewestRounds, logWealth } from '../../../src/core/statistics/betting.ts'

/** The same mixture by Simpson's rule over the density 8 p^7, cut to p between 1/2 and 1, without any closed form. */
function wealthByIntegration(won: number, lost: number): number {
  const steps = 20_000
  const log = (p: number) => won * Math.log(2 * p) + (lost > 0 ? lost * Math.log(2 - 2 * p) : 0)
  const integrand = (p: number) => ((8 * p ** 7) / (1 - 2 ** -8)) * Math.exp(log(p))
  let sum = integrand(0.5) + integrand(1)
  for (let step = 1; step < steps; step++) sum += (step % 2 === 1 ? 4 : 2) * integrand(0.5 + step / steps / 2)
  return sum / steps / 6
}

/** The probability that n tosses of a coin end with so many wins, for all wins, by the recurrence of Pascal's triangle. */
function nextToss(chances: readonly number[], p: number): number[] {
  return Array.from(
    { length: chances.length + 1 },
    (_, wins) => (chances[wins] ?? 0) * (1 - p) + (chances[wins - 1] ?? 0) * p,
  )
}

describe('the wealth of the mixed bets', () => {
  test.each([
    [0, 0],
    [1, 0],
    [0, 1],
    [8, 0],
    [13, 2],
    [5, 5],
    [40, 7],
    [3, 30],
    [60, 60],
  ])('after %i rounds won and %i lost is the integral over all bets', (won, lost) => {
    expect(Math.exp(logWealth(won, lost)) / wealthByIntegration(won, lost)).toBeCloseTo(1, 9)
  })

  test('stays a number where its value would leave the range of a double', () => {
    expect(logWealth(5000, 0)).toBeCloseTo(5000 * Math.LN2 + Math.log(8 / 5008) - Math.log(1 - 2 ** -8), 9)
    for (const [won, lost] of [
      [0, 5000],
      [2500, 2500],
      [2000, 3000],
    ] as const)
      expect(Math.exp(logWealth(won, lost)) / wealthByIntegration(won, lost)).toBeCloseTo(1, 3)
  })

  test('is a martingale under a fair coin: its expectation after the next round is its value now', () => {
    for (const [won, lost] of [
      [0, 0],
      [3, 1],
      [10, 2],
      [2, 11],
    ] as const) {
      const next = (Math.exp(logWealth(won + 1, lost)) + Math.exp(logWealth(won, lost + 1))) / 2
      expect(next).toBeCloseTo(Math.exp(logWealth(won, lost)), 9)
    }
  })

  test('falls in expectation when the coin leans the other way', () => {
    for (const p of [0.1, 0.3, 0.45, 0.49]) {
      const next = p * Math.exp(logWealth(5, 3)) + (1 - p) * Math.exp(logWealth(4, 4))
      expect(next).toBeLessThan(Math.exp(logWealth(4, 3)))
    }
  })

  test('rises with every round won and falls with every round lost', () => {
    for (let won = 0; won < 40; won++)
      for (let lost = 0; lost < 40; lost++) {
        expect(logWealth(won + 1, lost)).toBeGreaterThan(logWealth(won, lost))
        expect(logWealth(won, lost + 1)).toBeLessThan(logWealth(won, lost))
      }
  })

  test.each([0.01, 0.05, 0.001])('ever reaches 1/%d under a fair coin no more often than that', alpha => {
    const level = -Math.log(alpha)
    let playing = [1]
    let reached = 0
    for (let round = 1; round <= 400; round++) {
      playing = nextToss(playing, 0.5).map((chance, wins) => {
        if (logWealth(wins, round - wins) < level) return chance
        reached += chance
        return 0
      })
    }
    expect(reached).toBeLessThanOrEqual(alpha)
    expect(reached).toBeGreaterThan(alpha / 3)
  })
})

describe('the fewest rounds for a level', () => {
  test.each([
    [100, 8],
    [1_000, 12],
    [10_000, 15],
  ])('are those of an unbroken row of wins: level %i takes %i', (level, rounds) => {
    expect(fewestRounds(Math.log(level))).toBe(rounds)
    expect(wealthByIntegration(rounds, 0)).toBeGreaterThanOrEqual(level)
    expect(wealthByIntegration(rounds - 1, 0)).toBeLessThan(level)
  })

  test('are none for a level that the gambler starts with', () => {
    expect(fewestRounds(0)).toBe(0)
  })
})
