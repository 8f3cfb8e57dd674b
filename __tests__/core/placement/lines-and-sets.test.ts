import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { longestIncreasing } from '../../../src/core/placement/common-order.ts'
import { crowdingOf, type VisitedLine } from '../../../src/core/placement/crowding.ts'
import { indexProfile } from '../../../src/core/placement/profile-index.ts'
import {
  indexedWithinPage,
  linesOf,
  setsOf,
  setsTouched,
  unitsSpanned,
} from '../../../src/core/processor/cache-lines.ts'
import { cases } from '../../doubles/soak.ts'

const l1i = { sizeBytes: 32768, ways: 8, lineBytes: 64 }
const visited = (line: number, visits = 100): VisitedLine => ({ line, visits, owners: [`f${line}`] })

describe('lines and sets', () => {
  test.each([
    [{ address: 0, size: 64 }, [0]],
    [{ address: 63, size: 2 }, [0, 1]],
    [{ address: 4096 * 3, size: 0 }, [192]],
  ])('%j lies on lines %j', (range, lines) => {
    expect(linesOf(range, 64)).toEqual(lines)
  })

  test.each([
    [l1i, 64, true],
    [{ sizeBytes: 65536, ways: 4, lineBytes: 64 }, 256, false],
    [{ sizeBytes: 49152, ways: 12, lineBytes: 64 }, 64, true],
    [{ sizeBytes: 512, ways: 8, lineBytes: 64 }, 1, true],
  ])('%j has %i sets; known without physical pages: %s', (cache, sets, known) => {
    expect(setsOf(cache)).toBe(sets)
    expect(indexedWithinPage(cache)).toBe(known)
  })

  test('an object of any size costs nothing to place', () => {
    expect(setsTouched({ address: 64, size: 2 ** 50 }, l1i)).toHaveLength(64)
    expect(unitsSpanned({ address: 64, size: 2 ** 50 }, 64)).toBe(2 ** 44)
  })

  test('a function at every page falls on one set', () => {
    expect(setsTouched({ address: 0x5000, size: 64 }, l1i)).toEqual(
      setsTouched({ address: 0x9000, size: 64 }, l1i),
    )
    expect(unitsSpanned({ address: 30, size: 4 }, 32)).toBe(2)
  })
})

describe('crowding', () => {
  test('is nothing while every set has room', () => {
    expect(
      crowdingOf(
        Array.from({ length: 512 }, (_, at) => visited(at)),
        l1i,
      ),
    ).toMatchObject({ score: 0, mostLines: 8, crowded: [] })
  })

  test('is the share of visits beyond the ways, with who shares the set', () => {
    const found = crowdingOf(
      Array.from({ length: 32 }, (_, at) => visited(at * 64)),
      l1i,
    )
    expect(found.score).toBeCloseTo(24 / 32, 9)
    expect(found).toMatchObject({ mostLines: 32, crowded: [{ set: 0, lines: 32 }] })
    expect(found.crowded[0]!.owners).toHaveLength(32)
  })

  test('does not count lines that are hardly visited', () => {
    const lines = [
      ...Array.from({ length: 8 }, (_, at) => visited(at * 64, 1e6)),
      ...Array.from({ length: 20 }, (_, at) => visited((at + 8) * 64, 1)),
    ]
    expect(crowdingOf(lines, l1i)).toMatchObject({ score: 0, mostLines: 8 })
  })

  test('of nothing is nothing', () => {
    expect(crowdingOf([], l1i)).toEqual({ score: 0, lines: 0, mostLines: 0, crowded: [] })
  })
})

describe('the longest common order', () => {
  test.each([
    [
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ],
    [
      [3, 0, 1, 2],
      [1, 2, 3],
    ],
    [
      [-1, 5, -1, 6],
      [1, 3],
    ],
    [[], []],
    [[2, 1, 0], [2]],
  ])('of %j keeps %j', (values, kept) => {
    expect(longestIncreasing(values)).toEqual(kept)
  })

  test('increases, and is as long as by the slow method', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 40 }), values => {
        const kept = longestIncreasing(values).map(at => values[at]!)
        expect(kept.every((value, at) => value >= 0 && (at === 0 || value > kept[at - 1]!))).toBe(true)
        const best: number[] = []
        values.forEach((value, at) => {
          const before = values
            .slice(0, at)
            .flatMap((other, index) => (other >= 0 && other < value ? [best[index]!] : []))
          best.push(value < 0 ? 0 : 1 + Math.max(0, ...before))
        })
        expect(kept.length).toBe(Math.max(0, ...best))
      }),
      cases(4_000),
    )
  })
})

describe('a profile', () => {
  test('answers sums over ranges and single addresses', () => {
    const index = indexProfile({
      object: 'x',
      addresses: [10, 20, 30],
      counts: [1, 2, 4],
      icacheMisses: [0, 5, 0],
      dcacheMisses: [7, 0, 1],
    })
    expect(index.sum(10, 30)).toEqual({ count: 3, icacheMisses: 5, dcacheMisses: 7 })
    expect(index.sum(11, 20).count).toBe(0)
    expect(index.sum(0, 100)).toEqual({ count: 7, icacheMisses: 5, dcacheMisses: 8 })
    expect([index.at(20), index.at(21)]).toEqual([2, 0])
  })

  test('of samples has no misses', () => {
    expect(indexProfile({ object: 'x', addresses: [1], counts: [3] }).sum(0, 9)).toEqual({
      count: 3,
      icacheMisses: 0,
      dcacheMisses: 0,
    })
  })
})
