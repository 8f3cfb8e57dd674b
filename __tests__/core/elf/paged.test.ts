import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { pagedBytes } from '../../../src/core/elf/paged.ts'
import { cases } from '../../doubles/soak.ts'

const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7 + (at >> 8)) % 251)

test('reads by the page are the bytes of the file, whatever was read before', () => {
  const paged = pagedBytes(inMemory(bytes))
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 40_000 }), (offset, asked) => {
      const length = Math.min(asked, bytes.length - offset)
      // Comparing by toEqual takes a hundred times as long.
      expect(Buffer.compare(paged.read(offset, length), bytes.subarray(offset, offset + length))).toBe(0)
    }),
    cases(6_000),
  )
})

test('small reads that lie close together read the file once, and never beyond its end', () => {
  const reads: number[] = []
  const read = (offset: number, length: number): Uint8Array => {
    reads.push(offset + length)
    return bytes.subarray(offset, offset + length)
  }
  const paged = pagedBytes({ size: bytes.length, read })
  for (let at = bytes.length - 1000; at < bytes.length; at += 8) paged.read(at, 8)
  expect(reads).toEqual([bytes.length])
})
