import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { parseOptions, settle } from '../../../src/core/config/settings.ts'
import { InputError } from '../../../src/core/model/errors.ts'

const option = (name: string) => `--${name}`

function faultsOf(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof InputError) return error.faults
    throw error
  }
  return []
}

describe('a door', () => {
  test('reads what it was given into values with units', () => {
    const invocation = parseOptions(
      { threshold: '3 %', budget: '2m', bench: 'a=./a\nb = ./b --x=1', seed: '7' },
      option,
    )
    expect(invocation).toEqual({
      threshold: 0.03,
      budget: 120,
      bench: [
        { name: 'a', command: './a' },
        { name: 'b', command: './b --x=1' },
      ],
      seed: 7,
    })
  })

  test('tells every fault at once, each naming its option and what was expected', () => {
    const faults = faultsOf(() =>
      parseOptions(
        { threshold: '2', budget: 'soon', counters: 'vtune', shard: '6/5', layouts: '2', format: 'regex:a' },
        option,
      ),
    )
    expect(faults).toEqual([
      '--threshold must be a percentage above zero such as 5%, not "2".',
      '--format must be wall, seconds, milliseconds, json:PATH or regex:PATTERN with one group, not "regex:a".',
      '--budget must be a time such as 90s, 10m or 1h, not "soon".',
      '--counters must be one of auto, perf, simulated, off, not "vtune".',
      '--layouts must be auto, off, rounds or a whole number of at least 4, not "2".',
      '--shard must be INDEX/OF such as 2/5, not "6/5".',
    ])
  })

  test('checks the syntax of a JSON path and of a pattern before anything is built', () => {
    expect(faultsOf(() => parseOptions({ format: 'json:results[0' }, option))).toEqual([
      '--format has the JSON path "results[0", which cannot be read; write results[0].median or benchmarks[name=BM_x].real_time.',
    ])
    expect(faultsOf(() => parseOptions({ format: 'regex:(?<unit>ms)' }, option))).toHaveLength(1)
    expect(parseOptions({ format: 'json:b[name="BM op/64"].real_time' }, option).format).toMatchObject({
      kind: 'json',
    })
    expect(parseOptions({ format: 'regex:([0-9.]+) (?<unit>[a-z]+)' }, option).format).toMatchObject({
      kind: 'regex',
    })
  })

  test.each([
    ['threshold', '0%'],
    ['threshold', '-5%'],
    ['threshold', '5'],
    ['budget', '0s'],
    ['l1i', '32768,7,64'],
    ['env', '1BAD=x'],
    ['tune', ''],
    ['key', 'a b'],
    ['seed', '-1'],
  ])('refuses %s = %j', (name, value) => {
    // An empty value means "not given", everywhere.
    const faults = faultsOf(() => parseOptions({ [name]: value }, option))
    expect(faults).toHaveLength(value === '' ? 0 : 1)
  })

  test('names a setting that it does not know', () => {
    expect(faultsOf(() => parseOptions({ thresold: '5%' }, option))).toEqual([
      '--thresold is not known; see the list of options.',
    ])
  })
})

describe('the configuration file', () => {
  test('is read with settings for all and for one benchmark', () => {
    const config = readConfig(
      'build: make\nthreshold: 4%\nbenchmarks:\n  - name: a\n    command: ./a\n    threshold: 2%\n  - {name: b, command: ./b, format: "json:mean"}\n',
      'f.yml',
    )
    const settings = settle({}, config)
    expect(settings.build).toBe('make')
    expect(settings.benchmarks.map(({ name, threshold, format }) => ({ name, threshold, format }))).toEqual([
      { name: 'a', threshold: 0.02, format: { kind: 'wall', recognise: true } },
      { name: 'b', threshold: 0.04, format: { kind: 'json', path: 'mean' } },
    ])
  })

  test('tells every fault with its line', () => {
    const text = [
      'build: make',
      'thresold: 5%',
      'budget: never',
      'benchmarks:',
      '  - name: a',
      '    command: ./a',
      '    threshold: lots',
      '  - name: b',
      '  - name: ""',
      '    command: x',
    ].join('\n')
    expect(faultsOf(() => readConfig(text, 'f.yml'))).toEqual([
      'f.yml:2: thresold is not a setting (did you mean threshold?); see docs/reference.md.',
      'f.yml:3: budget must be a time such as 90s, 10m or 1h, not "never".',
      'f.yml:7: benchmarks[1].threshold must be a percentage above zero such as 5%, not "lots".',
      'f.yml:8: benchmarks[2].command is missing; add it.',
      'f.yml:9: benchmarks[3].name must be a name of 1 to 200 characters on one line, not "".',
    ])
  })

  test.each([
    ['a: [', /^f\.yml:\d+: /],
    ['build: a\nbuild: b', /^f\.yml:2: /],
    ['- 1\n- 2', /^f\.yml:1: the configuration must be settings, each as NAME: VALUE\.$/],
    ['benchmarks: []', /^f\.yml:1: benchmarks must list at least one benchmark\.$/],
    [
      'benchmarks:\n  - {name: a, command: x}\n  - {name: a, command: y}',
      /^f\.yml:3: the benchmark "a" is listed twice/,
    ],
    ['a: &a [*a]', /./],
  ])('refuses %j with a line', (text, expected) => {
    const faults = faultsOf(() => readConfig(text, 'f.yml'))
    expect(faults.length).toBeGreaterThan(0)
    expect(faults[0]).toMatch(expected)
  })

  test('is too large beyond 256 KiB', () => {
    expect(faultsOf(() => readConfig('#'.repeat(300_000), 'f.yml'))).toHaveLength(1)
  })
})

