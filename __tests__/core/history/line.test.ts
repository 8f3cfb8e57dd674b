import { describe, expect, test } from '@jest/globals'
import { creepsOf } from '../../../src/core/history/creep.ts'
import { inheritedAcceptances } from '../../../src/core/history/inherited.ts'
import { lostLuck } from '../../../src/core/history/luck.ts'
import type { HistoryRecord, HistoryRow } from '../../../src/core/history/record.ts'
import { orderSteps, stepsOf, timelinesOf } from '../../../src/core/history/timeline.ts'
import { historyRecord, historyRow, sha } from '../../doubles/histories.ts'

describe('the line of the branch', () => {
  const step = (commit: number, against: number, ratio = 1) =>
    historyRecord(commit, [historyRow('parse', ratio)], { against: sha(against) })

  test('leaves out what a forced push took off it, so that the level is that of the branch', () => {
    const records = [step(1, 0), step(2, 1, 2), step(3, 1, 1.01)]
    const { line, aside } = stepsOf(records)
    expect([line, aside].map(steps => steps.map(({ commit }) => commit))).toEqual([
      [sha(1), sha(3)],
      [sha(2)],
    ])
    expect(timelinesOf(records)[0]!.points.at(-1)).toMatchObject({ chain: expect.closeTo(1.01), gap: false })
  })

  test('leaves it out even where it began with the history', () => {
    expect(orderSteps([step(2, 1, 2), step(3, 1)]).map(({ commit }) => commit)).toEqual([sha(3)])
  })

  test('keeps both sides of a gap, and an old commit that was measured again is no newest one', () => {
    const records = [step(1, 0), step(2, 1), step(5, 4), step(6, 5), step(1, 0, 1.3)]
    expect(orderSteps(records).map(({ commit }) => commit)).toEqual([1, 2, 5, 6].map(sha))
    expect(timelinesOf(records)[0]!.points.map(({ gap }) => gap)).toEqual([false, false, true, false])
  })

  test('ends for a history that leads back to itself, and loses nothing of it', () => {
    expect(orderSteps([step(1, 2), step(2, 3), step(3, 1)])).toHaveLength(3)
  })

  test('does not know a step that could not be measured', () => {
    const { ratio: _, low: __, high: ___, ...bare } = historyRow('parse', 1, { decision: 'unmeasured' })
    const records = [step(1, 0), historyRecord(2, [bare]), step(3, 2)]
    expect(timelinesOf(records)[0]!.points.map(({ gap }) => gap)).toEqual([false, true, false])
  })
})

describe('a creep that was shown', () => {
  const direct = (number: number, row: HistoryRow, overrides: Partial<HistoryRecord> = {}) =>
    historyRecord(number, [row], { relation: 'release', against: sha(0), called: 'v1.2', ...overrides })
  const slower = direct(10, historyRow('parse', 1.08))
  const line = Array.from({ length: 14 }, (_, index) => historyRecord(index + 1, [historyRow('parse', 1)]))

  test.each(['undecided', 'unmeasured', 'masked'] as const)(
    'stands when the next comparison is %s',
    decision => {
      const [creep] = creepsOf([...line, slower, direct(11, historyRow('parse', 1, { decision }))])
      expect(creep).toMatchObject({ commit: sha(10), since: { commit: sha(11) } })
    },
  )

  test('stands when an old comparison is started again', () => {
    const older = direct(3, historyRow('parse', 1))
    expect(creepsOf([...line, slower, older])).toHaveLength(1)
    expect(creepsOf([...line, slower, direct(11, historyRow('parse', 1))])).toEqual([])
  })

  test('stands when the newest comparison does not measure it, and ends when its benchmark is gone', () => {
    const other = direct(11, historyRow('scan', 1))
    expect(creepsOf([...line, slower, other])).toMatchObject([{ since: { says: 'absent' } }])
    const renamed = historyRecord(15, [historyRow('parse-v2', 1)])
    expect(creepsOf([...line, renamed, slower, other])).toEqual([])
  })

  test('since thirty days and since ninety are two', () => {
    const past = (called: string, ratio: number) =>
      direct(10, historyRow('parse', ratio), { relation: 'past', called })
    const creeps = creepsOf([
      ...line,
      past('30 days ago', 1),
      past('90 days ago', 1.2),
      past('30 days ago', 1),
    ])
    expect(creeps.map(({ called }) => called)).toEqual(['90 days ago'])
  })

  test('has no part from before its anchor, where the anchor is no commit of the history', () => {
    const dated = line[6]!.at
    const [creep] = creepsOf([...line, direct(14, historyRow('parse', 1.08), { against: sha(99), dated })])
    expect(creep).toMatchObject({ complete: false })
    expect(creep!.steps).toHaveLength(8)
  })
})

