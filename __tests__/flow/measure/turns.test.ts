import { describe, expect, test } from '@jest/globals'
import { nextTurn } from '../../../src/flow/measure/turns.ts'

const at = (rounds: number, secondsPerRound = 1) => ({ rounds, secondsPerRound })

describe('whose turn it is', () => {
  test.each([
    { what: 'nobody is left', open: [], left: 100, turn: undefined },
    { what: 'the one with the fewest rounds', open: [at(6), at(2), at(4)], left: 100, turn: 1 },
    { what: 'the first of several with as few', open: [at(2), at(2)], left: 100, turn: 0 },
    { what: 'one of which nothing is known yet', open: [at(3), at(0, 0)], left: 100, turn: 1 },
    { what: 'time is over', open: [at(3), at(0, 0)], left: 0, turn: undefined },
    { what: 'only the first can come to an answer', open: [at(4), at(2)], left: 8, turn: 0 },
    { what: 'a long one is passed over for a short one', open: [at(2, 60), at(2, 1)], left: 100, turn: 1 },
    { what: 'none can come to an answer', open: [at(2, 60), at(3, 60)], left: 100, turn: undefined },
    { what: 'past the fewest rounds one more is enough', open: [at(20, 5)], left: 6, turn: 0 },
    { what: 'not even one more fits', open: [at(20, 5)], left: 4, turn: undefined },
  ])('$what', ({ open, left, turn }) => {
    expect(nextTurn(open, left, 8)).toBe(turn)
  })
})
