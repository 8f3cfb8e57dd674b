import { describe, expect, test } from '@jest/globals'
import { type Call, callsOf, emptyCallTable } from '../../../src/core/counters/call-table.ts'
import { callgrindReader, countsOfTotals, type EventTotals } from '../../../src/core/counters/callgrind.ts'
import { emptyCostTable, profilesOf } from '../../../src/core/counters/cost-table.ts'
import { recorded } from '../../doubles/recorded.ts'

function readFiles(...texts: readonly string[]) {
  const table = emptyCostTable()
  const totals: EventTotals = new Map()
  const files = texts.map(text => {
    const reader = callgrindReader(table, totals)
    for (const line of text.split('\n')) reader.line(line)
    return reader.end()
  })
  return { table, totals, files, objects: profilesOf(table, true) }
}

const EVENTS = ['Ir', 'Dr', 'Dw', 'I1mr', 'D1mr', 'D1mw', 'ILmr', 'DLmr', 'DLmw']
const FUNCTIONS = Array.from({ length: 9 }, (_, index) => 0x405000 + index * 0x1000)

describe.each(['3.16', '3.19', '3.24', '3.27'])('the recorded output of valgrind %s', version => {
  const text = recorded(`callgrind/${version}.out`)
  const { table, totals, files, objects } = readFiles(text)

  test('its sums are those that the file gives itself', () => {
    const stated = /^totals: (.*)$/m.exec(text)![1]!.split(' ').map(Number)
    expect(EVENTS.map(event => totals.get(event) ?? 0)).toEqual(stated)
    expect(table.total).toBe(stated[0])
    expect(files).toEqual([
      { complete: true, usable: true, creator: expect.stringContaining(`callgrind-${version}`), unread: 0 },
    ])
  })

  test('the nine functions at a stride of 4096 bytes miss the instruction cache at their link-time addresses', () => {
    const program = objects.find(({ object }) => object.endsWith('/pl_9_4096'))!
    const missing = program.addresses.filter((_, index) => program.icacheMisses![index]! >= 900)
    expect(missing.filter(address => address % 4096 === 0).length).toBeGreaterThanOrEqual(8)
    const counted = FUNCTIONS.filter(address => program.addresses.includes(address))
    expect(counted.length).toBeGreaterThanOrEqual(8)
    expect(program.icacheMisses!.reduce((sum, misses) => sum + misses, 0)).toBeGreaterThan(8000)
    expect(program.addresses).toEqual([...program.addresses].sort((one, other) => one - other))
  })
})

test('compressed names and positions say the same as plain ones', () => {
  const plain = readFiles(recorded('callgrind/3.19.out'))
  const compressed = readFiles(recorded('callgrind/3.19-compressed.out'))
  // Two recordings of one program: equal but for a few instructions of start-up.
  expect(Math.abs(compressed.table.total / plain.table.total - 1)).toBeLessThan(0.002)
  const program = (read: typeof plain) => read.objects.find(({ object }) => object.endsWith('/pl_9_4096'))!
  const hot = ({ addresses, counts }: ReturnType<typeof program>) =>
    addresses.flatMap((address, index) => (counts[index]! >= 1000 ? [`${address}: ${counts[index]}`] : []))
  expect(hot(program(compressed))).toEqual(hot(program(plain)))
  expect(compressed.files[0]!.unread).toBe(0)
})

const HEADER = 'positions: instr line\nevents: Ir Dr Dw I1mr D1mr D1mw Bc Bcm DLmr DLmw\n'
const END = 'totals: 1\n'

