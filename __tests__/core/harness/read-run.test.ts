import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openRun, readRun } from '../../../src/core/harness/read-run.ts'
import type { RunEnd } from '../../../src/core/harness/run-end.ts'
import { type UnrecognisedRun, unrecognisedOutput } from '../../../src/core/harness/unrecognised.ts'
import type { ValueFormat } from '../../../src/core/model/plan.ts'
import { stoppableMatch } from '../../../src/flow/run/stoppable-match.ts'
import { unrecognisedNote } from '../../../src/report/notes/harness.ts'
import { faultClause } from '../../../src/report/reasons/faults.ts'
import { cases } from '../../doubles/soak.ts'
import { worded } from '../../doubles/worded-fault.ts'

function noteOn(run: UnrecognisedRun): string | undefined {
  const output = unrecognisedOutput(run)
  return output && unrecognisedNote('a', output)
}

const well: RunEnd = { seconds: 0.25, code: 0, signal: null, timedOut: false, stdout: '', truncated: false }
const match = stoppableMatch(5000)
const json = (path: string): ValueFormat => ({ kind: 'json', path })
const regex = (pattern: string): ValueFormat => ({ kind: 'regex', pattern })

function read(stdout: string, format: ValueFormat = { kind: 'seconds' }, end: Partial<RunEnd> = {}) {
  const reading = readRun({ ...well, stdout, ...end }, format, match)
  if (!reading.ok) return reading
  // How coarsely it was printed is a test of its own.
  const { step: _, ...rest } = reading
  return rest
}

describe('a run that failed without a network', () => {
  const clause = (stderr: string) => {
    const found = readRun({ ...well, stdout: '', stderr, code: 1 }, { kind: 'seconds' }, match)
    return found.ok ? '' : faultClause(found.fault.says)
  }
  test.each([
    'curl: (6) Could not resolve host: example.com',
    'npm error code ENOTFOUND',
    'getaddrinfo EAI_AGAIN registry.example',
    'java.net.UnknownHostException: example.com',
  ])('says so: %s', stderr => {
    expect(clause(stderr)).toContain('did not reach the network')
  })

  test.each(["ModuleNotFoundError: No module named 'hypothesis'", "FileNotFoundError: [Errno 2] 'x'"])(
    'says nothing of it for another fault: %s',
    stderr => {
      expect(clause(stderr)).toBe('exited with code 1')
    },
  )
})

describe('the value of a run', () => {
  test.each<{ stdout: string; format: ValueFormat; value: number; more?: object }>([
    { stdout: 'whatever', format: { kind: 'wall' }, value: 0.25 },
    { stdout: '1.5\n', format: { kind: 'seconds' }, value: 1.5 },
    { stdout: '  1500  \r\n', format: { kind: 'milliseconds' }, value: 1.5 },
    { stdout: '1e-3', format: { kind: 'seconds' }, value: 0.001 },
    { stdout: '1_000', format: { kind: 'seconds' }, value: 1000 },
    { stdout: '2,625.65', format: { kind: 'seconds' }, value: 2625.65 },
    { stdout: '+.5', format: { kind: 'seconds' }, value: 0.5 },
    { stdout: '\ufeff1.5', format: { kind: 'seconds' }, value: 1.5 },
    { stdout: '\u001b[1m1.5\u001b[0m', format: { kind: 'seconds' }, value: 1.5 },
    { stdout: '{"mean": 0.5}', format: json('mean'), value: 0.5 },
    { stdout: 'log\n{"mean": 0.5}\nlog', format: json('mean'), value: 0.5 },
    { stdout: '{"level":"info"}\n{"mean": 0.5}\n', format: json('mean'), value: 0.5 },
    { stdout: '{"results": [{"times": [3]}]}', format: json('results[0].times'), value: 3 },
    { stdout: '{"b":[{"name":"x","t":1},{"name":"y","t":2}]}', format: json('b[name=y].t'), value: 2 },
    {
      stdout: '{"b":[{"name":"x","t":1,"time_unit":"us"}]}',
      format: json('b[0].t'),
      value: 1,
      more: { told: { names: ['x'], unit: 'us' } },
    },
    { stdout: 'took 12.5 ms', format: regex('([0-9.]+) ms'), value: 12.5, more: { told: { unit: 'ms' } } },
    {
      stdout: 'took 12.5 ms',
      format: regex('([0-9.]+) (?<unit>[a-z]+)'),
      value: 0.0125,
      more: { unit: 's' },
    },
    {
      stdout: 'rate 3 Mops/s',
      format: regex('([0-9.]+) (?<unit>[\\w/]+)'),
      value: 3e6,
      more: { unit: 'ops/s' },
    },
    { stdout: 'a\ntotal: 8\nb', format: regex('^total: (.*)$'), value: 8 },
    { stdout: 'x 8', format: regex('[0-9]+'), value: 8 },
    { stdout: '0 allocations', format: regex('^[0-9]+'), value: 0, more: { told: { unit: 'allocations' } } },
    { stdout: '{"allocations": 0}', format: json('allocations'), value: 0 },
  ])('$stdout as $format.kind is $value', ({ stdout, format, value, more }) => {
    expect(read(stdout, format)).toEqual({ ok: true, value, ...more })
  })
})

