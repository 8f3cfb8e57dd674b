import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { logWealth } from '../../../src/core/statistics/betting.ts'
import { evidenceOf, type Mark, type Trial } from '../../../src/core/statistics/questions.ts'
import { cases } from '../../doubles/soak.ts'

const won = logWealth(1, 0)
const lost = logWealth(0, 1)
const silent = 0

/** What one round with the base and control values 100 says for each answer. */
function saysOf(head: number, mark: Partial<Mark>, references: readonly number[] = [100, 100]) {
  const trial = { subject: head, references }
  return evidenceOf([trial], { threshold: 0.05, better: 'lower', ...mark }, 1)
}

describe('what one round says', () => {
  test.each([
    { head: 106, says: { slower: won, notSlower: lost, faster: lost, notFaster: won } },
    { head: 104, says: { slower: lost, notSlower: won, faster: lost, notFaster: won } },
    { head: 94, says: { slower: lost, notSlower: won, faster: won, notFaster: lost } },
    { head: 105, says: { slower: lost, notSlower: lost, faster: lost, notFaster: won } },
    { head: 100, says: { slower: lost, notSlower: won, faster: lost, notFaster: won } },
  ])('a head of $head against 100 at a threshold of 5 %', ({ head, says }) => {
    expect(saysOf(head, {})).toEqual(says)
  })

  test('where more is better the same numbers say the opposite', () => {
    const higher = { better: 'higher' } as const
    expect(saysOf(94, higher)).toMatchObject({ slower: won, notSlower: lost })
    expect(saysOf(96, higher)).toMatchObject({ slower: lost, notSlower: won })
    expect(saysOf(106, higher)).toMatchObject({ slower: lost, faster: won, notFaster: lost })
  })

  test('the floor has to be exceeded beside the threshold', () => {
    expect(saysOf(106, { floor: 10 })).toMatchObject({ slower: lost, notSlower: won })
    expect(saysOf(111, { floor: 10 })).toMatchObject({ slower: won, notSlower: lost })
    expect(saysOf(102, { floor: 1 })).toMatchObject({ slower: lost, notSlower: won })
    expect(saysOf(92, { floor: 10 })).toMatchObject({ faster: lost, notFaster: won })
  })

  test('a round in which the two copies of base disagree is silent', () => {
    expect(saysOf(106, {}, [100, 104])).toMatchObject({ slower: silent, notSlower: silent })
    expect(saysOf(106, {}, [100, 104])).toMatchObject({ faster: lost, notFaster: won })
  })
})

describe('the evidence of many rounds', () => {
  const value = fc.double({ min: 50, max: 200, noNaN: true })
  const trials = fc.array(fc.record({ subject: value, references: fc.tuple(value, value) }), {
    minLength: 1,
    maxLength: 30,
  })
  const mark = fc.record({
    threshold: fc.constantFrom(0.01, 0.05, 0.3),
    floor: fc.constantFrom(0, 5, 40),
    better: fc.constantFrom('lower' as const, 'higher' as const),
  })
  const strength = (evidence: ReturnType<typeof evidenceOf>) => Object.values(evidence)

  test('a bias that is taken off weakens every claim', () => {
    fc.assert(
      fc.property(trials, mark, (given, at) => {
        const [plain, charged] = [evidenceOf(given, at, 1), evidenceOf(given, at, 1.02)]
        for (const [claim, evidence] of strength(charged).entries())
          expect(evidence).toBeLessThanOrEqual(strength(plain)[claim]!)
      }),
      cases(4_000),
    )
  })

  test('never speaks for an answer and against it at once', () => {
    fc.assert(
      fc.property(trials, mark, (given, at) => {
        const { slower, notSlower, faster, notFaster } = evidenceOf(given, at, 1)
        expect(Math.min(slower, notSlower)).toBeLessThan(0.7)
        expect(Math.min(faster, notFaster)).toBeLessThan(0.7)
        expect(Math.min(slower, faster)).toBeLessThan(0.7)
        expect(faster).toBeLessThanOrEqual(notSlower)
      }),
      cases(6_000),
    )
  })

  test('swapping both sides swaps slower and faster', () => {
    const pairs = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(pairs, mark, (given, at) => {
        const asTrials = (flip: boolean): Trial[] =>
          given.map(([a, b]) => (flip ? { subject: b, references: [a] } : { subject: a, references: [b] }))
        const [there, back] = [evidenceOf(asTrials(false), at, 1), evidenceOf(asTrials(true), at, 1)]
        expect(there.slower).toBe(back.faster)
        expect(there.notSlower).toBe(back.notFaster)
      }),
      cases(4_000),
    )
  })
})
