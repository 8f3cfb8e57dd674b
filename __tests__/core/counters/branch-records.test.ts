import { expect, test } from '@jest/globals'
import { blocksOf, readBranchStack } from '../../../src/core/counters/branch-records.ts'
import { perfScriptReader } from '../../../src/core/counters/perf-script.ts'

/** In the form of `perf script -F pid,tid,brstack`; no machine with branch records was at hand to the project. */
const STACK = '0x40112a/0x401120/P/-/-/3  0x40112a/0x401120/M/-/-/5  0x401118/0x401120/P/-/-/40/COND/- '

test('records are read, the newest first, with or without what newer versions of perf add', () => {
  expect(readBranchStack(STACK)).toEqual([
    { from: 0x40112a, to: 0x401120, cycles: 3 },
    { from: 0x40112a, to: 0x401120, cycles: 5 },
    { from: 0x401118, to: 0x401120, cycles: 40 },
  ])
  expect(readBranchStack('0x40112a/0x401120/P/-/-/3 nonsense 0x1/0x2/P/-/-/9')).toHaveLength(1)
  expect(readBranchStack('')).toEqual([])
})

test('a block begins where the older branch went, and has the cycles of the newer one', () => {
  expect(blocksOf(readBranchStack(STACK))).toEqual([
    { start: 0x401120, end: 0x40112a, cycles: 3 },
    { start: 0x401120, end: 0x40112a, cycles: 5 },
  ])
  // A branch that was not recorded is in between, or the processor tells no cycles.
  expect(
    blocksOf([
      { from: 10, to: 5, cycles: 4 },
      { from: 90, to: 50, cycles: 4 },
    ]),
  ).toEqual([])
  expect(
    blocksOf([
      { from: 60, to: 5, cycles: 0 },
      { from: 90, to: 50, cycles: 4 },
    ]),
  ).toEqual([])
})

test('blocks of a script are added up as offsets in their files', () => {
  const reader = perfScriptReader()
  reader.line('7/7 PERF_RECORD_MMAP2 7/7: [0x401000(0x1000) @ 0x1000 fe:00 1 1]: r-xp /bench')
  reader.line(`    7/7   ${STACK}`)
  reader.line(`    7/7   ${STACK}`)
  reader.line('    7/7   0x999999/0x999990/P/-/-/3 0x999999/0x999990/P/-/-/3')
  const { blocks, samples, unread } = reader.end()
  expect(blocks).toEqual([{ object: '/bench', start: 0x1120, end: 0x112a, visits: 4, cycles: 16 }])
  expect([samples, unread]).toEqual([3, 0])
})
