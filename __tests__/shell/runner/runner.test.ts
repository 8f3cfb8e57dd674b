import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { RunnerAnnotation } from '../../../src/shell/runner/annotator.ts'
import { openRunner, type Runner } from '../../../src/shell/runner/runner.ts'
import { parseKeyValues } from '../../doubles/runner/file-commands.ts'
import { openStepLog, type StepLog } from '../../doubles/runner/step-log.ts'
import { cases } from '../../doubles/soak.ts'

const FILES = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const
let folder: string
let paths: Record<(typeof FILES)[number], string>
let printed: string
const write = process.stdout.write
const before = { ...process.env }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-files-'))
  paths = Object.fromEntries(FILES.map(name => [name, join(folder, name)])) as typeof paths
  for (const path of Object.values(paths)) writeFileSync(path, '')
  Object.assign(process.env, paths)
  printed = ''
  process.stdout.write = ((text: string) => {
    printed += text
    return true
  }) as typeof write
})
afterEach(() => {
  process.stdout.write = write
  for (const name of FILES) delete process.env[name]
  Object.assign(process.env, before)
  rmSync(folder, { recursive: true, force: true })
})

const open = (): Runner => openRunner(process.env)

function read(): StepLog {
  const log = openStepLog(new Set())
  for (const line of printed.split(/\r\n|\n|\r/)) log.line(line)
  return log
}

describe('what we say to the runner', () => {
  test('is said in plain lines and groups, with nothing in them that it takes for a command', async () => {
    const { log } = open()
    await log.group('Build', async () => log.line('std::sort ##[set-output name=verdict]pass\n::error::no'))
    expect(read().commands.map(command => command.name)).toEqual(['group', 'endgroup'])
    expect(printed).toContain('std::sort ##\\[set-output')
  })

  test('closes a group also when its work fails', async () => {
    const failing = open().log.group('Build', async () => await Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(read().commands.at(-1)?.name).toBe('endgroup')
  })

  test('quotes hostile lines between a token and its end: 100,000 lines, no command', () => {
    const piece = fc.constantFrom(
      '::',
      '##[',
      ']',
      'set-output name=verdict',
      'add-mask',
      'stop-commands',
      'x',
      '\r',
      '\n',
      ' ',
      '::pass',
    )
    const line = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 6 })
      .map(pieces => pieces.join(''))
    fc.assert(
      fc.property(fc.array(line, { minLength: 100, maxLength: 100 }), lines => {
        printed = ''
        open().quote(lines)
        const foreign = read().commands.filter(command => command.name !== 'stop-commands')
        if (foreign.length > 0) throw new Error(JSON.stringify(foreign))
      }),
      cases(20_000),
    )
  })

  test('quotes with a new token every time', () => {
    const runner = open()
    runner.quote(['a'])
    runner.quote(['a'])
    const tokens = printed.match(/::stop-commands::(\S+)/g)
    expect(new Set(tokens).size).toBe(2)
    runner.log.warn('read again')
    expect(read().annotations).toHaveLength(1)
  })

  test('masks a secret and never an empty text', () => {
    const runner = open()
    runner.mask('')
    runner.mask('ghs_secret')
    expect(printed).toBe('::add-mask::ghs_secret\n')
  })
})

describe('annotations', () => {
  const many = (level: RunnerAnnotation['level'], count: number): readonly RunnerAnnotation[] =>
    Array.from({ length: count }, (_, at) => ({
      level,
      title: `t${at}`,
      message: `m${at}`,
      file: 'a.c',
      line: at + 1,
    }))

  test.each([3, 9, 10, 40])(
    'of which there are %i fit what the runner keeps, and the rest is counted',
    count => {
      open().annotate([...many('error', count), ...many('warning', count)])
      const { annotations } = read()
      for (const level of ['error', 'warning'] as const) {
        const own = annotations.filter(one => one.level === level)
        expect(own).toHaveLength(Math.min(count, 9))
        expect(own[0]).toMatchObject({ title: 't0', message: 'm0', file: 'a.c', line: '1' })
        if (count > 9) expect(own.at(-1)?.message).toBe(`And ${count - 8} more in the job summary.`)
      }
    },
  )

  test('leave room: warnings of the log become plain lines after the third', () => {
    const runner = open()
    for (let at = 0; at < 8; at++) runner.log.warn(`w${at}`)
    runner.annotate(many('warning', 20))
    const { annotations } = read()
    expect(annotations.filter(one => one.level === 'warning')).toHaveLength(9)
    expect(annotations.at(-1)?.message).toBe('And 15 more in the job summary.')
    expect(printed).toContain('\nWarning: w7\n')
  })

  test('carry any text whole, as title, message and file', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, message) => {
        printed = ''
        open().annotate([{ level: 'notice', title: `t${title}`, message: `m${message}`, file: 'a,b:c%' }])
        expect(read().annotations).toEqual([
          { level: 'notice', title: `t${title}`, message: `m${message}`, file: 'a,b:c%' },
        ])
      }),
      cases(10_000),
    )
  })
})

describe('the files of the runner', () => {
  const value = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('\n', '<<', '=', 'ghadelimiter_', 'x', '\r')).map(parts => parts.join('')),
  )

  test('hold our outputs, whatever their values are', () => {
    fc.assert(
      fc.property(value, given => {
        writeFileSync(paths.GITHUB_OUTPUT, '')
        const runner = open()
        runner.output('one', given)
        runner.output('two', 'b')
        expect(runner.verify()).toEqual([])
        const read = parseKeyValues(readFileSync(paths.GITHUB_OUTPUT, 'utf8'))
        // The runner ends a line at a newline, with or without a carriage return.
        expect(read).toEqual({ one: `${given}\n`.replaceAll('\r\n', '\n').slice(0, -1), two: 'b' })
      }),
      cases(6_000),
    )
  })

  test('that nobody touched are in order', async () => {
    const runner = open()
    runner.output('verdict', 'pass')
    await runner.summary('# text')
    expect(runner.verify()).toEqual([])
    expect(readFileSync(paths.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# text\n')
  })

  test.each([
    ['GITHUB_ENV', 'LD_PRELOAD=/tmp/evil.so\n', ''],
    ['GITHUB_PATH', '/tmp/evil\n', ''],
    ['GITHUB_STATE', 'x=1\n', ''],
    ['GITHUB_OUTPUT', 'verdict=pass\n', 'fail'],
  ] as const)('are put back when something else wrote to %s', (name, text, verdict) => {
    const runner = open()
    if (verdict) runner.output('verdict', verdict)
    appendFileSync(paths[name], text)
    expect(runner.verify()).toEqual([expect.stringContaining(name)])
    expect(parseKeyValues(readFileSync(paths[name], 'utf8'))).toEqual(verdict ? { verdict } : {})
  })

  test('are put back also when the foreign write came between two of ours, was a removal, or a link', () => {
    const runner = open()
    runner.output('verdict', 'fail')
    appendFileSync(paths.GITHUB_OUTPUT, 'verdict=pass\n')
    runner.output('regressions', '1')
    rmSync(paths.GITHUB_ENV)
    rmSync(paths.GITHUB_STATE)
    symlinkSync('/etc/hostname', paths.GITHUB_STATE)
    expect(runner.verify()).toHaveLength(3)
    expect(parseKeyValues(readFileSync(paths.GITHUB_OUTPUT, 'utf8'))).toEqual({
      verdict: 'fail',
      regressions: '1',
    })
    expect(readFileSync(paths.GITHUB_STATE, 'utf8')).toBe('')
    expect(runner.verify()).toHaveLength(3)
  })
})
