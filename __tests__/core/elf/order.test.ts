import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ascendingOrder } from '../../../src/core/elf/order.ts'
import { cases } from '../../doubles/soak.ts'

const expected = (numbers: readonly number[]): number[] =>
  numbers.map((_, index) => index).sort((a, b) => numbers[a]! - numbers[b]! || a - b)

test.each([
  ['addresses of a program', fc.nat({ max: 0x7fffffff })],
  ['few different addresses', fc.nat({ max: 3 })],
  ['addresses as far apart as can be', fc.maxSafeNat()],
])('orders %s as a comparison would, equal ones by index', (_, number) => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), numbers => {
      expect([...ascendingOrder(Float64Array.from(numbers))]).toEqual(expected(numbers))
    }),
    cases(2_000),
  )
})
