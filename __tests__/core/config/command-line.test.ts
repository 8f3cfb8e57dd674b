import { expect, test } from '@jest/globals'
import { helpText, readCommandLine } from '../../../src/core/config/command-line.ts'
import { OPTIONS } from '../../../src/core/config/options.ts'
import { InputError } from '../../../src/core/model/errors.ts'

test('options are read with a space or an equals sign, and repeated benchmarks become lines', () => {
  expect(
    readCommandLine(['gate', '--base', 'main', '--threshold=3%', '--bench', 'a=./a', '--bench=b=./b -x']),
  ).toEqual({
    command: 'gate',
    words: [],
    options: { base: 'main', threshold: '3%', bench: 'a=./a\nb=./b -x' },
  })
})

test('every fault is told at once', () => {
  const read = () => readCommandLine(['gate', '--bse', 'x', '--base', 'a', '--base', 'b', '--seed'])
  expect(read).toThrow(InputError)
  expect(read).toThrow(
    '--bse is not an option; see perf-verdict help.\n--base is given twice; give it once.\n--seed needs a value; see perf-verdict help.',
  )
})

test('no arguments ask for help, which names every option of the command line', () => {
  expect(readCommandLine([]).command).toBe('help')
  for (const { name } of OPTIONS.filter(option => option.doors.includes('cli')))
    expect(helpText()).toContain(`--${name} `)
})
