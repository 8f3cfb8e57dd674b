import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { selectShard } from '../../../src/core/config/settings.ts'
import { cases } from '../../doubles/soak.ts'

const names = fc.uniqueArray(fc.string({ maxLength: 12 }), { maxLength: 60 })

describe('the shares of a matrix', () => {
  test('measure every benchmark once, differ in size by at most one, and do not depend on the order', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 12 }), (all, of) => {
        const shares = Array.from({ length: of }, (_, at) => selectShard(all, { index: at + 1, of }))
        expect(shares.flat()).toHaveLength(all.length)
        expect(new Set(shares.flat())).toEqual(new Set(all))
        const sizes = shares.map(share => share.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        const backwards = selectShard([...all].reverse(), { index: 1, of })
        expect(new Set(backwards)).toEqual(new Set(shares[0]))
      }),
      cases(10_000),
    )
  })

  test('keep the order in which the benchmarks are listed', () => {
    const all = ['parse', 'render', 'call_method', 'regex', 'json', 'startup']
    const share = selectShard(all, { index: 1, of: 2 })
    expect(share).toEqual(all.filter(name => share.includes(name)))
  })

  test('are the same from version to version, so that figures can be compared by machine', () => {
    const all = ['parse', 'render', 'call_method', 'regex', 'json', 'startup']
    const shares = [1, 2, 3].map(index => selectShard(all, { index, of: 3 }))
    expect(shares).toEqual([
      ['call_method', 'json'],
      ['parse', 'regex'],
      ['render', 'startup'],
    ])
  })
})