test('who called whom is kept, with what the callees cost, in either form', () => {
  const calls = (text: string) => {
    const table = emptyCallTable()
    const reader = callgrindReader(emptyCostTable(), new Map(), { calls: table })
    for (const line of text.split('\n')) reader.line(line)
    return callsOf(table)
  }
  const program = ({ from, to }: Call) => from.object.endsWith('/pl_9_4096') && to.object === from.object
  const plain = calls(recorded('callgrind/3.19.out')).filter(program)
  const compressed = calls(recorded('callgrind/3.19-compressed.out')).filter(program)
  expect(plain.length).toBeGreaterThanOrEqual(9)
  // Nine functions at a stride of 4096 bytes, called in a loop.
  const callees = new Set(plain.map(({ to }) => to.address))
  expect(FUNCTIONS.filter(address => callees.has(address)).length).toBeGreaterThanOrEqual(7)
  const byPlace = (found: readonly Call[]) =>
    found
      .map(({ from, to, cost }) => `${from.address} ${to.address} ${cost > 1000 ? cost : 'few'}`)
      .toSorted()
  expect(byPlace(compressed)).toEqual(byPlace(plain))

  const other = calls(
    'positions: instr line\nevents: Ir I1mr\nob=/a\nfn=f\n0x10 1 5\ncob=/b\ncfn=g\ncalls=2 0x99 0\n0x12 1 70\ncfn=h\ncalls=1 0x50 0\n0x14 1 30\n',
  )
  expect(other).toEqual([
    { from: { object: '/a', address: 0x12 }, to: { object: '/b', address: 0x99 }, cost: 70 },
    { from: { object: '/a', address: 0x14 }, to: { object: '/a', address: 0x50 }, cost: 30 },
  ])
})

test('what a call cost inclusively is not counted again', () => {
  const { table, objects } = readFiles(
    `${HEADER}ob=/a\nfn=main\n0x10 1 5\ncfn=work\ncalls=3 0x20 0\n0x14 1 900\n0x18 1 2\nfn=work\n0x20 2 900\n${END}`,
  )
  expect(table.total).toBe(907)
  expect(objects[0]!.addresses).toEqual([0x10, 0x18, 0x20])
})

test('the object of a callee does not become that of the caller', () => {
  const { objects } = readFiles(
    `${HEADER}ob=(1) /a\nfn=(1) main\n0x10 0 1\ncob=(2) /b\ncfn=(2) work\ncalls=1 0x20 0\n0x10 0 7\n+4 0 1\nob=(2)\n0x20 0 7\n* 0 1\n-8 0 1\n${END}`,
  )
  expect(objects.map(({ object, addresses, counts }) => [object, addresses, counts])).toEqual([
    ['/b', [0x18, 0x20], [1, 8]],
    ['/a', [0x10, 0x14], [1, 1]],
  ])
})

test('files of several processes add up, and their misses too', () => {
  const one = `${HEADER}ob=/a\n0x10 0 10 4 2 3 1 1 5 2 1 1\n${END}`
  const { objects, totals, files } = readFiles(one, one)
  expect(objects).toEqual([
    { object: '/a', addresses: [0x10], counts: [20], icacheMisses: [6], dcacheMisses: [4] },
  ])
  expect(countsOfTotals(totals)).toEqual({
    instructions: 20,
    icacheMisses: 6,
    dcacheMisses: 4,
    secondLevelMisses: 4,
    branches: 10,
    branchMisses: 4,
  })
  expect(files).toHaveLength(2)
})

test('without branch simulation there are no branches, rather than none of them', () => {
  const { totals } = readFiles(`positions: instr line\nevents: Ir I1mr\nob=/a\n0x10 0 10\n${END}`)
  expect(countsOfTotals(totals)).toEqual({ instructions: 10, icacheMisses: 0, dcacheMisses: 0 })
})

test.each([
  ['a file cut short', `${HEADER}ob=/a\n0x10 0 10\n`, { complete: false, usable: true }],
  [
    'a file without addresses',
    `positions: line\nevents: Ir I1mr\n10 10\n${END}`,
    { complete: true, usable: false },
  ],
  [
    'a file without cache simulation',
    `positions: instr line\nevents: Ir\n0x10 0 10\n${END}`,
    { complete: true, usable: false },
  ],
  ['an empty file', '', { complete: false, usable: false }],
  ['something else', 'ELF nonsense\n<html>\n', { complete: false, usable: false }],
])('%s is told apart', (_name, text, expected) => {
  expect(readFiles(text).files[0]).toMatchObject(expected)
})

test('lines with numbers that are none, or too large, are counted as unread and add nothing', () => {
  const { table, files } = readFiles(
    `${HEADER}ob=/a\n0x10 0 -5\n0x10 0 1e400\n0x10 0 9007199254740993\n0xzz 0 1\n+1x 0 1\n-99999 0 1\n0x10 0 2.5\n${END}`,
  )
  expect(table.total).toBe(0)
  expect(files[0]!.unread).toBe(7)
})
