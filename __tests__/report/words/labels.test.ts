import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { labelsOf } from '../../../src/report/words/labels.ts'

const named = (...names: string[]) => names.map(name => ({ name }))

test('short names stand as they are', () => {
  const labels = labelsOf(named('parse', 'print'), 40)
  expect(labels.prefix).toBe('')
  expect(labels.of({ name: 'parse' })).toBe('parse')
})

test('what all names start with is left out, up to the end of a part', () => {
  const names = named('json/parser/large', 'json/parser/latin', 'json/parser/small', 'json/parser/sparse')
  const labels = labelsOf(names, 40)
  expect(labels.prefix).toBe('json/parser/')
  expect(names.map(labels.of)).toEqual(['large', 'latin', 'small', 'sparse'])
})

test('a name that is itself the start of the others keeps them whole', () => {
  const labels = labelsOf(named('json/parser/a', 'json/parser/', 'json/parser/b', 'json/parser/c'), 40)
  expect(labels.prefix).toBe('')
})

test('long names that differ in their middle alone are told apart', () => {
  const at = (middle: string) => `${'start '.repeat(10)}${middle}${' end'.repeat(10)}`
  const names = named(at('one'), at('two'))
  const labels = labelsOf(names, 20)
  expect(new Set(names.map(labels.of)).size).toBe(2)
})

test('labels differ as names do and keep to the limit, whatever the names', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), {
    maxLength: 30,
  })
  fc.assert(
    fc.property(names, list => {
      const labels = labelsOf(named(...list), 12)
      const shown = list.map(name => labels.of({ name }))
      expect(new Set(shown).size).toBe(list.length)
      for (const label of shown) expect(Array.from(label).length).toBeLessThanOrEqual(12)
    }),
  )
})
