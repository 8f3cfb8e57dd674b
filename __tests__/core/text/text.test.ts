import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { counted, listed, quoted, shortened, visibleName } from '../../../src/core/text/text.ts'
import { hostileName } from '../../doubles/hostile.ts'
import { cases } from '../../doubles/soak.ts'

describe('a text that is too long', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcd…g'],
    ['𝒳𝒳𝒳𝒳', 4, '𝒳𝒳𝒳𝒳'],
    ['𝒳𝒳𝒳𝒳𝒳', 4, '𝒳𝒳…𝒳'],
    ['ab', 1, '…'],
  ])('%s is cut to %d as %s', (text, limit, shown) => {
    expect(shortened(text, limit)).toBe(shown)
  })

  test('never has more code points than asked for, and never half of a pair', () => {
    const property = fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (text, limit) => {
        const shown = shortened(text, limit)
        expect(Array.from(shown).length).toBeLessThanOrEqual(limit)
        expect(shown).not.toMatch(/\p{Cs}/u)
      },
    )
    fc.assert(property, cases(2_000))
  })
})

test('a name is never empty, and holds no space at its edge', () => {
  const property = fc.property(hostileName, name => {
    expect(visibleName(name, 200)).toMatch(/^[^ ](?:.*[^ ])?$/su)
  })
  fc.assert(property, cases(20_000))
})

test('a quoted name has no backtick but its own two', () => {
  const property = fc.property(hostileName, name => {
    expect(quoted(name)).toMatch(/^`[^`]+`$/)
  })
  fc.assert(property, cases(20_000))
})

test.each([
  [0, 'no benchmarks'],
  [1, 'one benchmark'],
  [12, 'twelve benchmarks'],
  [13, '13 benchmarks'],
])('%d are %s', (count, shown) => {
  expect(counted(count, 'benchmark')).toBe(shown)
})

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j is listed as %s', (parts, shown) => {
  expect(listed(parts)).toBe(shown)
})
