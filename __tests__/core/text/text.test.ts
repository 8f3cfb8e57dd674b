import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  counted,
  listed,
  quoted,
  shortened,
  visibleJson,
  visibleLines,
  visibleName,
} from '../../../src/core/text/text.ts'
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

const HOSTILE = fc.array(
  fc.oneof(
    fc.string(),
    fc.constantFrom('\u001b]52;c;x\u0007', '\u009b2J', '\u202e', '\u200b', '\u{e0041}', '\n', '\r'),
  ),
)
const UNSEEN_BUT_LINES = /[\p{Cf}\u007f-\u009f\u2028\u2029]|(?!\n)\p{Cc}|\p{Default_Ignorable_Code_Point}/u

test('a JSON text is read as the value that it was made of, and has nothing unseen in it', () => {
  fc.assert(
    fc.property(
      fc.array(HOSTILE.map(parts => parts.join(''))),
      fc.constantFrom(0, 2),
      (value, indentation) => {
        const text = visibleJson({ [value[0] ?? '']: value }, indentation)
        expect(JSON.parse(text)).toEqual({ [value[0] ?? '']: value })
        expect(text).not.toMatch(UNSEEN_BUT_LINES)
      },
    ),
    cases(2_000),
  )
})

test('of several lines each keeps its place, and nothing unseen is in them', () => {
  fc.assert(
    fc.property(HOSTILE, parts => {
      const text = parts.join('')
      const shown = visibleLines(text)
      expect(shown.split('\n')).toHaveLength(text.split('\n').length)
      expect(shown).not.toMatch(UNSEEN_BUT_LINES)
    }),
    cases(2_000),
  )
})
