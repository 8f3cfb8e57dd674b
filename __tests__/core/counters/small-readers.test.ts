import { describe, expect, test } from '@jest/globals'
import { withPointDecimals } from '../../../src/core/counters/perf-stat.ts'
import { readResourceUse } from '../../../src/core/counters/rusage.ts'

describe('the locale under perf', () => {
  test.each([
    ['none given', { PATH: '/bin' }, { PATH: '/bin', LC_NUMERIC: 'C' }],
    ['a language', { LANG: 'de_DE.UTF-8' }, { LANG: 'de_DE.UTF-8', LC_NUMERIC: 'C' }],
    [
      'LC_ALL, which would override: collation stays, decimals change',
      { LC_ALL: 'de_DE.UTF-8', LC_TIME: 'en_US.UTF-8', LANG: 'C', A: '1' },
      { LANG: 'de_DE.UTF-8', LC_NUMERIC: 'C', A: '1' },
    ],
    ['C already', { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }],
  ])('%s', (_name, env, expected) => {
    expect(withPointDecimals(env)).toEqual(expected)
  })
})

describe('what GNU time leaves', () => {
  test.each([
    ['a run', '0;3;7;1;250\n', { exitCode: 0, contextSwitches: 10, pageFaults: 251 }],
    [
      'a failed run',
      'Command exited with non-zero status 3\n3;0;1;0;90\n',
      { exitCode: 3, contextSwitches: 1, pageFaults: 90 },
    ],
    [
      'a killed run',
      'Command terminated by signal 11\n0;0;1;0;90\n',
      { exitCode: 139, contextSwitches: 1, pageFaults: 90 },
    ],
    ['nothing', '', undefined],
    ['something else', '0;1;2\n', undefined],
    ['numbers that are none', '0;-1;2;3;4\n', undefined],
  ])('%s', (_name, text, expected) => {
    expect(readResourceUse(text)).toEqual(expected)
  })
})
