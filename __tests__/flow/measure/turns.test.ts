import { describe, expect, test } from '@jest/globals'
import { foresee, nextTurn, type WorkloadProgress } from '../../../src/flow/measure/turns.ts'

const NEEDED = 2
const GOAL = { answer: NEEDED, breach: 4 }
const at = (rounds: number, secondsPerRound = 3): WorkloadProgress => ({ rounds, secondsPerRound })

describe('whose turn it is', () => {
  test('the one with the fewest rounds, in the order of the table', () => {
    expect(nextTurn([at(2), at(0), at(0)], 1000, GOAL)).toBe(1)
    expect(nextTurn([at(2), at(2), at(2)], 1000, GOAL)).toBe(0)
  })

  test('the cheapest, where the time is not enough for all', () => {
    expect(nextTurn([at(0, 30), at(0, 3), at(0, 5)], 17, GOAL)).toBe(1)
    expect(nextTurn([at(0, 30), at(0, 5)], 17, GOAL)).toBe(1)
  })

  test('one that was begun, as far as a breach needs, before others are begun in vain', () => {
    expect(nextTurn([at(0), at(2), at(0)], 12, GOAL)).toBe(1)
    expect(nextTurn([at(0), at(4), at(0)], 12, GOAL)).toBe(0)
    expect(nextTurn([at(0), at(2), at(0)], 1000, GOAL)).toBe(0)
  })

  test('nobody, when no time is left or it is enough for none', () => {
    expect(nextTurn([at(0)], 0, GOAL)).toBeUndefined()
    expect(nextTurn([at(0, 30)], 59, GOAL)).toBeUndefined()
    expect(nextTurn([], 100, GOAL)).toBeUndefined()
  })

  test('one whose cost is not known yet is run to find out', () => {
    expect(nextTurn([at(0, 0), at(0, 30)], 10, GOAL)).toBe(0)
  })
})

/** Plays a table of benchmarks that are answered in the fewest rounds; a round takes a little more or less each time. */
function play(of: { readonly rows: number; readonly run: number; readonly budget: number }): number {
  const open = Array.from({ length: of.rows }, () => ({ rounds: 0, secondsPerRound: 6 * of.run }))
  let spent = 0
  let decided = 0
  for (;;) {
    const waiting = open.filter(({ rounds }) => rounds < NEEDED)
    const next = nextTurn(waiting, of.budget - spent, GOAL)
    if (next === undefined) return decided
    const turn = waiting[next]!
    for (let step = 0; step < 2 && turn.rounds < NEEDED && spent < of.budget; step++) {
      const seconds = 6 * of.run * (0.97 + 0.06 * ((turn.rounds + spent) % 1))
      spent += seconds
      turn.secondsPerRound = Math.min(turn.secondsPerRound, seconds)
      turn.rounds++
      if (turn.rounds >= NEEDED) decided++
    }
  }
}

describe('a budget that is not enough for all', () => {
  test.each([
    { rows: 50, run: 2, budget: 600 },
    { rows: 50, run: 0.2, budget: 60 },
    { rows: 12, run: 3, budget: 600 },
    { rows: 10, run: 5, budget: 600 },
    { rows: 30, run: 1, budget: 600 },
    { rows: 100, run: 0.5, budget: 600 },
    { rows: 300, run: 0.2, budget: 600 },
    { rows: 100, run: 0.005, budget: 180 },
    { rows: 5, run: 20, budget: 600 },
    { rows: 1000, run: 0.1, budget: 300 },
    { rows: 3, run: 60, budget: 600 },
  ])('$rows benchmarks of $run s in $budget s: as many as fit are decided', ({ rows, run, budget }) => {
    // One in a hundred may be lost to rounds that took longer than the fastest.
    const possible = Math.min(rows, Math.floor(budget / (12 * 1.03 * run)))
    expect(play({ rows, run, budget })).toBeGreaterThanOrEqual(possible)
  })

  test('is foreseen: how many rows it brings to an answer, and what all would take', () => {
    const rows = Array.from({ length: 50 }, () => ({ ...at(0, 12), rows: 1 }))
    expect(foresee(rows, 600, NEEDED)).toEqual({ rows: 25, seconds: 1200 })
    expect(
      foresee(
        [
          { ...at(0, 100), rows: 4 },
          { ...at(0, 1), rows: 3 },
        ],
        100,
        NEEDED,
      ),
    ).toEqual({
      rows: 3,
      seconds: 202,
    })
  })
})
