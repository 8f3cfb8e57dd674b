import { describe, expect, test } from '@jest/globals'
import { accept, acceptancesIn, readAcceptance } from '../../../src/core/decision/acceptance.ts'
import { aBenchmark, aChange, aReport } from '../../doubles/reports.ts'

const TODAY = '2026-12-01'
const slower = (ratio: number) => aChange(ratio, { name: 'parse' })
const taken = (text: string) => [readAcceptance(text, '@ann')!]

describe('what is accepted', () => {
  test.each([
    [
      'parse=12%: safer bounds checks',
      { benchmark: 'parse', bound: 1.12, by: '@ann', reason: 'safer bounds checks' },
    ],
    [
      'a = b=7.5 % until 2027-01-31: a reason: two',
      { benchmark: 'a = b', bound: 1.075, until: '2027-01-31', reason: 'a reason: two' },
    ],
  ])('reads %j', (line, expected) => {
    expect(readAcceptance(line, '@ann')).toMatchObject({ ...expected, bound: expect.closeTo(expected.bound) })
  })

  test('reads the bound as a sentence, too', () =>
    expect(readAcceptance('parse up to +12 %: safer', '@ann')).toMatchObject({
      benchmark: 'parse',
      bound: expect.closeTo(1.12),
    }))

  test.each([
    'parse=5% until 2027-02-31: x',
    'parse=12% until soon: x',
    'parse',
    'parse=12%',
    'parse=12%:',
    'parse=-3%: x',
    'parse=lots: x',
    '=12%: x',
    'parse=0%: x',
  ])('takes %j for nothing: a benchmark, a bound and a reason are needed', line =>
    expect(readAcceptance(line, '@ann')).toBeUndefined(),
  )

  test('is found in a comment on lines of its own', () => {
    const comment =
      'I looked at it.\r\nperf accept parse=12%: bounds checks\n/perf accept scan=3%: same\nperf accept: all of it\n> perf accept print=90%: quoted'
    expect(acceptancesIn(comment, '@ann').map(({ benchmark }) => benchmark)).toEqual(['parse', 'scan'])
  })

  test.each([
    ['a quotation', '> perf accept parse=90%: x'],
    ['a line that belongs to a quotation', '> he wrote\nperf accept parse=90%: x'],
    ['a code block', '```\nperf accept parse=90%: x\n```'],
    ['a code block that nobody closed', '~~~sh\nperf accept parse=90%: x'],
    ['a code block with a shorter fence in it', '````\n```\nperf accept parse=90%: x\n````'],
    ['indented code', 'so:\n\n    perf accept parse=90%: x'],
    ['indented code after a tab', '\tperf accept parse=90%: x'],
    ['a comment of HTML', '<!--\nperf accept parse=90%: x\n-->'],
    ['a comment of HTML that nobody closed', 'fine <!-- \nperf accept parse=90%: x'],
    ['a folded part', '<details><summary>more</summary>\n\nperf accept parse=90%: x\n\n</details>'],
    ['preformatted HTML', '<pre>\nperf accept parse=90%: x\n</pre>'],
    ['the middle of a line', 'I would not perf accept parse=90%: x'],
    ['a list', '- perf accept parse=90%: x'],
  ])('is not found in %s', (_, comment) => expect(acceptancesIn(comment, '@ann')).toEqual([]))

  test('is found after each of these, and the last line on a benchmark stands', () => {
    const comment =
      '> he wrote\n\n```\ncode\n```\n<!-- hidden -->\nperf accept parse=9%: a\nperf accept parse=3%: b'
    expect(acceptancesIn(comment, '@ann')).toMatchObject([{ reason: 'b' }])
  })
})

describe('a gate with an accepted slowdown', () => {
  const verdictWith = (report: ReturnType<typeof aReport>, lines: string, today = TODAY) =>
    accept(report, taken(lines), today)

  test('passes within the bound, and says who and why', () => {
    const judged = verdictWith(
      aReport({ verdict: 'fail', benchmarks: [slower(1.1), aBenchmark()] }),
      'parse=12%: safer',
    )
    expect(judged.verdict).toBe('pass')
    expect(judged.benchmarks[0]!.accepted).toEqual({
      by: '@ann',
      reason: 'safer',
      bound: expect.closeTo(1.12),
    })
  })

  test.each([
    ['beyond the bound', 'parse=5%: safer', TODAY],
    ['of another benchmark', 'print=90%: safer', TODAY],
    ['after its last day', 'parse=12% until 2026-11-30: safer', TODAY],
  ])('fails %s', (_, line, today) => {
    const report = aReport({ verdict: 'fail', benchmarks: [slower(1.1)] })
    expect(verdictWith(report, line, today)).toMatchObject({
      verdict: 'fail',
      benchmarks: [{ decision: 'slower' }],
    })
  })

  test('holds to the day that is named', () => {
    const report = aReport({ verdict: 'fail', benchmarks: [slower(1.1)] })
    expect(verdictWith(report, `parse=12% until ${TODAY}: safer`).verdict).toBe('pass')
  })

  test('still fails for another breach, and takes no row’s own word that it was accepted', () => {
    const other = aChange(1.5, { name: 'scan' })
    expect(
      verdictWith(aReport({ verdict: 'fail', benchmarks: [slower(1.1), other] }), 'parse=12%: safer').verdict,
    ).toBe('fail')
    const forged = { ...slower(1.1), accepted: { by: '@mallory', reason: 'mine', bound: 9 } }
    const judged = accept(aReport({ verdict: 'pass', benchmarks: [forged] }), [], TODAY)
    expect(judged).toMatchObject({ verdict: 'fail' })
    expect(judged.benchmarks[0]!.accepted).toBeUndefined()
  })

  test('counts a loss of throughput against its bound as a slowdown', () => {
    const lost = aChange(0.9, { name: 'parse', better: 'higher', decision: 'slower' })
    expect(verdictWith(aReport({ verdict: 'fail', benchmarks: [lost] }), 'parse=12%: safer').verdict).toBe(
      'pass',
    )
    expect(verdictWith(aReport({ verdict: 'fail', benchmarks: [lost] }), 'parse=10%: safer').verdict).toBe(
      'fail',
    )
  })
})
