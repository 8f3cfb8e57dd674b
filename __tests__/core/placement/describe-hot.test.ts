import { describe, expect, test } from '@jest/globals'
import type { Side } from '../../../src/core/model/side.ts'
import type { HotCode } from '../../../src/core/placement/compare-hot.ts'
import { describeHot } from '../../../src/core/placement/describe-hot.ts'
import { type Move, placeOf } from '../../../src/core/placement/moves.ts'
import type { CacheGeometry } from '../../../src/core/processor/geometry.ts'
import { type Laid, pairOf } from './views.ts'

const l1i: CacheGeometry = { sizeBytes: 32_768, ways: 8, lineBytes: 64 }
const l1d: CacheGeometry = { sizeBytes: 16_384, ways: 4, lineBytes: 32 }
const geometry = { l1i, l1d, ll: l1d, from: 'input' }

const sections = (by: number): readonly Laid[] => [
  {
    name: '.text',
    address: 0x1000 + by,
    symbols: [
      ['small', 32],
      ['large', 5000],
      ['cool', 64],
    ],
  },
  { name: '.data', address: 0x8000 + by, symbols: [['table', 96]], kind: 'data' },
]
const object = pairOf(sections(0), sections(48))

const symbolOn = (side: Side, name: string) => {
  const { functions, data } = object[side]!.view
  return [...functions.symbols, ...data.symbols].find(symbol => symbol.name === name)!
}

function hotCode(name: string, share: number, sides: readonly Side[] = ['base', 'head']): HotCode {
  const cost = (side: Side) =>
    sides.includes(side)
      ? { [side]: { symbol: symbolOn(side, name), share, count: 1000, icacheMisses: 7, dcacheMisses: 3 } }
      : {}
  return { object, name, moved: true, state: 'moved', ...cost('base'), ...cost('head') }
}

function moveOf(share: number): Move {
  const at = (side: Side) => placeOf(object[side]!.view, symbolOn(side, 'table'), l1d)
  return { symbol: 'table', object: 'bench', share, from: at('base'), to: at('head') }
}

const describing = (hot: readonly HotCode[], moved: readonly Move[] = [], exact = true) =>
  describeHot({
    totals: { base: 1, head: 1 },
    hot,
    exact,
    geometry,
    data: { moved, resized: [], rewritten: [] },
  })

describe('the rows of hot code', () => {
  test('say of both sides where a function lies, in the lines and sets of the instruction cache', () => {
    expect(describing([hotCode('small', 0.5)])).toEqual([
      {
        symbol: 'small',
        object: 'bench',
        state: 'moved',
        base: {
          ...{ share: 0.5, address: 0x1000, size: 32, section: '.text' },
          ...{ lines: 1, pages: 1, sets: [0], instructions: 1000, icacheMisses: 7 },
        },
        head: {
          ...{ share: 0.5, address: 0x1030, size: 32, section: '.text' },
          ...{ lines: 2, pages: 1, sets: [0, 1], instructions: 1000, icacheMisses: 7 },
        },
      },
    ])
  })

  test('say how many lines and pages a large function straddles, and each set once', () => {
    const [row] = describing([hotCode('large', 0.5)])
    expect(row?.base).toMatchObject({ address: 0x1020, lines: 79, pages: 2 })
    expect(row?.base?.sets).toEqual(Array.from({ length: 64 }, (_, set) => set))
  })

  test('have no counts where only samples were taken, and one side where a function has one', () => {
    const [row] = describing([hotCode('small', 0.5, ['head'])], [], false)
    expect(row).not.toHaveProperty('base')
    expect(row?.head).not.toHaveProperty('instructions')
    expect(row?.head).toMatchObject({ address: 0x1030, lines: 2 })
  })

  test('have data that moved behind the functions, in the lines and sets of the data cache', () => {
    const rows = describing([hotCode('small', 0.2)], [moveOf(0.5)])
    expect(rows.map(({ symbol, kind }) => [symbol, kind])).toEqual([
      ['small', undefined],
      ['table', 'data'],
    ])
    expect(rows[1]).toMatchObject({
      state: 'moved',
      base: { share: 0.5, address: 0x8000, size: 96, section: '.data', lines: 3, pages: 1, sets: [0, 1, 2] },
      head: { address: 0x8030, lines: 4, sets: [1, 2, 3, 4] },
    })
  })

  test('leave out what is not hot, and data beyond what a reader takes', () => {
    expect(describing([hotCode('cool', 0.0099)], [moveOf(0.0099)])).toEqual([])
    expect(
      describing(
        [],
        Array.from({ length: 20_000 }, () => moveOf(0.5)),
      ),
    ).toHaveLength(100)
  })
})

test('an address that no section holds has no section', () => {
  expect(placeOf(object.head!.view, { address: 0x10, size: 1 }, l1i)).toEqual({
    address: 0x10,
    size: 1,
    lines: 1,
    pages: 1,
    sets: [0],
  })
})
