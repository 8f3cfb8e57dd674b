import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FileBytes } from '../../../src/core/elf/elf.ts'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { equalTexts, firstDifference } from '../../../src/core/elf/first-difference.ts'
import { cases } from '../../doubles/soak.ts'

const none = equalTexts('', '')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const compare = (a: string, b: string, texts = none): number | undefined =>
  firstDifference(
    { file: inMemory(bytesOf(a)), offset: 0 },
    { file: inMemory(bytesOf(b)), offset: 0 },
    { size: a.length, texts },
  )

describe('firstDifference', () => {
  test('finds the first differing byte wherever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(), fc.nat({ max: 7 }), (bytes, at, shift) => {
        const changed = Uint8Array.from(bytes)
        const wanted = bytes.length === 0 ? undefined : at % bytes.length
        if (wanted !== undefined) changed[wanted] = (changed[wanted]! + 1) % 256
        const padded = Uint8Array.from([...new Uint8Array(shift), ...changed])
        const found = firstDifference(
          { file: inMemory(bytes), offset: 0 },
          { file: inMemory(padded), offset: shift },
          { size: bytes.length, texts: none },
        )
        expect(found).toBe(wanted)
      }),
      cases(2_000),
    )
  })

  test.each([
    ['the two paths, facing each other', '--/w/base/x--', '--/w/head/x--', undefined],
    ['many of them', '/w/base/w/base', '/w/head/w/head', undefined],
    ['a path against the same path', '/w/base/x', '/w/base/x', undefined],
    ['the paths the wrong way round', '/w/head/x', '/w/base/x', 3],
    ['half a path at the end', 'xx/w/bas', 'xx/w/hea', 5],
    ['a difference behind the paths', '/w/base/a', '/w/head/b', 8],
    ['the end of a path alone', 'base', 'head', 0],
  ])('masks %s', (_, a, b, wanted) => {
    expect(compare(a, b, equalTexts('/w/base', '/w/head'))).toBe(wanted)
  })

  test('masks nothing when the paths differ in length', () => {
    expect(compare('/w/base/', '/w/other', equalTexts('/w/base', '/w/other'))).toBe(3)
  })

  test('masks paths that lie across the pieces that are read', () => {
    const piece = 1024 * 1024
    const texts = equalTexts('/work/base', '/work/head')
    for (let shift = 0; shift <= 11; shift++) {
      const [a, b] = [new Uint8Array(piece * 2 + 64), new Uint8Array(piece * 2 + 64)]
      for (const at of [piece - shift, piece * 2 - shift]) {
        a.set(texts.a, at)
        b.set(texts.b, at)
      }
      const sides = [a, b].map(bytes => ({ file: inMemory(bytes), offset: 0 }))
      expect(firstDifference(sides[0]!, sides[1]!, { size: a.length, texts })).toBeUndefined()
      b[piece * 2 + 20] = 1
      expect(firstDifference(sides[0]!, sides[1]!, { size: a.length, texts })).toBe(piece * 2 + 20)
    }
  })

  test('reads no more than a little over a megabyte of each at a time, and says where a file ends early', () => {
    let most = 0
    const zeros = (size: number): FileBytes => ({
      size,
      read: (offset, length) => {
        most = Math.max(most, length)
        return new Uint8Array(Math.max(0, Math.min(length, size - offset)))
      },
    })
    const size = 10_000_000
    expect(
      firstDifference(
        { file: zeros(size), offset: 0 },
        { file: zeros(size), offset: 0 },
        { size, texts: none },
      ),
    ).toBeUndefined()
    expect(most).toBeLessThan(1.1 * 1024 * 1024)
    expect(
      firstDifference(
        { file: zeros(size), offset: 0 },
        { file: zeros(5_000_000), offset: 0 },
        { size, texts: none },
      ),
    ).toBe(5_000_000)
  })
})
