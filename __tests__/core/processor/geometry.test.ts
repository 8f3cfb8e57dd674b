import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CacheGeometry, Geometry } from '../../../src/core/processor/geometry.ts'
import {
  formatGeometry,
  geometryFault,
  parseGeometry,
  setsOf,
  withOverride,
  withRoundSets,
} from '../../../src/core/processor/geometry.ts'
import { cases } from '../../doubles/soak.ts'

const cache = (sizeBytes: number, ways: number, lineBytes = 64): CacheGeometry => ({
  sizeBytes,
  ways,
  lineBytes,
})

// What valgrind 3.16 to 3.27 takes and refuses was tried on each of them.
test.each([
  ['32768,8', cache(32768, 8), true],
  ['49152,12', cache(49152, 12), true],
  ['49152,3', cache(49152, 3), true],
  ['65536,4', cache(65536, 4), true],
  ['98304,12', cache(98304, 12), true],
  ['196608,6', cache(196608, 6), true],
  ['131072,8,128', cache(131072, 8, 128), true],
  ['40960,5', cache(40960, 5), true],
  ['98304,8', cache(98304, 8), false],
  ['32768,7', cache(32768, 7), false],
  ['a line of 48', cache(49152, 8, 48), false],
  ['a line of 16', cache(32768, 8, 16), false],
  ['0,0,0, which crashes valgrind', cache(0, 0, 0), false],
  ['one line', cache(64, 1), false],
  ['more ways than lines', cache(128, 4), false],
])('valgrind on %s', (_name, geometry, taken) => {
  expect(geometryFault(geometry) === undefined).toBe(taken)
})

describe('the text form', () => {
  test.each([
    ['32768,8,64', cache(32768, 8)],
    [' 32K , 8 , 64 ', cache(32768, 8)],
    ['2m,16,64', cache(2097152, 16)],
  ])('%s is read', (text, geometry) => {
    expect(parseGeometry(text)).toEqual({ ok: true, value: geometry })
  })

  test.each(['', '32768', '32768,8', '32K,8,64,1', '-1,8,64', '32768,8,sixty', '1e9,8,64', '32768;8;64'])(
    '%j is refused with an example',
    text => {
      expect(parseGeometry(text)).toEqual({ ok: false, fault: expect.stringContaining('32768,8,64') })
    },
  )

  test('a cache that cannot be simulated is refused with the reason', () => {
    expect(parseGeometry('98304,8,64')).toEqual({ ok: false, fault: expect.stringContaining('power of two') })
  })

  test('reading what was written gives the same cache', () => {
    const caches = fc.record({
      sets: fc.integer({ min: 1, max: 12 }).map(power => 2 ** power),
      ways: fc.integer({ min: 2, max: 24 }),
      line: fc.constantFrom(32, 64, 128, 256),
    })
    fc.assert(
      fc.property(caches, ({ sets, ways, line }) => {
        const geometry = cache(sets * ways * line, ways, line)
        expect(parseGeometry(formatGeometry(geometry))).toEqual({ ok: true, value: geometry })
      }),
      cases(2_000),
    )
  })
})

test.each([
  ['36 MB in 12 ways', cache(37_748_736, 12), 65536],
  ['33 MB in 11 ways', cache(34_603_008, 11), 65536],
  ['32 MB in 16 ways', cache(33_554_432, 16), 32768],
  ['30 MB in 20 ways', cache(31_457_280, 20), 32768],
])('the sets of %s become a power of two', (_name, geometry, sets) => {
  const round = withRoundSets(geometry)
  expect([setsOf(round), round.ways, geometryFault(round)]).toEqual([sets, geometry.ways, undefined])
})

const found: Geometry = {
  l1i: cache(32768, 8),
  l1d: cache(49152, 12),
  ll: cache(33_554_432, 16),
  from: 'sysfs',
}

test('what the user gives lies over what the machine tells, and the source says so', () => {
  expect(withOverride(found, undefined)).toBe(found)
  const partly = withOverride(found, { l1i: cache(65536, 4, 128) })
  expect(partly).toMatchObject({ l1i: cache(65536, 4, 128), l1d: found.l1d, from: 'input and sysfs' })
  expect(partly.ll.lineBytes).toBe(128)
  expect(geometryFault(partly.ll)).toBeUndefined()
  const wholly = { l1i: cache(65536, 4), l1d: cache(65536, 4), ll: cache(2 ** 21, 16) }
  expect(withOverride(found, wholly)).toEqual({ ...wholly, from: 'input' })
})
