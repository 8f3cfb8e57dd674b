import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { PlacedSection } from '../../../src/core/layouts/link-map.ts'
import { randomOrder } from '../../../src/core/layouts/order.ts'
import { padSource, padsOf } from '../../../src/core/layouts/pads.ts'
import { cases } from '../../doubles/soak.ts'

const placed = (names: readonly string[]): readonly PlacedSection[] =>
  names.map((name, at) => ({ output: '.text', name, file: `o${at}.o`, bytes: 16 }))

const names = fc.uniqueArray(
  fc.constantFrom(
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap(name => [
      `.text.${name}`,
      `.text.hot.${name}`,
      `.text.unlikely.${name}`,
      `.text.startup.${name}`,
    ]),
  ),
  { minLength: 2 },
)

describe('the pads of a layout', () => {
  test('are the same for the same seed, of 1 to 4095 bytes, in code and data', () => {
    expect(padsOf(5)).toEqual(padsOf(5))
    expect(padsOf(5)).not.toEqual(padsOf(6))
    const bytes = Array.from({ length: 50 }, (_, seed) => padsOf(seed)).flatMap(pads =>
      pads.map(pad => pad.bytes),
    )
    expect(Math.min(...bytes)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...bytes)).toBeLessThanOrEqual(4095)
    // The mean of 2400 even draws is within four standard errors of the middle.
    expect(Math.abs(bytes.reduce((sum, each) => sum + each, 0) / bytes.length - 2048)).toBeLessThan(97)
    expect(padsOf(5).filter(pad => pad.section.startsWith('.data.'))).toHaveLength(24)
  })

  test('become sections with hidden symbols, and no executable stack', () => {
    const source = padSource([{ section: '.text.pad', symbol: 'pad', bytes: 7 }])
    expect(source).toContain('.section .text.pad,"ax",%progbits\n.globl pad\n.hidden pad\npad:\n.zero 7\n')
    expect(source).toContain('.note.GNU-stack,"",%progbits')
  })
})

describe('a random order of sections', () => {
  test('holds every section and every pad of the code once, whatever the seed', () => {
    fc.assert(
      fc.property(names, fc.nat(), (sections, seed) => {
        const pads = padsOf(seed)
        const order = randomOrder(placed(sections), pads, seed)
          .get('.text')!
          .map(entry => entry.name)
        const code = pads.map(pad => pad.section).filter(name => name.startsWith('.text'))
        expect(order).toHaveLength(sections.length + code.length)
        expect(new Set(order)).toEqual(new Set([...sections, ...code]))
      }),
      cases(2_000),
    )
  })

  test('keeps together what the compiler put together', () => {
    fc.assert(
      fc.property(names, fc.nat(), (sections, seed) => {
        const order = randomOrder(placed(sections), padsOf(seed), seed).get('.text')!
        for (const group of ['.text.hot.', '.text.startup.', '.text.unlikely.']) {
          const at = order.flatMap((entry, index) => (entry.name.startsWith(group) ? [index] : []))
          if (at.length > 0) expect(at.at(-1)! - at[0]!).toBe(at.length - 1)
        }
      }),
      cases(2_000),
    )
  })

  test('is the same for the same seed, and spreads a section over all places', () => {
    const sections = placed(['.text.a', '.text.b', '.text.c'])
    expect(randomOrder(sections, [], 4)).toEqual(randomOrder(sections, [], 4))
    const first = Array.from(
      { length: 300 },
      (_, seed) => randomOrder(sections, [], seed).get('.text')![0]!.name,
    )
    for (const { name } of sections) expect(first.filter(each => each === name).length).toBeGreaterThan(60)
  })

  test('tells plain sections apart by object, and leaves out what no script can spell', () => {
    const order = randomOrder(
      [
        { output: '.data', name: '.data', file: 'a.o', bytes: 8 },
        { output: '.data', name: '.data', file: 'lib.a(b.o)', bytes: 8 },
        { output: '.data', name: '.data.with "quotes"', file: 'c.o', bytes: 8 },
        { output: '.data', name: '.data', file: 'a b.o', bytes: 8 },
        { output: '.init', name: '.init', file: 'crti.o', bytes: 8 },
      ],
      [],
      1,
    )
    expect([...order.keys()]).toEqual(['.data'])
    expect(new Set(order.get('.data'))).toEqual(
      new Set([
        { name: '.data', file: 'a.o' },
        { name: '.data', file: 'lib.a(b.o)' },
      ]),
    )
  })
})
