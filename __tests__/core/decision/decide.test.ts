import { describe, expect, test } from '@jest/globals'
import { decideTable, isAnswered, reachFaults, roundsToFail } from '../../../src/core/decision/decide.ts'
import type { RoundsSummary, SummarizedRow } from '../../../src/core/decision/rounds-summary.ts'
import { type LogEvidence, NO_EVIDENCE } from '../../../src/core/statistics/questions.ts'
import { describeReason } from '../../../src/report/words/open-answer.ts'

const none: LogEvidence = { slower: 0, notSlower: 0, faster: 0, notFaster: 0 }
const e = (value: number) => Math.log(value)

function row(
  evidence: Partial<LogEvidence>,
  summary: Partial<RoundsSummary> = {},
  more: Partial<SummarizedRow> = {},
): SummarizedRow {
  const all = { ...none, ...evidence }
  return {
    summary: {
      rounds: 20,
      effect: { threshold: 0.05, better: 'lower' },
      evidence: all,
      unchecked: all,
      bias: 1,
      unfit: false,
      doubtful: false,
      base: 1,
      change: { ratio: 1.04, low: 0.99, high: 1.09, confidence: 0.98 },
      control: { ratio: 1, low: 0.98, high: 1.02 },
      ...summary,
    },
    ended: { rule: 'budget-over', budget: { of: 'row', seconds: 60 } },
    ...more,
  }
}

const slower = { slower: e(5000), notFaster: e(5000) }
const unchanged = { notSlower: e(5000), notFaster: e(5000) }
const faster = { notSlower: e(5000), faster: e(5000) }

describe('deciding one benchmark', () => {
  const family = { alpha: 0.01, rows: 1 }

  test.each([
    { what: 'a shown slowdown', given: row(slower), decision: 'slower' },
    { what: 'a shown speed-up', given: row(faster), decision: 'faster' },
    { what: 'neither slower nor faster', given: row(unchanged), decision: 'unchanged' },
    { what: 'an open breach', given: row({ notFaster: e(900) }), decision: 'undecided' },
    { what: 'nothing measured', given: row({}, { rounds: 0 }), decision: 'undecided' },
    { what: 'evidence just short of the level', given: row({ slower: e(99.9) }), decision: 'undecided' },
  ])('$what is $decision', ({ given, decision }) => {
    expect(decideTable([given], family)[0]?.decision).toBe(decision)
  })

  test.each([
    {
      what: 'the threshold lies within the interval',
      given: row({}, {}, { detectable: 1.084 }),
      says: 'After 20 rounds its budget of 60 s ended: the change is +4.0 %, −1.0 … +9.0 %, which does not settle the threshold of 5 %; these rounds could have shown a slowdown of 8.4 %; raise the budget or quiet the machine.',
    },
    {
      what: 'too few rounds',
      given: row({}, { rounds: 1 }),
      says: 'No answer is possible before 2 rounds, and its budget of 60 s ended after 1 round; raise the budget.',
    },
    {
      what: 'the speed-up is open',
      given: row({ notSlower: e(200) }),
      says: 'It is not slower; whether it is faster by more than 5 % was open when its budget of 60 s ended after 20 rounds.',
    },
    {
      what: 'the control is unfit',
      given: row(NO_EVIDENCE, { unfit: true, control: { ratio: 1.1, low: 1.07, high: 1.12 } }),
      says: 'The control, base against a second copy of base, shows a change beyond 5 % (+10.0 %, +7.0 … +12.0 %), so this machine cannot judge it now; quiet the machine and measure again.',
    },
    {
      what: 'the bias of the control keeps it open',
      given: row({}, { unchecked: { ...none, slower: e(500) }, bias: 1.012 }),
      says: 'Two copies of base differ by at least 1.2 % here, and with that taken off the answer is open; quiet the machine and measure again.',
    },
  ])('says so when $what', ({ given, says }) => {
    expect(describeReason(decideTable([given], family)[0]!.reason!)).toBe(says)
  })

  test.each([
    { what: 'a shown slowdown', given: row(slower) },
    { what: 'a full answer of unchanged', given: row(unchanged) },
  ])('$what needs no reason', ({ given }) => {
    expect(decideTable([given], family)[0]).not.toHaveProperty('reason')
  })

  test.each([
    {
      what: 'unfit',
      given: row(NO_EVIDENCE, { unfit: true, unchecked: { ...none, ...slower } }),
      fit: false,
    },
    { what: 'holding the answer back', given: row({}, { unchecked: { ...none, ...slower } }), fit: false },
    {
      what: 'holding "unchanged" back',
      given: row({}, { unchecked: { ...none, ...unchanged } }),
      fit: false,
    },
    { what: 'even', given: row(slower), fit: true },
    { what: 'even with an open answer', given: row({}), fit: true },
  ])('a control that is $what is reported as fit: $fit', ({ given, fit }) => {
    const [answer] = decideTable([given], family)
    expect(answer?.control?.fit).toBe(fit)
    if (!fit) expect(answer?.decision).toBe('undecided')
  })
})

