import { describe, expect, test } from '@jest/globals'
import { entryOfRow, expandRows, fits } from '../../../src/core/harness/expand.ts'
import type { HarnessResult } from '../../../src/core/harness/result.ts'
import type { BenchmarkPlan, HarnessFormat } from '../../../src/core/model/plan.ts'
import { failed, success } from '../../../src/core/model/result.ts'
import { patternWithoutRow } from '../../../src/report/notes/harness.ts'
import { planOf } from '../../doubles/fake-bench-ports.ts'

const format: HarnessFormat = { kind: 'harness', harness: 'lines' }
const entry = (more: Partial<BenchmarkPlan> = {}) => planOf({ name: 'micro', format, ...more })
const result = (name: string, more: Partial<HarnessResult> = {}): HarnessResult => ({
  name,
  value: 1,
  unit: 's',
  ...more,
})

function rowsOf(
  plan: BenchmarkPlan,
  base: readonly HarnessResult[] | undefined,
  head: readonly HarnessResult[] | undefined,
) {
  return expandRows(plan, format, {
    ...(base && { base: success(base) }),
    ...(head && { head: success(head) }),
  })
}

describe('the rows of a harness', () => {
  test('are matched by name, and say which side has them', () => {
    const { rows } = rowsOf(entry(), [result('a'), result('b')], [result('new'), result('a')])
    expect(rows.map(({ plan, on }) => [plan.name, ...on])).toEqual([
      ['micro: a', 'base', 'head'],
      ['micro: b', 'base'],
      ['micro: new', 'head'],
    ])
  })

  test('of a side that failed are taken to be those of the other, so that measuring says how it fails', () => {
    const { rows } = expandRows(entry(), format, {
      base: success([result('a')]),
      head: failed({ kind: 'crash', says: { rule: 'exit', code: 3, offline: false } }),
    })
    expect(rows.map(({ plan, on }) => [plan.name, ...on])).toEqual([['micro: a', 'base', 'head']])
  })

  test('are one row without a name while nothing is known', () => {
    expect(rowsOf(entry(), undefined, undefined).rows).toMatchObject([
      { plan: { name: 'micro' }, on: ['base', 'head'] },
    ])
  })

  test('take unit and direction from what was printed', () => {
    const { rows } = rowsOf(
      entry(),
      [result('rate', { unit: 'ops/s' }), result('bytes', { unit: 'B' })],
      undefined,
    )
    expect(rows.map(({ plan: { unit, better } }) => [unit, better])).toEqual([
      ['ops/s', 'higher'],
      ['B', 'lower'],
    ])
  })

  test('take settings by pattern, the last that fits, and one without any row is said', () => {
    const rules = [
      { match: '*', threshold: 0.1, floor: '2ms' },
      { match: 'slow/*', threshold: 0.2 },
      { match: 'noise', skip: true },
      { match: 'gone*', threshold: 0.3 },
    ]
    const { rows, unmatched } = rowsOf(
      entry({ rules }),
      ['fast', 'slow/1', 'noise'].map(name => result(name)),
      undefined,
    )
    expect(rows.map(({ plan: { name, threshold, floor } }) => [name, threshold, floor])).toEqual([
      ['micro: fast', 0.1, 0.002],
      ['micro: slow/1', 0.2, 0.002],
    ])
    expect(unmatched.map(rule => patternWithoutRow('micro', rule))).toEqual([
      '`micro` has no result that fits the pattern `gone*`; it has `fast`, `slow/1` and `noise`.',
    ])
  })

  test('refuse a floor that is no amount of their unit', () => {
    const { faults } = rowsOf(entry({ rules: [{ match: '*', floor: '1 MB' }] }), [result('a')], undefined)
    expect(faults).toEqual(['The floor of micro: a must be a time such as 1ms, not "1 MB".'])
  })

  test('can be asked for alone, by the name in the table', () => {
    const asked = entryOfRow([entry()], 'micro: a')!
    expect(asked.format).toEqual({ ...format, only: ['a'] })
    expect(
      expandRows(asked, asked.format as HarnessFormat, { base: success([result('a'), result('b')]) }).rows,
    ).toHaveLength(1)
    expect(entryOfRow([entry()], 'other: a')).toBeUndefined()
  })
})

test.each([
  ['BM_x/64', '*', true],
  ['BM_x/64', 'BM_*/64', true],
  ['BM_x/64', 'BM_*/6', false],
  ['BM_x/64', 'BM_x/64', true],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['a.b', 'a?b', false],
  ['x'.repeat(1e5), `${'*x'.repeat(1e4)}*y`, false],
])('%.20s fits %.20s: %j', (name, pattern, expected) => {
  expect(fits(name, pattern)).toBe(expected)
})