describe('a run without a value', () => {
  test.each<{ stdout: string; format?: ValueFormat; kind: string; says: RegExp }>([
    { stdout: '', kind: 'silent', says: /printed nothing/ },
    { stdout: ' \n\t\n', kind: 'silent', says: /printed nothing/ },
    { stdout: 'NaN', kind: 'nan', says: /NaN/ },
    { stdout: '-nan', kind: 'nan', says: /NaN/ },
    {
      stdout: '3\n\n1\n2\n',
      kind: 'ambiguous',
      says: /printed 3 values where one is expected \("3", "1", "2"\)/,
    },
    { stdout: 'x 1 ms\ny 3 ms', format: regex('([0-9]+) ms'), kind: 'ambiguous', says: /printed 2 values/ },
    { stdout: '{"a": [1, 2]}', format: json('a'), kind: 'ambiguous', says: /printed 2 values/ },
    {
      stdout: '{"a": 1}\n{"a": 2}',
      format: json('a'),
      kind: 'ambiguous',
      says: /2 JSON documents that have "a"/,
    },
    {
      stdout: '{"b":[{"name":"x"},{"name":"x"}]}',
      format: json('b[name=x].t'),
      kind: 'ambiguous',
      says: /2 elements with name=x/,
    },
    {
      stdout: 'took 1 parsec',
      format: regex('([0-9]+) (?<unit>\\w+)'),
      kind: 'unit',
      says: /"1 parsec", whose unit is not known/,
    },
    { stdout: 'took 0 ms', format: regex('([0-9]+) (?<unit>\\w+)'), kind: 'zero', says: /zero/ },
    { stdout: 'inf', kind: 'infinite', says: /infinite/ },
    { stdout: '-Infinity', kind: 'infinite', says: /infinite/ },
    { stdout: '1e999', kind: 'infinite', says: /infinite/ },
    { stdout: '-1', kind: 'negative', says: /negative value -1/ },
    { stdout: '0', kind: 'zero', says: /zero/ },
    { stdout: '-0.0', kind: 'zero', says: /zero/ },
    { stdout: '1e-999', kind: 'zero', says: /zero/ },
    { stdout: '1e200', kind: 'out-of-range', says: /another unit/ },
    { stdout: '1e-200', kind: 'out-of-range', says: /another unit/ },
    { stdout: '1,5', kind: 'unreadable', says: /"1,5", which is not a number/ },
    { stdout: '1.5 s', kind: 'unreadable', says: /"1.5 s"/ },
    { stdout: '0x10', kind: 'unreadable', says: /"0x10"/ },
    { stdout: 'toString', kind: 'unreadable', says: /not a number/ },
    { stdout: '٣', kind: 'unreadable', says: /not a number/ },
    { stdout: 'warming up\n1.5', kind: 'unreadable', says: /"warming up"/ },
    { stdout: 'x'.repeat(5000), kind: 'unreadable', says: /^printed "x{60}…"/ },
    { stdout: '{"a": 1', format: json('a'), kind: 'unreadable', says: /no JSON document/ },
    { stdout: '{"a": 1}', format: json('b'), kind: 'silent', says: /nothing at "b": the document has a/ },
    { stdout: '{"a": []}', format: json('a'), kind: 'silent', says: /an empty list at "a"/ },
    { stdout: '{"a": "1"}', format: json('a'), kind: 'unreadable', says: /which is no number/ },
    { stdout: '{"a": null}', format: json('a'), kind: 'unreadable', says: /which is no number/ },
    { stdout: '{"a": 1e999}', format: json('a'), kind: 'infinite', says: /infinite/ },
    { stdout: '{"a": -2}', format: json('a'), kind: 'negative', says: /-2/ },
    { stdout: '{}', format: json('a..b'), kind: 'unreadable', says: /JSON path/ },
    { stdout: '{}', format: json('constructor'), kind: 'silent', says: /nothing at/ },
    { stdout: 'nothing', format: regex('[0-9]+'), kind: 'silent', says: /matches/ },
    { stdout: 'took xyz ms', format: regex('took (.*) ms'), kind: 'unreadable', says: /"xyz"/ },
  ])('$stdout is $kind', ({ stdout, format, kind, says }) => {
    const reading = read(stdout, format)
    expect(reading).toMatchObject({ fault: { kind } })
    expect(!reading.ok && faultClause(reading.fault.says)).toMatch(says)
  })

  test.each<{ end: Partial<RunEnd>; kind: string; says: string }>([
    { end: { code: 3 }, kind: 'crash', says: 'exited with code 3' },
    { end: { code: null, signal: 'SIGSEGV' }, kind: 'crash', says: 'was killed by SIGSEGV' },
    {
      end: { code: null, signal: 'SIGKILL' },
      kind: 'crash',
      says: 'was killed by SIGKILL',
    },
    {
      end: { code: null, signal: 'SIGKILL', timedOut: true, seconds: 600 },
      kind: 'timeout',
      says: 'was ended by its time limit after 600.0 s',
    },
  ])('a run that $says counts for nothing, whatever it printed', ({ end, kind, says }) => {
    for (const format of [{ kind: 'wall' }, { kind: 'seconds' }] as const)
      expect(worded(read('1.5', format, end))).toMatchObject({ ok: false, fault: { kind, clause: says } })
  })

  test('output that was cut off is not read, but its time counts', () => {
    expect(read('1.5', { kind: 'seconds' }, { truncated: true })).toMatchObject({ fault: { kind: 'flood' } })
    expect(read('1.5', { kind: 'wall' }, { truncated: true })).toEqual({ ok: true, value: 0.25 })
  })

  test('a pattern that takes too long is a fault, not a hang', () => {
    const reading = readRun({ ...well, stdout: 'aaaa' }, regex('(a+)+$'), () => undefined)
    expect(reading).toMatchObject({ fault: { kind: 'unreadable' } })
  })

  test('JSON nested two hundred thousand deep is read without harm', () => {
    const deep = `${'['.repeat(200_000)}1${']'.repeat(200_000)}`
    expect(read(deep, json('[0][0]'))).toMatchObject({ fault: { kind: 'unreadable' } })
    expect(read('{"a":'.repeat(200_000), json('a'))).toMatchObject({ fault: { kind: 'unreadable' } })
  })
})

