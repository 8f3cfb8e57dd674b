import { describe, expect, test } from '@jest/globals'
import { callgrindReader } from '../../../src/core/counters/callgrind.ts'
import { emptyCostTable } from '../../../src/core/counters/cost-table.ts'
import { builtIn, settleStrays, strayRule } from '../../../src/core/counters/strays.ts'
import type { ElfSegment } from '../../../src/core/elf/elf.ts'

const PT_LOAD = 1
const segment = (address: number, size: number, flags = 5): ElfSegment => ({
  ...{ type: PT_LOAD, flags, offset: address, address, fileSize: size, memorySize: size },
})
const FFI = '/usr/lib/libffi.so.8'
const STIR = '/work/libstir.so'
const SEGMENTS: Readonly<Record<string, readonly ElfSegment[]>> = {
  [FFI]: [segment(0, 0x1000, 4), segment(0x1000, 0x7000)],
  [STIR]: [segment(0x1000, 0x1000)],
  '/work/other.so': [segment(0x3000, 0x1000)],
  '/work/same.so': [segment(0x1000, 0x1000)],
}
const FOLDERS = { tree: '/work', home: '/home/x', scratch: '/scratch' }
const FILES = { isBuilt: builtIn(FOLDERS), segmentsOf: (object: string) => SEGMENTS[object] }

/** As valgrind 3.19 writes a call that libffi made, with the library's other files before. */
const text = (also: string, source: string, address: string) => `positions: instr line
events: Ir I1mr D1mr
ob=${STIR}
fl=???
fn=_init
0x1000 0 1 0 0
${also && `ob=${also}\nfn=_init\n0x${SEGMENTS[also]![0]!.address.toString(16)} 0 1 0 0\n`}
ob=${FFI}
fn=ffi_call_int
fi=${source}
${address} 2 100 7 3
cob=/usr/lib/libc.so.6
cfi=/work/libc.c
cfn=malloc
calls=1 0x20 0
${address} 2 50 0 0
fe=???
0x1500 0 10 0 0

fn=ffi_call
0x1700 0 20 0 0
totals: 130 7 3
`

function settled({ also = '', source = '/work/stir.c', address = '0x1100' } = {}) {
  const table = emptyCostTable()
  const reader = callgrindReader(table, new Map(), { strays: strayRule(FOLDERS) })
  for (const line of text(also, source, address).split('\n')) reader.line(line)
  expect(reader.end().unread).toBe(0)
  settleStrays(table, FILES)
  expect([...table.objects.values()].reduce((sum, { size }) => sum + size, 0)).toBe(table.addresses)
  const sums = [...table.objects].map(([object, costs]) => [
    object,
    [...costs.values()].reduce((sum, { count }) => sum + count, 0),
  ])
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0))
}

describe('what a function costs that libffi called, which callgrind writes under libffi', () => {
  test('goes to the library of the tree that has code there, by its source file', () => {
    expect(settled()).toEqual({ [STIR]: 101, [FFI]: 30 })
  })

  test('goes there by an address where libffi has no code, when no source file is known', () => {
    expect(settled({ source: '???', address: '0x800' })).toEqual({ [STIR]: 1, [FFI]: 130 })
    const before = SEGMENTS[FFI]!
    Object.assign(SEGMENTS, { [FFI]: [segment(0x1200, 0x6e00)] })
    expect(settled({ source: '???' })).toEqual({ [STIR]: 101, [FFI]: 30 })
    Object.assign(SEGMENTS, { [FFI]: before })
  })

  test('goes to the one that fits, where several libraries of the tree ran', () => {
    expect(settled({ also: '/work/other.so' })).toMatchObject({ [STIR]: 101 })
    expect(settled({ also: '/work/other.so', address: '0x3100' })).toMatchObject({ '/work/other.so': 101 })
  })

  test('stays where it was, where two fit or none', () => {
    expect(settled({ also: '/work/same.so' })).toMatchObject({ [STIR]: 1, [FFI]: 130 })
    expect(settled({ address: '0x9100' })).toEqual({ [STIR]: 1, [FFI]: 130 })
  })

  test('is told from what the library of another folder inlines', () => {
    expect(settled({ source: '/usr/include/ffi.h' })).toEqual({ [STIR]: 1, [FFI]: 130 })
  })
})

test('a call made by such a function comes from the library that it is in', () => {
  const table = emptyCostTable()
  const calls = { calls: new Map() }
  const reader = callgrindReader(table, new Map(), { calls, strays: strayRule(FOLDERS) })
  for (const line of text('', '/work/stir.c', '0x1100').split('\n')) reader.line(line)
  const went = settleStrays(table, FILES)
  expect([...calls.calls.values()].map(({ from, cost }) => [went.get(from.object), cost])).toEqual([
    [STIR, 50],
  ])
})
