import { describe, expect, test } from '@jest/globals'
import { inBaseNames, namesApart } from '../../../src/core/harness/renames.ts'
import { rowFunction } from '../../../src/core/harness/row-function.ts'
import type { HarnessName } from '../../../src/core/model/harness-name.ts'
import { success } from '../../../src/core/model/result.ts'

describe('the function that a row is named after', () => {
  test.each<[HarnessName, string, string, boolean]>([
    ['google-benchmark', 'BM_sort/8/16', '_ZL7BM_sortRN9benchmark5StateE', true],
    ['google-benchmark', 'BM_sort', '_Z7BM_sortRN9benchmark5StateE', true],
    ['google-benchmark', 'BM_sort', '_ZN12_GLOBAL__N_17BM_sortERN9benchmark5StateE', true],
    ['google-benchmark', 'BM_sort', '_Z8BM_sort2RN9benchmark5StateE', false],
    ['google-benchmark', 'BM_sort', '_Z7BM_sorti', false],
    ['go', 'BenchmarkJoin/size=5', 'example.com/words.BenchmarkJoin', true],
    ['go', 'a/b.BenchmarkJoin', 'a/b.BenchmarkJoin', true],
    ['go', 'BenchmarkJoin', 'example.com/words.BenchmarkJoin.func1', false],
    ['libtest', 'tests::bench_a', '_ZN4text5tests7bench_aE', true],
    ['libtest', 'tests::bench_a', '_ZN4text5tests8bench_abE', false],
  ])('%s: %s and %s', (harness, row, symbol, expected) => {
    expect(rowFunction(harness, row)!.isSymbol(symbol)).toBe(expected)
  })

  test.each<[HarnessName, string]>([
    ['google-benchmark', 'BM_sort<int>/8'],
    ['criterion', 'sort'],
    ['libtest', 'a b'],
    ['go', 'Join'],
  ])('is not known of %s %s', (harness, row) => {
    expect(rowFunction(harness, row)).toBeUndefined()
  })

  test('is told apart from its arguments', () => {
    expect(rowFunction('google-benchmark', 'BM_a/8/real_time')!.rest).toBe('/8/real_time')
    expect(rowFunction('go', 'BenchmarkA/x/y')!.rest).toBe('/x/y')
  })
})

test('names that only one side has, and head by the names of base', () => {
  const results = (...names: string[]) => success(names.map(name => ({ name, value: 1, unit: 's' })))
  expect(namesApart({ base: results('a', 'b'), head: results('b', 'c') })).toEqual({
    gone: ['a'],
    added: ['c'],
  })
  expect(namesApart({ head: results('c') })).toEqual({ gone: [], added: [] })
  const renamed = inBaseNames(results('b', 'c'), new Map([['c', 'a']]))
  expect(renamed).toMatchObject({ ok: true, value: [{ name: 'b' }, { name: 'a' }] })
})