describe('whatever a run prints', () => {
  const formats: ValueFormat[] = [
    { kind: 'seconds' },
    { kind: 'milliseconds' },
    json('a'),
    json('$'),
    regex('.+'),
  ]
  const fragment = fc.constantFrom(
    '1',
    '-',
    '.',
    'e',
    '9',
    '0',
    'NaN',
    'inf',
    ',',
    ' ',
    '\n',
    '{"a":',
    '}',
    '[',
    ']',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.double().map(String),
    fc.array(fragment, { maxLength: 12 }).map(parts => parts.join('')),
  )

  test('it is a positive finite number of moderate size or a fault with a clause', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...formats), (stdout, format) => {
        const reading = read(stdout, format)
        if (reading.ok) {
          expect(reading.value === 0 || reading.value >= 1e-100).toBe(true)
          expect(reading.value).toBeLessThanOrEqual(1e100)
        } else {
          const clause = faultClause(reading.fault.says)
          expect(clause).toMatch(/^(?:printed|has) ./)
          expect(clause).not.toMatch(/\n/)
          expect(clause.length).toBeLessThan(500)
        }
      }),
      cases(3_000),
    )
  })

  test('a number that is printed is the number that is read', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-90, max: 1e90, noNaN: true }), value => {
        expect(read(String(value))).toEqual({ ok: true, value })
        expect(read(JSON.stringify({ a: value }), json('a'))).toEqual({ ok: true, value })
        expect(read(`took ${value} s`, regex('took (\\S+) s'))).toMatchObject({ ok: true, value })
      }),
      cases(10_000),
    )
  })
})

