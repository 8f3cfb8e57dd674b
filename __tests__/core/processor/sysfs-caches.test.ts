import { expect, test } from '@jest/globals'
import { readCpu } from '../../../src/core/processor/cpu.ts'
import { cacheOf, cachesFromSysfs } from '../../../src/core/processor/sysfs-caches.ts'
import { typicalCaches } from '../../../src/core/processor/typical-caches.ts'

const l1i = { type: 'Instruction\n', level: '1\n', size: '32K\n', ways: '8\n', line: '64\n', sets: '64\n' }
const l1d = { type: 'Data\n', level: '1\n', size: '48K\n', ways: '12\n', line: '64\n', sets: '64\n' }
const l2 = { type: 'Unified', level: '2', size: '1024K', ways: '8', line: '64', sets: '2048' }
const l3 = { type: 'Unified', level: '3', size: '36864K', ways: '12', line: '64', sets: '49152' }

test('the folders of a processor give its two first-level caches and its second level', () => {
  expect(cachesFromSysfs([l1d, l1i, l2, l3])).toEqual({
    l1i: { sizeBytes: 32768, ways: 8, lineBytes: 64 },
    l1d: { sizeBytes: 49152, ways: 12, lineBytes: 64 },
    ll: { sizeBytes: 1048576, ways: 8, lineBytes: 64 },
  })
})

test('without a second level the third is taken, with sets that valgrind takes', () => {
  expect(cachesFromSysfs([l1i, l1d, l3]).ll).toEqual({ sizeBytes: 65536 * 12 * 64, ways: 12, lineBytes: 64 })
})

test.each([
  [
    'ways from size and sets',
    { size: '64K', line: '64', sets: '256' },
    { sizeBytes: 65536, ways: 4, lineBytes: 64 },
  ],
  [
    'size from ways and sets',
    { ways: '4', line: '64', sets: '256' },
    { sizeBytes: 65536, ways: 4, lineBytes: 64 },
  ],
  [
    '0 ways: fully associative',
    { size: '2K', ways: '0', line: '64' },
    { sizeBytes: 2048, ways: 32, lineBytes: 64 },
  ],
  ['no line: unknown', { size: '64K', ways: '4' }, undefined],
  ['only a line, as on boards with poor tables: unknown', { line: '64' }, undefined],
  ['text that is no number: unknown', { size: 'big', ways: '4', line: '64' }, undefined],
])('%s', (_name, files, cache) => {
  expect(cacheOf(files)).toEqual(cache)
})

test('a unified first level serves both, and an impossible cache is left out', () => {
  const unified = { ...l1i, type: 'Unified' }
  const { l1i: code, l1d: data } = cachesFromSysfs([unified])
  expect(code).toEqual(data)
  expect(cachesFromSysfs([{ ...l1i, size: '33K', sets: '66' }]).l1i).toBeUndefined()
  expect(cachesFromSysfs([])).toEqual({})
})

test.each([
  [
    'Zen 1',
    'vendor_id : AuthenticAMD\ncpu family : 23\nmodel : 1\nmodel name : AMD EPYC 7551\n',
    '64 KB, 4',
    true,
  ],
  [
    'Zen 5',
    'vendor_id : AuthenticAMD\ncpu family : 26\nmodel : 2\nmodel name : AMD EPYC\n',
    '32 KB, 8',
    true,
  ],
  [
    'an Intel core',
    'vendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Xeon\n',
    '32 KB, 8',
    true,
  ],
  ['Neoverse N1', 'CPU implementer : 0x41\nCPU part : 0xd0c\n', '64 KB, 4', true],
  ['Cortex-A72', 'CPU implementer : 0x41\nCPU part : 0xd08\n', '48 KB, 3', true],
  ['something unknown', 'processor : 0\n', '32 KB, 8', false],
])('the usual instruction cache of %s', (_name, cpuinfo, expected, known) => {
  const typical = typicalCaches(readCpu(cpuinfo))
  expect([`${typical.l1i.sizeBytes / 1024} KB, ${typical.l1i.ways}`, typical.known]).toEqual([
    expected,
    known,
  ])
})

test('a processor is read from either form of cpuinfo', () => {
  const amd =
    'processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\nmodel name\t: AMD EPYC 9354\n'
  expect(readCpu(amd)).toEqual({
    vendor: 'amd',
    family: 25,
    model: 17,
    stepping: -1,
    microcode: -1,
    part: -1,
    name: 'AMD EPYC 9354',
  })
  const arm = 'processor : 0\nCPU implementer : 0x41\nCPU architecture: 8\nCPU part : 0xd40\n'
  expect(readCpu(arm)).toEqual({
    vendor: 'arm',
    family: -1,
    model: -1,
    stepping: -1,
    microcode: -1,
    part: 0xd40,
    name: 'ARM part 0xd40',
  })
  expect(readCpu('')).toEqual({
    vendor: 'other',
    family: -1,
    model: -1,
    stepping: -1,
    microcode: -1,
    part: -1,
    name: 'unknown',
  })
})
