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

  test.each(['parse', 'parse=12%', 'parse=12%:', 'parse=-3%: x', 'parse=lots: x', '=12%: x', 'parse=0%: x'])(
    'takes %j for nothing: a benchmark, a bound and a reason are needed',
    line => expect(readAcceptance(line, '@ann')).toBeUndefined(),
  )

  test('is found in a comment on lines of its own', () => {
    const comment =
      'I looked at it.\r\nperf accept parse=12%: bounds checks\n/perf accept scan=3%: same\nperf accept: all of it\n> perf accept print=90%: quoted'
    expect(acceptancesIn(comment, '@ann').map(({ benchmark }) => benchmark)).toEqual(['parse', 'scan'])
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
