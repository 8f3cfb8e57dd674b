import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Comparison } from '../../../src/core/statistics/comparison.ts'
import { type EffectThreshold, evidenceOf } from '../../../src/core/statistics/questions.ts'
import { cases } from '../../doubles/soak.ts'

const fallen = -1

/** The sign of what one round with the base and control values 100 says for each answer. */
function saysOf(
  head: number,
  mark: Partial<EffectThreshold>,
  references: readonly number[] = [100, 100, 100],
) {
  const evidence = evidenceOf(
    [{ subjects: [head, head, head], references }],
    { threshold: 0.05, better: 'lower', ...mark },
    1,
  )
  return Object.fromEntries(Object.entries(evidence).map(([answer, log]) => [answer, Math.sign(log)]))
}
const [won, lost] = [1, fallen]

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

  test('a round in which head lies between the copies of base says less than one in which it lies beyond', () => {
    const log = (references: readonly number[]) =>
      evidenceOf([{ subjects: [106, 106, 106], references }], { threshold: 0.05, better: 'lower' }, 1).slower
    expect(log([100, 100, 104])).toBeLessThan(log([100, 100, 100]))
    expect(log([100, 104, 104])).toBeLessThan(log([100, 100, 104]))
  })
})

describe('the evidence of many rounds', () => {
  const value = fc.double({ min: 50, max: 200, noNaN: true })
  const three = fc.array(value, { minLength: 3, maxLength: 3 })
  const trials = fc.array(fc.record({ subjects: three, references: three }), { minLength: 1, maxLength: 20 })
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

  test('never shows an answer and its opposite at once', () => {
    fc.assert(
      fc.property(trials, mark, (given, at) => {
        const { slower, notSlower, faster, notFaster } = evidenceOf(given, at, 1)
        expect(Math.min(slower, notSlower)).toBeLessThan(Math.log(20))
        expect(Math.min(faster, notFaster)).toBeLessThan(Math.log(20))
        expect(Math.min(slower, faster)).toBeLessThan(Math.log(20))
      }),
      cases(300),
    )
  })

  test('swapping both sides swaps slower and faster', () => {
    fc.assert(
      fc.property(trials, mark, (given, at) => {
        const back = given.map(
          ({ subjects, references }): Comparison => ({ subjects: references, references: subjects }),
        )
        const [one, other] = [evidenceOf(given, at, 1), evidenceOf(back, at, 1)]
        expect(one.slower).toBeCloseTo(other.faster, 9)
        expect(one.notSlower).toBeCloseTo(other.notFaster, 9)
      }),
      cases(200),
    )
  })
})
