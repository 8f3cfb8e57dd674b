import { describe, expect, test } from '@jest/globals'
import { stringTable } from '../../../src/core/elf/strings.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a string table', () => {
  test.each([
    ['plain', '\0main\0_start\0end'],
    ['with other letters', '\0größe\0main·f\0end'],
  ])('yields names by offset, also from the middle of one, when it is %s', (_, text) => {
    const table = bytes(text)
    const nameAt = stringTable(table)
    const names = text.split('\0').slice(1)
    for (const name of names) expect(nameAt(bytes(text.slice(0, text.indexOf(name))).length)).toBe(name)
    expect(nameAt(table.length - 2)).toBe('nd')
    expect([nameAt(0), nameAt(table.length), nameAt(table.length + 99)]).toEqual(['', '', ''])
  })

  test('gives a name of any length once, but does not go over a table without ends again and again', () => {
    const nameAt = stringTable(new Uint8Array(1024 * 1024).fill(65))
    expect(nameAt(0)).toHaveLength(1024 * 1024)
    const all = (): void => {
      for (let offset = 0; offset < 1000; offset++) nameAt(offset)
    }
    expect(all).toThrow(/overlap without end/)
  })
})