test('a run that is timed as a whole has no allocations', () => {
  const reading = readRun(
    { ...well, stdout: 'hello' },
    { format: { kind: 'wall' }, metric: 'allocations' },
    match,
  )
  expect(reading).toMatchObject({ ok: false, fault: { kind: 'silent' } })
})

describe('what a failed run says', () => {
  test.each([
    ['', 'printed nothing where its value was expected'],
    [
      'parse 12.5 ms\n',
      'printed nothing where its value was expected; what it prints on standard error is not read, so add 2>&1 if its value is there',
    ],
    ['sh: 1: bench: not found\n', 'printed nothing where its value was expected ("sh: 1: bench: not found")'],
  ])('nothing on standard output, with %j on standard error', (stderr, clause) => {
    expect(worded(read('', { kind: 'harness', harness: 'lines' }, { stderr }))).toMatchObject({
      fault: { kind: 'silent', clause },
    })
  })

  test.each([
    [
      127,
      'bash: line 1: ./bench: No such file or directory\n',
      'not-found',
      'could not be started ("./bench: No such file or directory")',
    ],
    [
      127,
      'bash: cargo: command not found\n',
      'not-found',
      'could not be started ("cargo: command not found")',
    ],
    [
      126,
      'bash: line 1: ./bench: Permission denied',
      'not-found',
      'could not be started ("./bench: Permission denied")',
    ],
    [127, 'sh: 1: bench: not found\n', 'not-found', 'could not be started ("sh: 1: bench: not found")'],
    [
      2,
      '/bin/sh: 1: bench: not found\nmake: *** [Makefile:1: all] Error 127\n',
      'not-found',
      'could not be started ("/bin/sh: 1: bench: not found")',
    ],
    [2, 'bench: input not found\n', 'crash', 'exited with code 2'],
    [124, '', 'crash', 'exited with code 124, as timeout does when its time is up'],
    [127, '', 'crash', 'exited with code 127'],
    [139, '', 'crash', 'exited with code 139, by which the shell tells of SIGSEGV'],
    [
      141,
      '',
      'crash',
      'exited with code 141, because a program wrote into a pipe whose reader had ended (SIGPIPE); let the reader read all of it',
    ],
  ])('code %d with %j', (code, stderr, kind, clause) => {
    expect(worded(read('', { kind: 'wall' }, { code, stderr }))).toMatchObject({ fault: { kind, clause } })
  })

  test('colours are no part of its last lines', () => {
    const stderr = '\u001b[0m\u001b[0m[ERROR] \u001b[1;31mfailed\u001b[m\n\u001b[0m\u001b[0m\n'
    const reading = read('', { kind: 'wall' }, { code: 3, stderr })
    expect(!reading.ok && reading.fault.lastLines).toEqual(['[ERROR] failed'])
  })

  test('its last lines are kept, of what it printed and of its errors', () => {
    const stdout = Array.from({ length: 30 }, (_, at) => `out ${at}`).join('\n')
    const reading = read(stdout, { kind: 'wall' }, { code: 3, stderr: 'assertion failed\n\nabort\n' })
    expect(!reading.ok && reading.fault.lastLines).toEqual([
      ...Array.from({ length: 10 }, (_, at) => `out ${at + 20}`),
      'assertion failed',
      'abort',
    ])
  })
})

