import { describe, expect, test } from '@jest/globals'
import { readProcesses } from '../../../src/core/counters/process-record.ts'

const ENV = 'env 0 PATH=/usr/bin,A=1%2C%202,BASH_FUNC_x%25%25=%28%29,UTF=%C3%A9\n'
const FIRST = '0 -1 1500000 1 4 /usr/bin/bash /work /dev/null bash,-c,a%20b,- 0  0\n'
const SECOND = '1 0 250 2 3 /work/b%20c /work /work/data ./b%20c 0 /work/b%20c,/work/x.so 1\n'

describe('the programs that a run was seen to start', () => {
  test('are read with their words, environment, input and the code that they mapped', () => {
    const [first, second] = readProcesses(`${ENV}${FIRST}${SECOND}end\n`)!
    expect(first).toEqual({
      id: 0,
      parent: undefined,
      program: '/usr/bin/bash',
      words: ['bash', '-c', 'a b', ''],
      folder: '/work',
      environment: [
        ['PATH', '/usr/bin'],
        ['A', '1, 2'],
        ['UTF', 'é'],
      ],
      seconds: 0.0015,
      started: 1,
      ended: 4,
      input: 'nothing',
      treeCode: [],
      passing: false,
    })
    expect(second).toMatchObject({
      parent: 0,
      input: { file: '/work/data' },
      treeCode: ['/work/b c', '/work/x.so'],
      passing: true,
    })
  })

  test.each([
    ['pipe:[1234]', 'stream'],
    ['/dev/pts/0', 'stream'],
    ['/tmp/x%20(deleted)', 'stream'],
    ['-', 'nothing'],
  ])('read from %s', (link, input) => {
    expect(readProcesses(`${ENV}${FIRST.replace('/dev/null', link)}end\n`)![0]!.input).toBe(input)
  })

  test.each([
    ['nothing', ''],
    ['no end', `${ENV}${FIRST}`],
    ['no process', `${ENV}end\n`],
    ['no environment', `${FIRST}end\n`],
    ['a field too few', `${ENV}0 -1 1 1 4 /b /w - b 0 0\nend\n`],
    ['a program without a path', `${ENV}${FIRST.replace('/usr/bin/bash', 'bash')}end\n`],
    ['a time that is none', `${ENV}${FIRST.replace('1500000', '1e400')}end\n`],
    ['too many', `${ENV}${FIRST.repeat(5000)}end\n`],
  ])('are not told where there is %s', (_, text) => {
    expect(readProcesses(text)).toBeUndefined()
  })
})