describe('settled settings', () => {
  test('take the door over the file over the defaults', () => {
    const config = readConfig('threshold: 4%\nbudget: 1m\nbenchmarks: [{name: a, command: ./a}]', 'f.yml')
    const settings = settle(parseOptions({ threshold: '9%' }, option), config)
    expect(settings.benchmarks[0]).toMatchObject({
      threshold: 0.09,
      budgetSeconds: 60,
      unit: 's',
      timeoutSeconds: 300,
    })
    expect(settings.alpha).toBe(0.01)
  })

  test('take the commands around a run from the benchmark, else from those for all', () => {
    const config = readConfig(
      'prepare: make data\nbenchmarks:\n  - { name: a, command: ./a }\n  - { name: b, command: ./b, prepare: cp x y, conclude: rm y }',
      'f.yml',
    )
    expect(settle({}, config).benchmarks.map(({ around }) => around)).toEqual([
      { prepare: 'make data' },
      { prepare: 'cp x y', conclude: 'rm y' },
    ])
    expect(settle(parseOptions({ bench: 'a=./a' }, option), {}).benchmarks[0]).not.toHaveProperty('around')
  })

  test('refuse a floor that is not in the unit of the benchmark', () => {
    const invocation = (format: string, floor: string) =>
      parseOptions({ bench: 'a=./a', format, floor }, option)
    expect(faultsOf(() => settle(invocation('wall', '3'), {}))).toEqual([
      'The floor of a must be a time such as 1ms, not "3".',
    ])
    expect(faultsOf(() => settle(invocation('json:x', '1ms'), {}))).toEqual([
      'The floor of a must be a number in its unit (none), not "1ms".',
    ])
    expect(settle(invocation('wall', '2ms'), {}).benchmarks[0]!.floor).toBe(0.002)
  })

  test('refuse to gate on layouts that are not measured', () => {
    const bench = [{ name: 'parse', command: './bench' }]
    expect(() => settle({ bench, 'gate-on': 'both' }, {})).toThrow(/gate-on: both needs layouts: rounds/)
    expect(settle({ bench, 'gate-on': 'both', layouts: 'rounds' }, {})).toMatchObject({ gateOn: 'both' })
    expect(settle({ bench }, {})).toMatchObject({ gateOn: 'as-built' })
  })

  test('refuse a gate without benchmarks, and one name twice', () => {
    expect(faultsOf(() => settle({}, {}))).toEqual([expect.stringContaining('No benchmark is given')])
    expect(faultsOf(() => settle(parseOptions({ bench: 'a=x\na=y' }, option), {}))).toEqual([
      'The benchmark "a" is given twice; give each its own name.',
    ])
  })
})

describe('a hostile configuration is refused with a sentence, and soon', () => {
  const aliases = (depth: number) =>
    [
      'a0: &a0 [x,x,x,x,x,x,x,x,x]',
      ...Array.from(
        { length: depth },
        (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(',')}]`,
      ),
    ].join('\n')
  test.each<[string, string, RegExp]>([
    ['aliases of aliases', aliases(8), /^f\.yml cannot be read \(Excessive alias count/],
    ['an alias of itself', 'benchmarks: &a [*a]', /f\.yml/],
    ['brackets without end', '['.repeat(120_000) + ']'.repeat(120_000), /nested too deep/],
    ['braces without end', '{a: '.repeat(60_000), /nested too deep/],
    ['nesting by lines', '- '.repeat(40_000), /f\.yml/],
    [
      'nesting by indentation',
      Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      /f\.yml/,
    ],
    [
      'a great many keys',
      Array.from({ length: 20_000 }, (_, at) => `a${at}: 1`).join('\n'),
      /a0 is not a setting/,
    ],
    ['a great many repeated keys', 'build: a\n'.repeat(20_000), /^f\.yml:2: build is given twice/],
    [
      'a setting twice',
      'threshold: 1%\nthreshold: 90%\nbenchmarks: []',
      /^f\.yml:2: threshold is given twice/,
    ],
    ['more than anybody writes', ' '.repeat(300_000), /larger than 256 KiB/],
    ['bytes that are no text', '\u0000\u0001\ufffe: [', /f\.yml/],
    ['a prototype', '__proto__: {build: evil}\nconstructor: 1', /is not a setting/],
    [
      'bidi and line breaks in a name',
      'benchmarks: [{name: "a\\n\u202eb", command: x, evil: 1}]',
      /f\.yml:1/,
    ],
    ['a tag', '!!js/function "x"', /f\.yml/],
  ])('%s', (_, text, says) => {
    const started = process.cpuUsage()
    const faults = faultsOf(() => settle({}, readConfig(text, 'f.yml')))
    expect(faults.length).toBeLessThanOrEqual(40)
    expect(faults.join('\n')).toMatch(says)
    expect(process.cpuUsage(started).user).toBeLessThan(8e6)
  })
})

test.each([
  ['onundecided: fail\nbenchmarks: [{name: a, command: ./b}]', /did you mean on-undecided\?/],
  [
    'benchmarks: [{name: a, command: ./b, budget: 1m}]',
    /budget is set once for all benchmarks; move it to the top/,
  ],
  ['bench: a=./b', /list benchmarks here/],
  ['seed: 3', /seed is an option of the command line or the action/],
  ['benchmarks: ./b', /benchmarks must be a list, with - before each entry/],
  ['benchmarks: [{name: a, command: ./b, rows: [{match: x, skp: true}]}]', /did you mean skip\?/],
])('a setting that stands in the wrong place or is mistyped is told with what to do: %j', (text, says) => {
  expect(() => readConfig(text, 'f.yml')).toThrow(says)
})
