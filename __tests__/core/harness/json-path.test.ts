import { describe, expect, test } from '@jest/globals'
import { type PathStep, parseJsonPath, valueAt } from '../../../src/core/harness/json-path.ts'
import { placeClause } from '../../../src/report/reasons/faults.ts'

describe('the steps of a path', () => {
  test.each([
    ['median', ['median']],
    ['results[0].median', ['results', 0, 'median']],
    ['$.results[0]', ['results', 0]],
    ['[2][3]', [2, 3]],
    ['["a.b"].c', ['a.b', 'c']],
    ['a["x \\"y\\""]', ['a', 'x "y"']],
    ['$', []],
    ['benchmarks[name=BM_op/64].real_time', ['benchmarks', { member: 'name', is: 'BM_op/64' }, 'real_time']],
    ['[name="a ] b"].x', [{ member: 'name', is: 'a ] b' }, 'x']],
    ["a[ id ='x=y']", ['a', { member: 'id', is: 'x=y' }]],
    ['$cash', ['$cash']],
    [' times ', ['times']],
    ['real time.wall-clock', ['real time', 'wall-clock']],
  ])('%s', (path, steps) => {
    expect(parseJsonPath(path)).toEqual(steps)
  })

  test.each(['a..b', 'a[', 'a[x]', 'a[-1]', 'a]b', 'a.', '["open', 'a[1e3]', 'a["\\x"]', 'a[0]b'])(
    '%s is none',
    path => {
      expect(parseJsonPath(path)).toBeUndefined()
    },
  )
})

describe('what lies at a path', () => {
  const document: unknown = JSON.parse('{"a": [{"b": 1}, {"b": [2, 3]}], "__proto__": {"c": 4}, "n": null}')
  test.each([
    [['a', 0, 'b'], 1],
    [['a', 1, 'b', 1], 3],
    [['__proto__', 'c'], 4],
    [['n'], null],
    [['a', 'length'], 2],
    [['a', { member: 'b', is: '1' }, 'b'], 1],
  ])('%j', (steps, value) => {
    expect(valueAt(document, steps)).toMatchObject({ found: value })
  })

  test.each<[PathStep[], string]>([
    [['n', 'x'], 'n is null'],
    [['a', 5], 'a has 2 elements'],
    [['constructor'], 'the document has a, __proto__, n'],
    [['a', 'map'], 'a has 2 elements'],
    [['a', 0, 'b', 'toFixed'], 'a[0].b is a number'],
    [['a', { member: 'b', is: '9' }], 'a has elements with b 1'],
    [['a', { member: 'name', is: '9' }], 'a has 2 elements, none with name'],
  ])('%j is not there, and what is there is told', (steps, missing) => {
    const place = valueAt(document, steps)
    expect('missing' in place && placeClause(place.missing)).toBe(missing)
  })

  test('two elements of one name are not told apart', () => {
    const there = { kind: 'several', count: 2, member: 'name', is: 'x' } as const
    expect(valueAt([{ name: 'x' }, { name: 'x' }], [{ member: 'name', is: 'x' }])).toEqual({ missing: there })
    expect(placeClause(there)).toBe('2 elements with name=x')
  })
})
