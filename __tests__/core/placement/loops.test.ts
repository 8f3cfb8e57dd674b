import { expect, test } from '@jest/globals'
import { readBody } from '../../../src/core/code/body.ts'
import type { ElfFile } from '../../../src/core/elf/elf.ts'
import type { HotCode } from '../../../src/core/placement/compare-hot.ts'
import { isPlacedWorse, type LoopPlace, moveLoops } from '../../../src/core/placement/loops.ts'
import type { Hazard } from '../../../src/core/processor/hazards.ts'

const COMPARE = [0x48, 0x39, 0xf7]
const MOVE = [0x48, 0x89, 0xf7]
const NOT_EQUAL_BACK_TO_START = [0x75, 0xfb]

/** Where a loop of one instruction and a jump back is, by where it begins. */
function placeAt(address: number, first: readonly number[]): LoopPlace {
  const bytes = Uint8Array.from([...first, ...NOT_EQUAL_BACK_TO_START])
  const elf = { machine: 'x86-64', bytesAt: () => bytes } as unknown as ElfFile
  const body = readBody(elf, { address, size: bytes.length })!
  const code = { body, symbol: {} }
  const profile = { at: () => 10, sum: () => ({ count: 10 }) }
  const hot = [
    {
      name: 'f',
      object: { name: 'x', head: { profile } },
      sameness: 'same',
      moved: true,
      baseCode: code,
      headCode: code,
    },
  ] as unknown as HotCode[]
  return moveLoops(hot, { total: 10, lineBytes: 64 })[0]!.head
}

test('a jump counts where it or the comparison that is decoded with it crosses or ends at a boundary', () => {
  const boundary = (address: number, first = COMPARE) => placeAt(address, first).boundaryBranches
  expect(boundary(0x1000)).toBe(0)
  // The comparison ends where the window ends: only the pair crosses it.
  expect(boundary(0x101d)).toBe(1)
  expect(boundary(0x101d, MOVE)).toBe(0)
  // The jump's last byte is the last of the window.
  expect(boundary(0x101b, MOVE)).toBe(1)
  // The jump itself crosses.
  expect(boundary(0x101c, MOVE)).toBe(1)
  expect(boundary(0x1020)).toBe(0)
})

test('windows count only where decoded instructions are kept, jumps on boundaries nowhere by themselves', () => {
  const place = (over: Partial<LoopPlace>): LoopPlace => ({ ...placeAt(0x1000, COMPARE), ...over })
  const none: readonly Hazard[] = [{ id: 'no-uop-cache', source: 'a manual' }]
  expect(isPlacedWorse(place({}), place({ windows: 2 }), [])).toBe(true)
  expect(isPlacedWorse(place({}), place({ windows: 2 }), none)).toBe(false)
  expect(isPlacedWorse(place({}), place({ lines: 2 }), none)).toBe(true)
  expect(isPlacedWorse(place({}), place({ splitBranches: 1 }), none)).toBe(true)
  expect(isPlacedWorse(place({}), place({ boundaryBranches: 1 }), [])).toBe(false)
})
