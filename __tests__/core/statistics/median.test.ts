import { expect, test } from '@jest/globals'
import { median } from '../../../src/core/statistics/median.ts'

test.each([
  { values: [], middle: Number.NaN },
  { values: [4], middle: 4 },
  { values: [9, 1], middle: 5 },
  { values: [3, 1, 2], middle: 2 },
  { values: [10, 9, 2, 1], middle: 5.5 },
  { values: [1e100, 1e100], middle: 1e100 },
  { values: [1.7e308, 1.7e308], middle: 1.7e308 },
])('the median of $values is $middle', ({ values, middle }) => {
  const given = [...values]
  expect(median(given)).toBe(middle)
  expect(given).toEqual(values)
})
