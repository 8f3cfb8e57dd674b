import { describe, expect, test } from '@jest/globals'
import type { Part } from '../../../src/core/decision/schedule.ts'
import { newPrinted, notePrinted, otherOutput } from '../../../src/core/harness/printed.ts'
import { otherOutputSentences } from '../../../src/report/words/other-output.ts'

const ORDER: readonly Part[] = ['base', 'head', 'control', 'head', 'base', 'head']
const COMMITS = ['0123456789abcdef0123456789abcdef01234567', 'fedcba9876543210fedcba9876543210fedcba98']

/** Two rounds of runs, each printing what it is told. */
function printedBy(print: (part: Part, nth: number) => string, order = [...ORDER, ...ORDER]) {
  const printed = newPrinted()
  for (const [nth, part] of order.entries())
    notePrinted(printed, part, print(part, nth), { commits: COMMITS })
  return otherOutput(printed)
}
const sides = (base: string, head: string) => printedBy(part => (part === 'head' ? head : base))

describe('a head that prints something else', () => {
  test.each([
    ['result: 42', 'result: 0', { base: 'result: 42', head: 'result: 0' }],
    ['checksum 9f3a21bc', 'checksum 00000000', { base: 'checksum 9f3a21bc', head: 'checksum 00000000' }],
    ['sum 0x1234567812345678', 'sum 0x0', { base: 'sum 0x1234567812345678', head: 'sum 0x0' }],
    ['a\nsorted 1000 items\nb', 'a\nb', { base: 'sorted 1000 items' }],
    ['a', 'a\nskipped: no input', { head: 'skipped: no input' }],
    ['pi = 3.14159265', 'pi = 3.14', { base: 'pi = 3.14159265', head: 'pi = 3.14' }],
    ['1 2 3', '', { base: '1 2 3' }],
  ])('%j and %j differ', (base, head, expected) => {
    expect(sides(base, head)).toEqual(expected)
  })

  test('is found among lines that change from run to run', () => {
    const found = printedBy(
      (part, nth) => `seed ${nth * 7919}\ntook ${nth}.5 ms\nanswer ${part === 'head' ? 1 : 2}\nx${nth}`,
    )
    expect(found).toEqual({ base: 'answer 2', head: 'answer 1' })
  })
})

describe('what differs for another reason than the work is no finding', () => {
  test.each([
    ['times of few digits', 'took 12 ms\n1.2 s\nspeed 3', 'took 4 ms\n0.4 s\nspeed 9'],
    ['a table of times', 'BM_a   12 ns   12 ns   100', 'BM_a   4 ns   4 ns   300'],
    ['rates', 'ran at 120 MB/s, 5k ops/s, 99 %', 'ran at 300 MB/s, 7k ops/s, 98 %'],
    ['coarse decimals', 'phase one 1.2', 'phase one 0.4'],
    ['iterations', '"iterations": 100,', '"iterations": 300,'],
    ['commits', `version 1.2-3-g${COMMITS[0]!.slice(0, 9)}`, `version 1.2-4-g${COMMITS[1]!.slice(0, 7)}`],
    ['the time of the build', 'built Nov 28 2026 14:01:59', 'built Nov 28 2026 14:02:20'],
    ['a date', 'at 2026-11-28T10:00:00+00:00', 'at 2026-11-28T10:00:01+00:00'],
    ['addresses', 'buffer at 0x7ffd12345678', 'buffer at 0x7ffd12345abc'],
    ['blanks and rules', 'a   b\n-----', 'a b\n-------'],
  ])('%s', (_, base, head) => {
    expect(sides(base, head)).toBeUndefined()
  })

  test('numbers that the copies of base do not agree in, wherever they are', () => {
    expect(printedBy((part, nth) => (part === 'head' ? 'id 5' : `id ${nth}`))).toEqual({ head: 'id 5' })
    expect(printedBy((_, nth) => `id ${nth}\npid ${nth}`)).toBeUndefined()
    // A line that head prints only now and then is no line of its own.
    expect(printedBy((part, nth) => (part === 'head' && nth % 3 === 0 ? 'x\ny' : 'x'))).toBeUndefined()
    // One that a copy of base printed once is known.
    expect(printedBy((part, nth) => (part === 'head' || nth === 2 ? 'x\ny' : 'x'))).toBeUndefined()
  })

  test('nothing is claimed without a second copy of base, or after few runs', () => {
    const other = (part: Part) => (part === 'head' ? 'b' : 'a')
    expect(printedBy(other, ['base', 'head', 'base', 'head', 'base', 'head'])).toBeUndefined()
    expect(printedBy(other, ['base', 'head', 'control'])).toBeUndefined()
    expect(printedBy(other, ['base', 'head', 'control', 'head', 'base', 'head'])).toBeDefined()
  })

  test('an output without end costs a bounded time and claims nothing', () => {
    const start = process.cpuUsage()
    const line = (nth: number) =>
      Array.from({ length: 5000 }, (_, at) => `line ${at * 31 + nth * 7_000_003} of all`).join('\n')
    expect(printedBy((_, nth) => line(nth))).toBeUndefined()
    expect(printedBy(() => `${'a1'.repeat(40_000)} ${'0x'.repeat(9_000)}`)).toBeUndefined()
    expect(process.cpuUsage(start).user).toBeLessThan(10e6)
  })
})

test('the finding is one sentence for all rows of a command, with the lines as code', () => {
  const row = (name: string, prints?: { base?: string; head?: string }) => ({
    ...{
      name,
      unit: 's',
      threshold: 0.05,
      better: 'lower',
      metric: 'time',
      decision: 'unchanged',
      rounds: 8,
    },
    ...(prints && { prints }),
  })
  const prints = { base: 'sum 5', head: 'sum `0`' }
  const rows = [row('a', prints), row('b'), row('c', prints), row('d', { head: 'skipped' })] as never
  expect(otherOutputSentences(rows)).toEqual([
    expect.stringMatching(
      /^`a` and 1 more prints something else than base: does it still do the work\? In every run base prints `sum 5`, and head prints /,
    ),
    '`d` prints something else than base: does it still do the work? In every run head prints `skipped`, which the other side never does.',
  ])
})
