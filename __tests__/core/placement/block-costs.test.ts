import { expect, test } from '@jest/globals'
import type { Profile } from '../../../src/core/counters/profile.ts'
import { compareBlocks } from '../../../src/core/placement/block-costs.ts'
import type { HotCode } from '../../../src/core/placement/compare-hot.ts'

const profileWith = (start: number, cycles: number, visits = 100): Profile => ({
  ...{ source: 'perf-record', total: 1, objects: [] },
  blocks: [
    { object: '/t/bench', start, end: start + 10, visits, cycles },
    { object: '/t/bench', start: start + 0x1000, end: start + 0x1010, visits, cycles: 100 },
  ],
})

/** A function of 32 bytes at an address of each side. */
function functionAt(addresses: { readonly base: number; readonly head: number }, sameness = 'same'): HotCode {
  const object = { profile: { profile: { object: '/t/bench' } } }
  const on = (address: number) => ({ symbol: { address, size: 32 }, count: 1, share: 0.5 })
  const code = (address: number) => ({ body: { indexAt: (at: number) => at - address } })
  return {
    ...{ name: 'walk', sameness, moved: addresses.base !== addresses.head, state: 'moved' },
    object: { name: 'bench', base: object, head: object },
    ...{ base: on(addresses.base), head: on(addresses.head) },
    ...{ baseCode: code(addresses.base), headCode: code(addresses.head) },
  } as unknown as HotCode
}

test('a block is the same where it begins and ends at the same instructions of the same code', () => {
  const profiles = { base: profileWith(0x100, 400), head: profileWith(0x170, 600) }
  expect(compareBlocks([functionAt({ base: 0x100, head: 0x170 })], profiles)).toEqual([
    {
      ...{ symbol: 'walk', object: 'bench', moved: true, address: { base: 0x100, head: 0x170 } },
      ...{ cycles: { base: 4, head: 6 }, share: { base: 0.8, head: 600 / 700 } },
    },
  ])
})

test('code that changed, too few visits and other positions are left out; no records are no answer', () => {
  const profiles = { base: profileWith(0x100, 400), head: profileWith(0x170, 600) }
  expect(compareBlocks([functionAt({ base: 0x100, head: 0x170 }, 'changed')], profiles)).toEqual([])
  expect(compareBlocks([functionAt({ base: 0x100, head: 0x168 })], profiles)).toEqual([])
  const few = { ...profiles, head: profileWith(0x170, 600, 19) }
  expect(compareBlocks([functionAt({ base: 0x100, head: 0x170 })], few)).toEqual([])
  const { blocks: _, ...without } = profiles.head
  expect(
    compareBlocks([functionAt({ base: 0x100, head: 0x170 })], { ...profiles, head: without }),
  ).toBeUndefined()
})