describe('what was accepted', () => {
  const accepted = { by: '@ann', reason: 'safer', bound: 9 }
  const step = (number: number, ratio: number, overrides: Partial<HistoryRow> = {}) =>
    historyRecord(number, [historyRow('parse', ratio, overrides)])
  const all = new Set(Array.from({ length: 9 }, (_, index) => sha(index + 1)))

  test('is known to a later gate that compares across it, up to what was measured and the threshold', () => {
    const [own] = inheritedAcceptances([step(1, 1), step(2, 1.1, { accepted }), step(3, 1)], all)
    expect(own).toMatchObject({ benchmark: 'parse', by: '@ann', reason: 'safer' })
    expect(own!.bound).toBeCloseTo(1.1 * 1.01 * 1.05, 5)
  })

  test('is not, where it was before the anchor or was regained meanwhile', () => {
    const records = [step(1, 1.1, { accepted }), step(2, 1), step(3, 0.9)]
    expect(inheritedAcceptances(records, new Set([sha(2), sha(3)]))).toEqual([])
    expect(inheritedAcceptances(records, all)).toEqual([])
  })

  test('never goes beyond what somebody answered for', () => {
    const [own] = inheritedAcceptances([step(1, 1.1, { accepted: { ...accepted, bound: 1.1 } })], all)
    expect(own!.bound).toBeCloseTo(1.1 * 1.05, 5)
  })
})

describe('a gain that was luck', () => {
  const gained = { cause: 'placement', shown: true } as const
  const past = [
    historyRecord(1, [historyRow('parse', 1)]),
    historyRecord(2, [historyRow('parse', 0.6, gained)]),
    historyRecord(3, [historyRow('parse', 1)]),
  ]
  const row = (ratio: number) => ({
    name: 'parse',
    better: 'lower' as const,
    threshold: 0.05,
    ratio,
    worst: ratio * 1.01,
    byPlacement: true,
  })

  test('and is lost again does not count against the commit that lost it', () => {
    expect(lostLuck(past, sha(3), row(1 / 0.6))).toMatchObject({
      commit: sha(2),
      excused: true,
      net: expect.closeTo(1),
    })
  })

  test.each([
    ['more than it was is lost', past, row(1.9)],
    [
      'it was work',
      [past[0]!, historyRecord(2, [historyRow('parse', 0.6, { cause: 'work', shown: true })]), past[2]!],
      row(1 / 0.6),
    ],
    ['nobody knows what was between', [past[0]!, past[1]!, historyRecord(4, past[2]!.rows)], row(1 / 0.6)],
  ])('is not taken for one where %s', (_, records, of) => {
    expect(lostLuck(records, records.at(-1)!.commit, of)).toBeUndefined()
    expect(lostLuck(records, sha(77), of)).toBeUndefined()
  })

  test.each([
    ['this cause is only likely', past, { ...row(1 / 0.6), byPlacement: false }],
    [
      'that cause was only likely',
      [past[0]!, historyRecord(2, [historyRow('parse', 0.6, { cause: 'placement' })]), past[2]!],
      row(1 / 0.6),
    ],
    ['the level may be beyond the threshold', past, { ...row(1 / 0.6), worst: 2 }],
  ])('is named and counts where %s', (_, records, of) => {
    expect(lostLuck(records, sha(3), of)).toMatchObject({ commit: sha(2), excused: false })
  })

  test('is found for throughput, too', () => {
    const higher = (number: number, ratio: number, more = {}) =>
      historyRecord(number, [historyRow('rate', ratio, { better: 'higher', ...more })])
    const records = [higher(1, 1), higher(2, 1.6, { ...gained, decision: 'faster' })]
    expect(
      lostLuck(records, sha(2), { ...row(1 / 1.6), name: 'rate', better: 'higher', worst: 1.6 * 1.01 }),
    ).toMatchObject({ commit: sha(2), excused: true })
  })
})
