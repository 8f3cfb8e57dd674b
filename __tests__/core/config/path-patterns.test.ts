import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { pathPatternFault, pathPatternsIn, pathspecsOf } from '../../../src/core/config/path-patterns.ts'
import { InputError } from '../../../src/core/model/errors.ts'

describe('patterns of paths', () => {
  test('are one a line, or with commas between, and may hold blanks', () => {
    expect(pathPatternsIn('src/**, Makefile\n  ./my docs/a.c \n\n!./x')).toEqual([
      'src/**',
      'Makefile',
      'my docs/a.c',
      '!x',
    ])
  })

  test('become pathspecs from the top', () => {
    expect(pathspecsOf(['src/**', '!src/doc'])).toEqual([':(top,glob)src/**', ':(top,exclude,glob)src/doc'])
  })

  test.each([[['src/**', 'lib/', '**/*.c', '!**/*.md']], [['!docs/**']], [['a b/ü.c']], [[]]])(
    'take %j',
    patterns => expect(pathPatternFault(patterns)).toBeUndefined(),
  )

  test.each([
    [['!src/doc', 'src/doc/code'], /after a pattern that begins with !/],
    [['/src'], /from the top/],
    [['../other'], /from the top/],
    [['src//a'], /from the top/],
    [['!'], /from the top/],
    [['**.c'], /whole folders/],
    [['src/a**'], /whole folders/],
  ])('refuse %j', (patterns, says) => expect(pathPatternFault(patterns)).toMatch(says))

  test('are read from a list and from a text of the configuration, and a fault names its line', () => {
    const rest = 'benchmarks:\n  - {name: a, command: b, paths: [x/**, y]}\n'
    const { paths, benchmarks } = readConfig(`paths: src/**\n${rest}`, 'f.yml')
    expect([paths, benchmarks?.[0]?.paths]).toEqual([['src/**'], ['x/**', 'y']])
    const wrong = () => readConfig(`paths:\n  - src/**\n  - '**.c'\n${rest}`, 'f.yml')
    expect(wrong).toThrow(InputError)
    expect(wrong).toThrow(/^f\.yml:1: paths has "\*\*\.c"/)
  })
})
