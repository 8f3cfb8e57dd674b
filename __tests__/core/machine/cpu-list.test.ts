import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  formatCpuList,
  formatCpuMask,
  parseCpuList,
  parseCpuMask,
  without,
} from '../../../src/core/machine/cpu-list.ts'
import { cases } from '../../doubles/soak.ts'

describe('a list of CPUs', () => {
  test.each([
    ['0-3,8\n', [0, 1, 2, 3, 8]],
    ['', []],
    ['5', [5]],
    ['7,1,1-2', [1, 2, 7]],
  ])('%j is read as %j', (text, cpus) => expect(parseCpuList(text)).toEqual(cpus))

  test.each(['a', '3-1', '1,,2', '1-2-3', '-1', '0x1', '(null)', '1234567'])('%j is none', text =>
    expect(parseCpuList(text)).toBeUndefined(),
  )

  test.each([
    [[0, 1, 2, 3, 8], '0-3,8'],
    [[5], '5'],
    [[], ''],
    [[3, 1, 2, 2], '1-3'],
  ])('%j is written as %j', (cpus, text) => expect(formatCpuList(cpus)).toBe(text))
})

describe('a mask of CPUs', () => {
  test.each([
    ['3\n', [0, 1]],
    ['ff,00000003', [0, 1, 32, 33, 34, 35, 36, 37, 38, 39]],
    ['00000000,00000080', [7]],
    ['0', []],
  ])('%j is read as %j', (text, cpus) => expect(parseCpuMask(text)).toEqual(cpus))

  test.each(['', 'xyz', '0x3', '-1'])('%j is none', text => expect(parseCpuMask(text)).toBeUndefined())

  test.each([
    [[0, 1], '3'],
    [[7], '80'],
    [[32], '1,00000000'],
    [[0, 39], '80,00000001'],
    [[], '0'],
  ])('%j is written as %j', (cpus, text) => expect(formatCpuMask(cpus)).toBe(text))
})

const cpuSet = fc.uniqueArray(fc.integer({ min: 0, max: 300 })).map(cpus => cpus.sort((a, b) => a - b))

test('lists and masks of any set of CPUs read back as that set', () => {
  fc.assert(
    fc.property(cpuSet, cpus => {
      expect(parseCpuList(formatCpuList(cpus))).toEqual(cpus)
      expect(parseCpuMask(formatCpuMask(cpus))).toEqual(cpus)
    }),
    cases(6_000),
  )
})

test('what is taken away is gone and the rest stays', () => {
  fc.assert(
    fc.property(cpuSet, cpuSet, (all, taken) => {
      const rest = without(all, taken)
      expect(rest).toEqual(all.filter(cpu => !new Set(taken).has(cpu)))
    }),
    cases(2_000),
  )
})
