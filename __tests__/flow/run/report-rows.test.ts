import { expect, test } from '@jest/globals'
import { identicalRow, plannedFields, unpairedRow } from '../../../src/flow/run/report-rows.ts'
import { planOf } from '../../doubles/fake-bench-ports.ts'

const plan = planOf({ name: 'parse', threshold: 0.05, floor: 0.01 })
const asked = { name: 'parse', threshold: 0.05, floor: 0.01, better: 'lower', metric: 'time' }

test('every row says what was asked, whatever came of it', () => {
  expect(plannedFields(plan)).toMatchObject(asked)
  expect(identicalRow(plan, 'The builds are the same.')).toMatchObject({ ...asked, decision: 'unchanged' })
  expect(unpairedRow(plan, 'new')).toMatchObject({ ...asked, decision: 'new' })
})

test('a row without a floor has none', () => {
  const { floor: _, ...without } = plan
  expect(plannedFields(without)).not.toHaveProperty('floor')
})
