import { describe, expect, test } from '@jest/globals'
import { stoppableMatch } from '../../../src/flow/run/stoppable-match.ts'

const match = stoppableMatch(2000)

describe('matching a pattern in hostile text', () => {
  test.each([
    { pattern: '([0-9]+) ms', text: '12 ms and 7 ms', found: ['12', '7'] },
    { pattern: '^total (.*)$', text: 'a\ntotal 5\nb', found: ['5'] },
    { pattern: '[0-9]+', text: 'a1b22', found: ['1', '22'] },
    { pattern: 'x', text: 'nothing', found: [] },
    { pattern: '', text: 'ab', found: ['', '', ''] },
    { pattern: '(a)|(b)', text: 'ab', found: ['a', 'b'] },
  ])('/$pattern/ in $text', ({ pattern, text, found }) => {
    expect(match(pattern, text)?.map(({ value }) => value)).toEqual(found)
  })

  test.each([
    { pattern: 'took ([0-9.]+)', text: 'took 991 ns', value: '991', unit: undefined, after: ' ns' },
    { pattern: '([0-9.]+) (?<unit>[a-zµ]+)', text: 'took 1.49 µs', value: '1.49', unit: 'µs', after: ' µs' },
    { pattern: '(?<unit>[a-z]+)=([0-9.]+)', text: 'ms=12;', value: '12', unit: 'ms', after: ';' },
    { pattern: '(?<unit>ns|ms): (?<value>[0-9]+)', text: 'ns: 7!', value: '7', unit: 'ns', after: '!' },
  ])('/$pattern/ tells value and unit apart in $text', ({ pattern, text, value, unit, after }) => {
    expect(match(pattern, text)).toMatchObject([{ value, ...(unit && { unit }), after }])
  })

  test('a pattern that backtracks without end is stopped', () => {
    expect(stoppableMatch(200)('(a+)+$', `${'a'.repeat(60)}!`)).toBeUndefined()
    expect(match('a', 'a')).toEqual([{ value: 'a', after: '', around: ['', ''] }])
  })

  test('a pattern that is none yields nothing', () => {
    expect(match('(', 'text')).toBeUndefined()
  })

  test('neither pattern nor text is run as code', () => {
    const code = '")); throw new Error("out"); (("'
    expect(match(code.replace(/[()]/g, '\\$&'), code)).toEqual([{ value: code, after: '', around: ['', ''] }])
  })
})
