import { expect, test } from '@jest/globals'
import { isSaid, said, survivors } from './pinned.ts'
import { ROWS } from './pinned-rows.ts'

test('what is said of each row of observations is what pinned.md says', () => {
  const wrong = ROWS.filter(row => !isSaid(row))
  expect(wrong.map(({ observed, real }) => said(observed, real ?? false))).toEqual(wrong)
})

test('no rule can be deleted and no weight moved by a half without a row that fails', () => {
  expect(survivors(ROWS)).toEqual([])
})
