import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { align } from '../../../src/core/annotated/align.ts'
import { keepCostly } from '../../../src/core/annotated/rows.ts'
import { cases } from '../../doubles/soak.ts'

const written = (base: string, head: string) =>
  align([...base], [...head]).map(
    ({ base: one, head: other }) =>
      `${one === undefined ? '-' : base[one]}${other === undefined ? '-' : head[other]}`,
  )

describe('two lists side by side', () => {
  test.each([
    ['abc', 'abc', ['aa', 'bb', 'cc']],
    ['abc', 'axbc', ['aa', '-x', 'bb', 'cc']],
    ['abxc', 'abc', ['aa', 'bb', 'x-', 'cc']],
    ['abc', 'xyz', ['a-', 'b-', 'c-', '-x', '-y', '-z']],
    ['', 'ab', ['-a', '-b']],
  ])('%s and %s', (base, head, rows) => expect(written(base, head)).toEqual(rows))

  test('every element stands in its order exactly once, equal ones next to each other', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
    fc.assert(
      fc.property(list, list, (base, head) => {
        const rows = align(base, head)
        expect(rows.flatMap(row => (row.base === undefined ? [] : [row.base]))).toEqual(
          base.map((_, at) => at),
        )
        expect(rows.flatMap(row => (row.head === undefined ? [] : [row.head]))).toEqual(
          head.map((_, at) => at),
        )
        for (const row of rows)
          if (row.base !== undefined && row.head !== undefined) expect(base[row.base]).toBe(head[row.head])
      }),
      cases(2000),
    )
  })

  test('long lists of a generated function end in moments', () => {
    const base = Array.from({ length: 60_000 }, (_, at) => at % 97)
    const head = [...base.slice(0, 100), 1000, ...base.slice(100).map(each => each + 1)]
    const started = process.cpuUsage()
    expect(align(base, head).length).toBeGreaterThan(60_000)
    expect(process.cpuUsage(started).user).toBeLessThan(5e6)
  })
})

test('of long code the costly rows are kept with their neighbours, and what is between is counted', () => {
  const rows = Array.from({ length: 100 }, (_, at) => ({
    at,
    cost: at === 10 ? 50 : at === 60 ? 40 : at === 90 ? 1 : 0,
  }))
  const kept = keepCostly(rows, ({ cost }) => cost, 2)
  expect(kept.map(({ at, skipped }) => [at, skipped])).toEqual([
    [9, 9],
    [10, undefined],
    [11, undefined],
    [59, 47],
    [60, undefined],
    [61, undefined],
  ])
})
