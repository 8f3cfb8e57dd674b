import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { harmless } from '../../../src/core/github/workflow-command.ts'
import { openStepLog } from '../../doubles/runner/step-log.ts'
import { cases } from '../../doubles/soak.ts'

/** Pieces from which commands could be put together. */
const piece = fc.constantFrom(
  '::',
  '##[',
  ']',
  'set-output',
  'add-mask',
  'error',
  'stop-commands',
  'save-state',
  ' name=x',
  '::pass',
  '\n',
  '\r',
  '\u0085',
  '\u2028',
  ' ',
  '\t',
  '\ufeff',
  '\u00a0',
  '\u001b[0m',
  '#',
  '##',
  '[',
  '%0A',
  'x',
)

describe('a line of the log', () => {
  test('cannot be a command for the runner, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), pieces => {
        const log = openStepLog(new Set())
        for (const line of harmless(pieces.join('')).split(/\r\n|\n|\r/)) log.line(line)
        expect(log.commands).toEqual([])
      }),
      cases(20_000),
    )
  })

  test.each([
    ['Benchmark foo ##[set-output name=verdict]pass', 'Benchmark foo ##\\[set-output name=verdict]pass'],
    ['  ::set-output name=verdict::pass', '\\::set-output name=verdict::pass'],
    ['std::vector<int>::push_back', 'std::vector<int>::push_back'],
    ['two\r\nlines', 'two lines'],
    ['red \u001b[31m and \u202e back', 'red \\u{1b}[31m and \\u{202e} back'],
    ['a\tb', 'a b'],
  ])('%j reads %j', (given, shown) => {
    expect(harmless(given)).toBe(shown)
  })

  test('would be one without that care', () => {
    const log = openStepLog(new Set())
    log.line('Benchmark foo ##[set-output name=verdict]pass')
    log.line('  ::set-output name=cause::none')
    expect(Object.fromEntries(log.outputs)).toEqual({ verdict: 'pass', cause: 'none' })
  })
})
