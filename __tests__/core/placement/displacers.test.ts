import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareSection } from '../../../src/core/placement/displacement.ts'
import { findPushes } from '../../../src/core/placement/displacers.ts'
import { cases } from '../../doubles/soak.ts'
import { type Laid, pairOf, tracedIn } from './views.ts'

const text = (symbols: Laid['symbols'], over: Partial<Laid> = {}): Laid => ({
  name: '.text',
  address: 0x1000,
  symbols,
  ...over,
})

const pushes = (base: readonly Laid[], head: readonly Laid[], ...symbols: string[]) => {
  const object = pairOf(base, head)
  return findPushes(symbols.map(symbol => tracedIn(object, symbol))).map(
    ({ symbol, change, bytes, pushes }) => ({ symbol, change, bytes, pushes }),
  )
}

describe('what pushed a function', () => {
  const base = text([
    ['start', 32],
    ['cold', 32],
    ['mid', 64],
    ['hot', 64],
    ['tail', 64],
  ])

  test.each([
    [
      'grew',
      [
        ['start', 32],
        ['cold', 96],
        ['mid', 64],
        ['hot', 64],
        ['tail', 64],
      ],
      { symbol: 'cold', change: 'grew', bytes: 64, pushes: 1 },
    ],
    [
      'shrank',
      [
        ['start', 32],
        ['cold', 16],
        ['mid', 64],
        ['hot', 64],
        ['tail', 64],
      ],
      { symbol: 'cold', change: 'shrank', bytes: -16, pushes: 1 },
    ],
    [
      'was added',
      [
        ['start', 32],
        ['cold', 32],
        ['more', 48],
        ['mid', 64],
        ['hot', 64],
        ['tail', 64],
      ],
      { symbol: 'more', change: 'added', bytes: 48, pushes: 1 },
    ],
    [
      'was removed',
      [
        ['start', 32],
        ['mid', 64],
        ['hot', 64],
        ['tail', 64],
      ],
      { symbol: 'cold', change: 'removed', bytes: -32, pushes: 1 },
    ],
  ] as const)('is the one in front of it that %s', (_, head, expected) => {
    expect(pushes([base], [text(head)], 'hot')).toEqual([expected])
  })

  test('is not what changed behind it, nor what cancels out in front of it', () => {
    expect(
      pushes(
        [base],
        [
          text([
            ['start', 32],
            ['cold', 32],
            ['mid', 64],
            ['hot', 64],
            ['tail', 999],
          ]),
        ],
        'hot',
      ),
    ).toEqual([])
    expect(
      pushes(
        [base],
        [
          text([
            ['start', 64],
            ['cold', 0],
            ['mid', 64],
            ['hot', 64],
            ['tail', 64],
          ]),
        ],
        'hot',
      ),
    ).toEqual([])
  })

  test('is looked for only behind the last function that did not move', () => {
    const head = text([
      ['start', 48],
      ['cold', 16],
      ['mid', 128],
      ['hot', 64],
      ['tail', 64],
    ])
    expect(pushes([base], [head], 'hot')).toEqual([{ symbol: 'mid', change: 'grew', bytes: 64, pushes: 1 }])
  })

  test('counts how many of the traced it pushes', () => {
    const head = text([
      ['start', 32],
      ['cold', 96],
      ['mid', 64],
      ['hot', 80],
      ['tail', 64],
    ])
    expect(pushes([base], [head], 'mid', 'hot', 'tail')).toEqual([
      { symbol: 'cold', change: 'grew', bytes: 64, pushes: 3 },
      { symbol: 'hot', change: 'grew', bytes: 16, pushes: 1 },
    ])
  })

  test('is another order, when only the order changed', () => {
    const head = text([
      ['cold', 32],
      ['hot', 64],
      ['start', 32],
      ['mid', 64],
      ['tail', 64],
    ])
    const found = pushes([base], [head], 'hot')
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(({ change }) => change === 'reordered')).toBe(true)
  })

  test('is the padding, when no size and no order changed', () => {
    expect(
      pushes([base], [text(base.symbols, { align: 64 })], 'hot').every(({ change }) => change === 'padding'),
    ).toBe(true)
  })

  test('is the alignment that belongs to a change, not a displacer of its own', () => {
    const odd = text(
      [
        ['cold', 40],
        ['hot', 64],
      ],
      { align: 64 },
    )
    expect(
      pushes(
        [odd],
        [
          text(
            [
              ['cold', 100],
              ['hot', 64],
            ],
            { align: 64 },
          ),
        ],
        'hot',
      ),
    ).toEqual([{ symbol: 'cold', change: 'grew', bytes: 60, pushes: 1 }])
  })

  test('lies in the section in front, when the whole section moved', () => {
    const init = (bytes: number): Laid => ({ name: '.init', address: 0x800, symbols: [['setup', bytes]] })
    const later = text(base.symbols, { address: 0x1040 })
    expect(pushes([init(16), base], [init(80), later], 'hot')).toEqual([
      { symbol: 'setup', change: 'grew', bytes: 64, pushes: 1 },
    ])
  })

  test('of a hundred reordered functions is said in one row, with a few shown', () => {
    const names = Array.from({ length: 100 }, (_, at): [string, number] => [`f${at}`, 16 + (at % 7) * 16])
    const found = pushes([text(names)], [text(names.toReversed())], ...names.map(([name]) => name))
    expect(found[0]!.symbol).toMatch(/^the link order of \d+ symbols$/)
    expect(found.length).toBeLessThan(12)
  })
})

describe('a section compared', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 })
  test('accounts for every shift by what lies in front of it', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: 0, max: 3 }), (one, other, skew) => {
        const named = (all: readonly number[], from: number) =>
          all.map((size, at): [string, number] => [`f${at + from}`, size])
        const object = pairOf([text(named(one, 0))], [text(named(other, skew))])
        const range = (side: 'base' | 'head') => object[side]!.view.elf.sections[0]!
        const { kept, anchors } = compareSection(object, 'functions', {
          base: range('base'),
          head: range('head'),
        })
        const shifts = [...kept.base].map((address, at) => kept.head[at]! - address)
        expect(shifts[0]).toBe(0)
        const changing = shifts.flatMap((shift, at) => (at > 0 && shift !== shifts[at - 1] ? [at - 1] : []))
        expect(anchors.map(({ at }) => at).filter(at => at < shifts.length - 1)).toEqual(changing)
        for (const { at, shift, behind } of anchors) {
          expect(shift).toBe(shifts[at])
          const next = shifts[at + 1] ?? range('head').size - range('base').size
          // What is not named as padding is less than an alignment beside each change.
          expect(Math.abs(shift + behind.reduce((sum, { bytes }) => sum + bytes, 0) - next)).toBeLessThan(64)
        }
      }),
      cases(4_000),
    )
  })

  test('costs no more than its length', () => {
    const time = (count: number): number => {
      const names = Array.from({ length: count }, (_, at): [string, number] => [`f${at}`, 32 + (at % 5)])
      const object = pairOf(
        [text(names)],
        [text(names.map(([name, size], at) => [name, at % 100 === 0 ? size + 16 : size]))],
      )
      const traced = names.filter((_, at) => at % 97 === 0).map(([name]) => tracedIn(object, name))
      const start = process.cpuUsage()
      expect(findPushes(traced).length).toBeGreaterThan(0)
      return process.cpuUsage(start).user / 1000
    }
    time(2000)
    expect(time(16_000)).toBeLessThan(8 * 8 * Math.max(time(2000), 5))
  })
})
