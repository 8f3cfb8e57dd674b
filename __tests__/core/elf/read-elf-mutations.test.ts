import { expect, test } from '@jest/globals'
import { functionsFromEhFrame } from '../../../src/core/elf/eh-frame.ts'
import { ElfError } from '../../../src/core/elf/errors.ts'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { readElf } from '../../../src/core/elf/read-elf.ts'
import { craftElf } from './crafted-elf.ts'
import { tally } from './mutations.ts'

const code = new Uint8Array(64).fill(0x90)
const parts = {
  sections: [
    { name: '.text', flags: 6, address: 0x1000, bytes: code },
    { name: '.bss', type: 8, flags: 3, address: 0x2000, size: 64 },
    {
      name: '.note.gnu.build-id',
      type: 7,
      flags: 2,
      bytes: Uint8Array.of(4, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 71, 78, 85, 0, 1, 2),
    },
  ],
  segments: [{ offset: 0, address: 0x1000, fileSize: 64 }],
  symbols: [
    { name: 'one', address: 0x1000, size: 8 },
    { name: 'two', address: 0x1000, size: 8 },
    { name: 'three', address: 0x1010 },
  ],
}
const samples = [
  craftElf(parts),
  craftElf({ ...parts, bits: 32, bigEndian: true, machine: 40 }),
  craftElf({ ...parts, extended: true, type: 1 }),
]

test('damaged files are read or refused with an ElfError, in bounded memory', () => {
  let most = 0
  const read = (bytes: Uint8Array): void => {
    const file = inMemory(bytes)
    const counted = {
      size: file.size,
      read: (at: number, size: number) => {
        most = Math.max(most, size)
        return file.read(at, size)
      },
    }
    const elf = readElf(counted)
    for (const { address, size } of elf.symbols.slice(0, 8)) elf.bytesAt(address, size)
    functionsFromEhFrame(elf)
  }
  const expected = (error: unknown): boolean => error instanceof ElfError
  const result = tally(samples, { read, expected })
  expect(result.read).toBeGreaterThan(result.tried / 25)
  expect(result.refused).toBeGreaterThan(result.tried / 25)
  expect(most).toBeLessThanOrEqual(Math.max(...samples.map(({ length }) => length)))
}, 180_000)
