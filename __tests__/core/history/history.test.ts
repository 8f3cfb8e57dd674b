import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { creepsOf } from '../../../src/core/history/creep.ts'
import { peaksOf } from '../../../src/core/history/peaks.ts'
import { historyLine, parseHistory, recordOf } from '../../../src/core/history/record.ts'
import { orderSteps, timelinesOf } from '../../../src/core/history/timeline.ts'
import { trendsOf } from '../../../src/core/history/trend.ts'
import { historyRecord, historyRow, sha } from '../../doubles/histories.ts'
import { aReport, theStory } from '../../doubles/reports.ts'

describe('a history file', () => {
  test('holds of a gate what a timeline needs, and reads back', () => {
    const record = recordOf(aReport({ verdict: 'fail', benchmarks: [theStory()] }), {
      relation: 'release',
      called: 'v1.2',
    })
    expect(record).toMatchObject({
      relation: 'release',
      called: 'v1.2',
      commit: expect.stringMatching(/^99aabb/),
    })
    expect(record.rows[0]).toMatchObject({
      name: 'call_method',
      decision: 'slower',
      cause: 'placement',
      ratio: 1.702,
    })
    expect(parseHistory(historyLine(record))).toEqual({ records: [record], unreadable: [] })
  })

  test('loses a torn, foreign or hostile line and nothing else', () => {
    const line = historyLine(historyRecord(1, [historyRow('parse', 1.02)]))
    const text = `${line}{"v":1,"commit":"${sha(2)}"\n\n[]\n${line.replace('"v":1', '"v":9')}${line}`
    const { records, unreadable } = parseHistory(text)
    expect(records).toHaveLength(2)
    expect(unreadable).toEqual([2, 4, 5])
  })

  test('never throws, whatever its lines are', () => {
    const line = historyLine(historyRecord(1, [historyRow('parse', 1.02)]))
    const mutated = fc
      .tuple(fc.nat(line.length - 1), fc.string({ maxLength: 4 }))
      .map(([at, text]) => line.slice(0, at) + text + line.slice(at + 1))
    fc.assert(
      fc.property(fc.array(fc.oneof(mutated, fc.string()), { maxLength: 5 }), lines => {
        const { records } = parseHistory(lines.join('\n'))
        timelinesOf(records).flatMap(peaksOf)
        creepsOf(records)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a timeline', () => {
  test('is the product of the ratios, which no change of machine bends', () => {
    const fast = historyRow('parse', 1.1)
    const slow = historyRow('parse', 1.2, { base: 5, head: 6 })
    const [line] = timelinesOf([historyRecord(1, [fast]), historyRecord(2, [slow], { machine: 'another' })])
    expect(line!.points.map(({ chain }) => chain)).toEqual([expect.closeTo(1.1), expect.closeTo(1.32)])
    expect(line!.points.at(-1)!.low).toBeLessThan(1.32)
    expect(line!.points.at(-1)!.high).toBeGreaterThan(1.32)
  })

  test('has its commits in the order of the branch, in whatever order they were appended', () => {
    const records = [3, 1, 4, 2].map(number => historyRecord(number, [historyRow('parse', 1)]))
    expect(orderSteps(records).map(({ commit }) => commit)).toEqual([1, 2, 3, 4].map(sha))
  })

  test('shows where a commit was never compared with the one before', () => {
    const records = [1, 2, 4].map(number => historyRecord(number, [historyRow('parse', 1)]))
    const [line] = timelinesOf(records)
    expect(line!.points.map(({ gap }) => gap)).toEqual([false, false, true])
  })

  test('counts a commit that was measured twice once, as it was measured last', () => {
    const records = [historyRecord(1, [historyRow('parse', 2)]), historyRecord(1, [historyRow('parse', 1.1)])]
    expect(timelinesOf(records)[0]!.points.map(({ chain }) => chain)).toEqual([expect.closeTo(1.1)])
  })
})

describe('a trend', () => {
  test('is the way of the last thirty commits, and what the last release comparison said', () => {
    const steps = Array.from({ length: 40 }, (_, index) =>
      historyRecord(index + 1, [historyRow('parse', index === 39 ? 2 : 1)]),
    )
    const direct = historyRecord(40, [historyRow('parse', 1.12)], {
      relation: 'release',
      against: sha(0),
      called: 'v1.2',
    })
    const trend = trendsOf([...steps, direct]).get('parse')
    expect(trend).toMatchObject({ since: { called: 'v1.2', ratio: 1.12 } })
    expect(trend!.levels).toHaveLength(30)
    expect(trend!.levels.slice(-2)).toEqual([0.5, 1])
    expect(trendsOf([]).size).toBe(0)
  })
})

describe('a peak', () => {
  const peaksIn = (rows: readonly ReturnType<typeof historyRow>[]) =>
    timelinesOf(rows.map((row, index) => historyRecord(index + 1, [row]))).flatMap(peaksOf)

  test('is a rise that a later commit takes away, and luck where both ends are placement', () => {
    const [peak, ...others] = peaksIn([
      historyRow('call_method', 1),
      historyRow('call_method', 1.7, { cause: 'placement' }),
      historyRow('call_method', 1.01),
      historyRow('call_method', 0.59, { cause: 'placement' }),
    ])
    expect(others).toEqual([])
    expect(peak).toMatchObject({
      luck: true,
      cause: 'placement',
      from: { commit: sha(2) },
      until: { commit: sha(4) },
    })
    expect(peak!.ratio).toBeCloseTo(1.7)
  })

  test('is a dip, too: a speed-up that was luck and went again', () => {
    const [dip] = peaksIn([
      historyRow('a', 0.6, { cause: 'placement' }),
      historyRow('a', 1.66, { cause: 'placement' }),
    ])
    expect(dip).toMatchObject({ luck: true, from: { commit: sha(1) } })
    expect(dip!.ratio).toBeLessThan(1)
  })

  test('is neither a step that stayed nor one that was half taken back', () => {
    expect(peaksIn([historyRow('a', 1.7), historyRow('a', 1), historyRow('a', 1)])).toEqual([])
    expect(peaksIn([historyRow('a', 1.7), historyRow('a', 0.8)])).toEqual([])
  })
})

describe('a creep', () => {
  const small = Array.from({ length: 10 }, (_, index) =>
    historyRecord(index + 1, [historyRow('parse', 1 + (index + 1) / 1000)]),
  )
  const direct = (ratio: number, overrides = {}) =>
    historyRecord(10, [historyRow('parse', ratio, overrides)], {
      relation: 'release',
      against: sha(0),
      called: 'v1.2',
    })

  test('is what a direct comparison with an older commit shows, with the part of each commit between', () => {
    const [creep] = creepsOf([...small, direct(1.08)])
    expect(creep).toMatchObject({ name: 'parse', called: 'v1.2', complete: true })
    expect(creep!.steps).toHaveLength(10)
    expect(creep!.steps[0]!.commit).toBe(sha(10))
    expect(creep!.steps.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(
      Math.log(1.0564) / Math.log(1.08),
      1,
    )
  })

  test('is not judged from the product of small steps', () => {
    expect(creepsOf(small)).toEqual([])
    expect(creepsOf([...small, direct(1.02)])).toEqual([])
  })

  test('ends with a newer comparison that does not show it, or when it was accepted', () => {
    const later = historyRecord(11, [historyRow('parse', 1)], { relation: 'release', against: sha(0) })
    expect(creepsOf([...small, direct(1.08), later])).toEqual([])
    expect(creepsOf([...small, direct(1.08, { accepted: { by: 'ann', reason: 'safer' } })])).toEqual([])
  })

  test('says when commits between were never compared', () => {
    expect(creepsOf([...small.slice(4), direct(1.08)])[0]).toMatchObject({ complete: false })
  })
})
