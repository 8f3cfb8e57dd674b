import { expect, test } from '@jest/globals'
import { readCommandLine } from '../../src/commands/command-line.ts'
import { helpText } from '../../src/commands/help.ts'
import { OPTIONS } from '../../src/core/config/options.ts'
import { InputError } from '../../src/core/model/errors.ts'

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
    '--bse is not an option of gate (did you mean --base?); see perf-verdict help.\n--base is given twice; give it once.\n--seed needs a value; see perf-verdict help.',
  )
})

test('no arguments ask for help, which names every option of the command line', () => {
  expect(readCommandLine([]).command).toBe('help')
  for (const { name } of OPTIONS.filter(option => option.surfaces.includes('cli')))
    expect(helpText()).toContain(`--${name} `)
})

test.each<[string, readonly string[], string]>([
  [
    'a word',
    ['gate', 'main', '--base', 'a'],
    'main stands alone, and gate takes options only (did you mean --base main or --head main?); put a value with spaces between quotes.',
  ],
  [
    'an option without its dashes',
    ['gate', 'seed=3'],
    'seed=3 stands alone, and gate takes options only (did you mean --seed?); put a value with spaces between quotes.',
  ],
  ['a mistyped command', ['gat'], 'gat is not a command (did you mean gate?); see perf-verdict help.'],
  ['a word that is like no command', ['frobnicate'], 'frobnicate is not a command; see perf-verdict help.'],
  [
    'an option that is like none',
    ['gate', '--frobnicate', 'x'],
    '--frobnicate is not an option of gate; see perf-verdict help.',
  ],
  ['a short option', ['gate', '-b'], '-b is not an option of gate'],
  ['an option of another command', ['doctor', '--base', 'x'], '--base is not an option of doctor'],
  ['a flag of bisect', ['gate', '--first-faster'], '--first-faster is not an option of gate'],
  ['a flag with a value', ['doctor', '--json=yes'], '--json takes no value; write it alone.'],
])('%s is named', (_, given, fault) => expect(() => readCommandLine(given)).toThrow(fault))

test('help is asked for in any place', () => {
  for (const given of [['--help'], ['-h'], ['help'], ['gate', '--help'], ['bisect', '--base', 'x', '-h']])
    expect(readCommandLine(given).command).toBe('help')
})

test('words belong to the commands that take some', () => {
  expect(readCommandLine(['history', 'data.js', '--history', 'h']).words).toEqual(['data.js'])
  expect(readCommandLine(['host', 'hold', 'auto', '--x']).words).toEqual(['hold', 'auto', '--x'])
  expect(readCommandLine(['doctor', '--json']).options).toEqual({ json: 'true' })
})

test('a bisection takes the options of a gate, and its own', () => {
  const { options } = readCommandLine(['bisect', '--base', 'v1', '--first-faster', '--seed', '3'])
  expect(options).toEqual({ base: 'v1', 'first-faster': 'true', seed: '3' })
})
