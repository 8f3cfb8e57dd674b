import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { callgrindReader, type EventTotals } from '../../../src/core/counters/callgrind.ts'
import { emptyCostTable, MOST_OBJECTS, profilesOf } from '../../../src/core/counters/cost-table.ts'
import { perfScriptReader } from '../../../src/core/counters/perf-script.ts'
import { readPerfStat } from '../../../src/core/counters/perf-stat.ts'
import { readResourceUse } from '../../../src/core/counters/rusage.ts'
import { profileOfSamples } from '../../../src/core/counters/sample-profile.ts'
import { cpuList, readCpu } from '../../../src/core/processor/cpu.ts'
import { parseGeometry } from '../../../src/core/processor/geometry.ts'
import { cachesFromSysfs } from '../../../src/core/processor/sysfs-caches.ts'
import { uniform } from '../../../src/core/statistics/random.ts'
import { recorded, recordedCases } from '../../doubles/recorded.ts'
import { casesOf, PATIENCE, SEED } from '../../doubles/soak.ts'

/** For each parser. */
const ROUNDS = casesOf(100_000)

const readCallgrind = (text: string): void => {
  const table = emptyCostTable()
  const totals: EventTotals = new Map()
  const reader = callgrindReader(table, totals)
  for (const line of text.split('\n')) reader.line(line)
  const { unread } = reader.end()
  const placed = profilesOf(table, true).flatMap(({ counts }) => counts)
  const sum = placed.reduce((total, count) => total + count, 0)
  if (!Number.isFinite(table.total) || unread < 0) throw new Error('The sums are no numbers.')
  if (sum + table.unplaced !== table.total) throw new Error('What was placed does not add up to the total.')
}

const readScript = (text: string): void => {
  const reader = perfScriptReader()
  for (const line of text.split('\n')) reader.line(line)
  const script = reader.end()
  const { profile } = profileOfSamples([script], () => undefined)
  if (profile.total !== script.samples) throw new Error('Samples were lost.')
}

const readStat = (text: string): void => {
  for (const { value, percentRunning } of [...readPerfStat(text).lines, ...readPerfStat(text, ',').lines]) {
    if (typeof value === 'number' && !(value >= 0)) throw new Error('A count is no number.')
    if (!(percentRunning >= 0 && percentRunning <= 100)) throw new Error('A share is no share.')
  }
}

const readSmall = (text: string): void => {
  parseGeometry(text)
  readResourceUse(text)
  readCpu(text)
  cpuList(text)
  const [type, level, size, ways, line, sets] = text.split(/[\s,;]/)
  const files = { type, level, size, ways, line, sets }
  cachesFromSysfs([Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined))])
}

const firstLines = (text: string, lines: number): string => text.split('\n', lines).join('\n')

const PARSERS: readonly (readonly [string, readonly string[], (text: string) => void])[] = [
  [
    'perf stat',
    ['510', '61', '612', '72'].flatMap(version => [
      ...recordedCases(`perf-stat/perf-${version}.txt`).values(),
    ]),
    readStat,
  ],
  [
    'perf script',
    ['510', '61', '612', '72'].map(version => recorded(`perf-script/perf-${version}.txt`)),
    readScript,
  ],
  [
    'callgrind',
    ['3.16', '3.19', '3.19-compressed', '3.27'].map(version =>
      firstLines(recorded(`callgrind/${version}.out`), 60),
    ),
    readCallgrind,
  ],
  [
    'small texts',
    [
      '32768,8,64',
      '0;3;7;1;250\n',
      '0-3,8',
      'vendor_id : AuthenticAMD\nmodel : 1\n',
      'Instruction 1 32K 8 64 64',
    ],
    readSmall,
  ],
]

const SPLINTERS = [
  '',
  '\n',
  '=',
  ':',
  ';',
  ',',
  ' ',
  '-',
  '+',
  '*',
  '0x',
  'ffffffffffffffff',
  '1e999',
  '%',
  '{',
  '}',
  '"',
  '(',
  ')',
  '\0',
  '\u202e',
  'calls=',
  'ob=(1)',
  'events: ',
  'positions: ',
  'PERF_RECORD_MMAP2 1/1: [0x0(0xffffffffffffffff) @ 0]: rwxp /',
  '<not counted>',
  '9'.repeat(400),
]

type Random = () => number
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

/** Cuts, repeats, swaps and injects pieces, a few times over. */
function mutated(random: Random, text: string, other: string): string {
  let result = text
  for (let edits = 1 + Math.floor(random() * 5); edits > 0; edits--) {
    const from = Math.floor(random() * (result.length + 1))
    const to = Math.min(result.length, from + Math.floor(random() * 40))
    const middle = pick(random, [
      '',
      pick(random, SPLINTERS),
      result.slice(from, to).repeat(3),
      [...result.slice(from, to)].reverse().join(''),
      other.slice(from, to),
      String.fromCharCode(Math.floor(random() * 0x300)),
    ])
    result = result.slice(0, from) + middle + result.slice(to)
  }
  return result
}

/** What is still reachable: garbage that nobody has collected yet depends on the machine. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

test.each(PARSERS)(
  '%s: no mutated output throws, loses a count or yields what is no number',
  (name, seeds, read) => {
    const random = uniform(SEED)
    const before = heapInUse()
    for (let round = 0; round < ROUNDS; round++)
      read(mutated(random, pick(random, seeds), pick(random, seeds)))
    const grown = (heapInUse() - before) / 2 ** 20
    process.stdout.write(
      `${name}: ${ROUNDS.toLocaleString('en-US')} mutated inputs, heap ${grown.toFixed(0)} MB more\n`,
    )
    expect(grown).toBeLessThan(256)
  },
  PATIENCE,
)

test('millions of objects, addresses, processes and mappings take bounded room', () => {
  const table = emptyCostTable()
  const reader = callgrindReader(table, new Map())
  reader.line('positions: instr line')
  reader.line('events: Ir I1mr')
  const objects = 3 * MOST_OBJECTS
  for (let object = 0; object < objects; object++) {
    reader.line(`ob=/${object}`)
    reader.line('0x10 0 1')
  }
  expect(table.objects.size).toBeLessThanOrEqual(MOST_OBJECTS + 1)
  expect(table.total).toBe(objects)
  const script = perfScriptReader()
  for (let pid = 1; pid < 20_000; pid++) {
    script.line(
      `x ${pid}/${pid} PERF_RECORD_MMAP2 7/7: [0x${(pid * 8192).toString(16)}(0x1000) @ 0 0 0]: r-xp /${pid}`,
    )
    script.line(`x PERF_RECORD_FORK(${pid}:${pid}):(7:7)`)
    script.line(`${pid}/${pid} ${pid.toString(16)}`)
  }
  expect(script.end().samples).toBe(19_999)
})

test('a line of a megabyte is read in a moment', () => {
  const long = 'x'.repeat(1 << 20)
  const digits = '9'.repeat(1 << 20)
  for (const text of [
    long,
    digits,
    `ob=${long}`,
    `0x10 0 ${digits}`,
    `PERF_RECORD_COMM exec: ${':1/1 '.repeat(1 << 17)}`,
    `PERF_RECORD_MMAP2 ${digits}`,
  ]) {
    readStat(text)
    readScript(text)
    readCallgrind(text)
  }
  expect(readPerfStat(`${digits};;cycles;1;100.00`).lines).toEqual([])
})
