import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { eBenjaminiHochberg } from '../../../src/core/statistics/e-bh.ts'
import { cases } from '../../doubles/soak.ts'

/** The largest set of claims of which each has an e-value of at least rows / (alpha × claims), by trying all sets. */
function byTryingAllSets(eValues: readonly number[], alpha: number): readonly boolean[] {
  const rows = eValues.length
  let best: readonly boolean[] = eValues.map(() => false)
  for (let bits = 0; bits < 2 ** rows; bits++) {
    const claimed = eValues.map((_, at) => ((bits >> at) & 1) === 1)
    const size = claimed.filter(Boolean).length
    const stands = eValues.every((e, at) => !claimed[at] || e >= rows / (alpha * size))
    if (stands && size > best.filter(Boolean).length) best = claimed
  }
  return best
}

describe('the claims that a table may make', () => {
  test('agree with trying all sets of claims', () => {
    const eValues = fc.array(fc.oneof(fc.double({ min: 0.01, max: 2000, noNaN: true }), fc.constant(0)), {
      maxLength: 9,
    })
    fc.assert(
      fc.property(eValues, fc.constantFrom(0.01, 0.05, 0.2), (e, alpha) => {
        expect(eBenjaminiHochberg(e.map(Math.log), alpha)).toEqual(byTryingAllSets(e, alpha))
      }),
      cases(8_000),
    )
  })

  test.each([
    { what: 'one row at its level', e: [100], claims: [true] },
    { what: 'one row short of its level', e: [99], claims: [false] },
    {
      what: 'one strong row among ten needs ten times as much',
      e: [999, ...Array<number>(9).fill(1)],
      claims: 0,
    },
    { what: 'one stronger row among ten', e: [1001, ...Array<number>(9).fill(1)], claims: 1 },
    { what: 'ten rows that share the burden', e: Array<number>(10).fill(101), claims: 10 },
    { what: 'no rows', e: [], claims: 0 },
  ])('$what', ({ e, claims }) => {
    const made = eBenjaminiHochberg(e.map(Math.log), 0.01)
    if (typeof claims === 'number') expect(made.filter(Boolean)).toHaveLength(claims)
    else expect(made).toEqual(claims)
  })

  test('a row that could not be tested counts as a row and is never claimed', () => {
    expect(eBenjaminiHochberg([Math.log(150), Number.NEGATIVE_INFINITY], 0.01)).toEqual([false, false])
    expect(eBenjaminiHochberg([Math.log(201), Number.NEGATIVE_INFINITY], 0.01)).toEqual([true, false])
  })
})