describe('what nothing tells apart', () => {
  const RUN = { seconds: 1, code: 0, signal: null, timedOut: false, stdout: '', truncated: false } as const

  test('two benchmarks of one name have no value, and the others have theirs', () => {
    const line = (name: string, value: number) => `test ${name} ... bench: ${value} ns/iter (+/- 1)\n`
    const run = openRun(
      { ...RUN, stdout: line('a', 1) + line('b', 2) + line('a', 300) },
      stoppableMatch(1000),
    )
    const format = { kind: 'harness', harness: 'libtest' } as const
    expect(run.read({ format: { ...format, row: 'b' } })).toMatchObject({ ok: true, value: 2e-9 })
    expect(worded(run.read({ format: { ...format, row: 'a' } }))).toMatchObject({
      ok: false,
      fault: { kind: 'failed', clause: expect.stringMatching(/^printed 2 results of this name/) },
    })
  })

  test.each([
    { pattern: '([0-9.]+) ms', text: 'a: 1,234.5 ms', part: '1,234.5' },
    { pattern: 'a: (\\d+)', text: 'a: 1\u202f234 ms', part: '1 234' },
    { pattern: '([0-9]+)', text: "12'345", part: "12'345" },
  ])('a pattern that takes a part of $text gives no value', ({ pattern, text, part }) => {
    const reading = readRun({ ...RUN, stdout: text }, { kind: 'regex', pattern }, stoppableMatch(1000))
    expect(reading).toMatchObject({
      ok: false,
      fault: { kind: expect.stringMatching(/unreadable|ambiguous/) },
    })
    if (!reading.ok && reading.fault.kind === 'unreadable')
      expect(faultClause(reading.fault.says)).toContain(part)
  })

  test.each([
    { pattern: '^[^,]*,(\\d+),', text: 'a2,120,300', value: 120 },
    { pattern: 'a: ([0-9,.]+) ms', text: 'a: 1,234.5 ms', value: 1234.5 },
    { pattern: 't=(\\d+)', text: 't=12,b=3', value: 12 },
    { pattern: '(\\d+)%', text: 'v1.2 12%', value: 12 },
  ])('a pattern that says where its number ends takes it: $text', ({ pattern, text, value }) => {
    expect(readRun({ ...RUN, stdout: text }, { kind: 'regex', pattern }, stoppableMatch(1000))).toMatchObject(
      {
        ok: true,
        value,
      },
    )
  })
})

describe('a run that is timed as a whole although it prints results', () => {
  test.each([
    ['BenchmarkSomething 12 ns', '', /looks like a result \("BenchmarkSomething 12 ns"\)/],
    ['{"benchmarks": [', '', /looks like a result/],
    ['done\nmean: 1.5 ms\n', '', /format: wall/],
    ['', 'BenchmarkA-8  10  5 ns/op\n', /results of go test -bench on standard error/],
  ])('is said: %j', (stdout, stderr, expected) => {
    expect(noteOn({ stdout, stderr })).toMatch(expected)
  })

  test.each(['', 'checksum 12\n', 'version 1.2ms-beta\n', '20 seconds-old\n', 'ok 3 items'])(
    'is not for %j',
    stdout => {
      expect(noteOn({ stdout })).toBeUndefined()
    },
  )
})
