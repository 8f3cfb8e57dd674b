import { describe, expect, test } from '@jest/globals'
import { parseKeyValues } from './runner/file-commands.ts'
import { openStepLog } from './runner/step-log.ts'

/** Lines, and the commands that actions/runner carries out for them; a change in how it reads shows here. */
const LINES: readonly [string, readonly string[]][] = [
  ['::error::broken', ['error']],
  ['   ::error::broken', ['error']],
  ['\t::warning file=a.c,line=3::x', ['warning']],
  ['x ::error::broken', []],
  [':: error::x', []],
  ['::unknown::x', []],
  ['::error', []],
  ['::ERROR::x', ['error']],
  ['::error::', ['error']],
  ['##[error]broken', ['error']],
  ['far into a line ##[error]broken', ['error']],
  ['##[set-output name=verdict;]pass', ['set-output']],
  ['##[unknown]x ##[error]y', []],
  ['##[error', []],
  ['#[error]x', []],
  ['::set-output name=a::b', ['set-output']],
  ['::save-state name=a::b', ['save-state']],
  ['::debug::x', ['debug']],
  ['::stop-commands::0f1e2d3c', ['stop-commands']],
  ['##[stop-commands]0f1e2d3c', ['stop-commands']],
]

describe('the double of the runner', () => {
  test.each(LINES)('reads %j as the commands %j', (line, commands) => {
    const log = openStepLog(new Set())
    log.line(line)
    expect(log.commands.map(command => command.name)).toEqual(commands)
  })

  test('decodes what a command carries', () => {
    const log = openStepLog(new Set())
    log.line('::error title=a%2Cb%3Ac,file=x%250A::one%0Atwo%25')
    expect(log.annotations[0]).toEqual({ level: 'error', title: 'a,b:c', file: 'x%0A', message: 'one\ntwo%' })
  })

  test('stops reading commands of either form until the token comes', () => {
    const log = openStepLog(new Set())
    for (const line of [
      '::stop-commands::tok3n-x',
      '::error::no',
      'a ##[error]no',
      '::tok3n-x::',
      '::error::yes',
    ]) {
      log.line(line)
    }
    expect(log.annotations.map(one => one.message)).toEqual(['yes'])
    expect(log.shown.join('\n')).not.toContain('tok3n-x')
  })

  test('takes no command for a token', () => {
    const log = openStepLog(new Set())
    for (const line of ['::stop-commands::error', '::error::still read']) log.line(line)
    expect(log.annotations.map(one => one.message)).toContain('still read')
  })

  test('keeps ten annotations of a level and 4,096 characters of a message', () => {
    const log = openStepLog(new Set())
    for (let at = 0; at < 15; at++) log.line(`::error::${'x'.repeat(5000)}`)
    expect(log.annotations).toHaveLength(10)
    expect(log.annotations[0]?.message).toHaveLength(4096)
  })

  test('masks secrets in what it shows, also those of several lines', () => {
    const masks = new Set<string>()
    const log = openStepLog(masks)
    log.line('::add-mask::sesame%0Aopen')
    log.line('say sesame and open')
    expect(log.shown).toEqual(['say *** and ***'])
  })

  test.each([
    ['a=1\nb=2\n', { a: '1', b: '2' }],
    ['a<<END\nx\ny\nEND\n', { a: 'x\ny' }],
    ['a<<END\nEND\nb=2', { a: '', b: '2' }],
    ['a=b<<c', { a: 'b<<c' }],
  ])('reads the file %j', (text, values) => {
    expect(parseKeyValues(text)).toEqual(values)
  })

  test.each(['no sign', '=x', '<<END\nEND', 'a<<', 'a<<END\nx'])('refuses the file %j', text => {
    expect(() => parseKeyValues(text)).toThrow()
  })
})