describe('deciding a table', () => {
  const table = (...rows: SummarizedRow[]) =>
    decideTable(rows, { alpha: 0.01, rows: rows.length }).map(a => a.decision)
  const silent = Array.from({ length: 9 }, () => row(unchanged))

  test('one breach among ten needs ten times the evidence', () => {
    expect(table(row({ slower: e(999) }), ...silent)[0]).toBe('undecided')
    expect(table(row({ slower: e(1001) }), ...silent)[0]).toBe('slower')
  })

  test('a row that is a breach only on its own says so', () => {
    const [answer] = decideTable([row({ slower: e(200) }), ...silent], { alpha: 0.01, rows: 10 })
    expect(describeReason(answer!.reason!)).toMatch(/^On its own it would be slower .* among 10 benchmarks/)
  })

  test('several breaches share the burden', () => {
    expect(table(...Array.from({ length: 10 }, () => row({ slower: e(101) })))).toEqual(
      Array<string>(10).fill('slower'),
    )
  })

  test('not being slower needs no more evidence in a large table than in a small one', () => {
    const rows = Array.from({ length: 50 }, () => row({ notSlower: e(101), notFaster: e(101) }))
    expect(table(...rows)).toEqual(Array<string>(50).fill('unchanged'))
  })

  test('rows that could not be measured still count as rows', () => {
    const answers = decideTable([row({ slower: e(150) })], { alpha: 0.01, rows: 2 })
    expect(answers.map(({ decision }) => decision)).toEqual(['undecided'])
  })
})

describe('whether more rounds would change anything', () => {
  const family = { alpha: 0.01, rows: 10 }
  const answered = (evidence: Partial<LogEvidence>, summary: Partial<RoundsSummary> = {}, more = 0) =>
    isAnswered(row(evidence, summary).summary, family, more)

  test.each([
    { what: 'slower beyond the table', evidence: { slower: e(1001) }, is: true },
    { what: 'slower on its own only', evidence: { slower: e(500) }, is: false },
    { what: 'neither slower nor faster', evidence: { notSlower: e(101), notFaster: e(101) }, is: true },
    { what: 'not slower, speed-up open', evidence: { notSlower: e(101), faster: e(500) }, is: false },
    { what: 'faster beyond the table', evidence: { notSlower: e(101), faster: e(1001) }, is: true },
    { what: 'nothing known', evidence: {}, is: false },
  ])('$what: $is', ({ evidence, is }) => {
    expect(answered(evidence)).toBe(is)
  })

  test('whether it is faster is asked for one round more only', () => {
    expect(answered({ notSlower: e(101) }, {}, 0)).toBe(false)
    expect(answered({ notSlower: e(101) }, {}, 1)).toBe(true)
    expect(answered({}, {}, 9)).toBe(false)
  })

  test('where speed-ups are asked for, a row that seems to be one gets more rounds, and not for ever', () => {
    const change = (ratio: number) => ({ change: { ratio, low: ratio, high: ratio, confidence: 0.98 } })
    const asked = (ratio: number, more: number) =>
      isAnswered(row({ notSlower: e(101) }, change(ratio)).summary, { ...family, asksFaster: true }, more)
    const most = 2 * roundsToFail(family)
    expect([asked(0.7, 1), asked(0.7, most - 1), asked(0.7, most)]).toEqual([false, false, true])
    expect(asked(0.97, 1)).toBe(true)
  })

  test('nothing is answered while the copies of base look as if they differed', () => {
    expect(answered({ slower: e(1001) }, { doubtful: true })).toBe(false)
    expect(answered({ notSlower: e(101), notFaster: e(101) }, { doubtful: true }, 9)).toBe(false)
  })
})

describe('a plan that could never fail', () => {
  test.each([
    { rows: 1, needed: 2 },
    { rows: 10, needed: 3 },
    { rows: 300, needed: 4 },
  ])('with $rows benchmarks is one of fewer than $needed rounds', ({ rows, needed }) => {
    const family = { alpha: 0.01, rows }
    expect(roundsToFail(family)).toBe(needed)
    expect(reachFaults(family, needed)).toEqual([])
    expect(reachFaults(family, needed - 1)).toHaveLength(1)
  })

  test('is refused with the number of rounds that it needs', () => {
    expect(reachFaults({ alpha: 0.01, rows: 12 }, 2)).toEqual([
      'With at most 2 rounds, 12 benchmarks and an error rate of 0.01, no slowdown could ever fail the gate; allow at least 3 rounds.',
    ])
  })

  test('is not what a table without benchmarks is', () => {
    expect(reachFaults({ alpha: 0.01, rows: 0 }, 1)).toEqual([])
  })
})
