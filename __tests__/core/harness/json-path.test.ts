import { describe, expect, test } from '@jest/globals'
import { parseJsonPath, valueAt } from '../../../src/core/harness/json-path.ts'

describe('the steps of a path', () => {
  test.each([
    ['median', ['median']],
    ['results[0].median', ['results', 0, 'median']],
    ['$.results[0]', ['results', 0]],
    ['[2][3]', [2, 3]],
    ['["a.b"].c', ['a.b', 'c']],
    ['a["x \\"y\\""]', ['a', 'x "y"']],
    ['$', []],
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
    [['n', 'x'], undefined],
    [['a', 5], undefined],
    [['constructor'], undefined],
    [['a', 'length'], 2],
    [['a', 'map'], undefined],
    [['a', 0, 'b', 'toFixed'], undefined],
  ])('%j', (steps, value) => {
    expect(valueAt(document, steps)).toEqual(value)
  })
})
