import { describe, expect, test } from '@jest/globals'
import { addressOfOffset, perfScriptReader } from '../../../src/core/counters/perf-script.ts'
import { ENOUGH_SAMPLES, profileOfSamples, samplingHertz } from '../../../src/core/counters/sample-profile.ts'
import type { ElfSegment } from '../../../src/core/elf/elf.ts'
import { recorded } from '../../doubles/recorded.ts'

function read(text: string) {
  const reader = perfScriptReader()
  for (const line of text.split('\n')) reader.line(line)
  return reader.end()
}

const segment = (offset: number, address: number, size: number, flags = 5): ElfSegment => ({
  type: 1,
  flags,
  offset,
  address,
  fileSize: size,
  memorySize: size,
})
/** As the recorded program was linked: alpha from 0x9699, beta from 0x96b8. */
const PROGRAM = [segment(0, 0, 0x8080, 4), segment(0x9000, 0x9000, 0x79a31)]

describe.each(['510', '61', '612', '72'])('the recorded samples of perf %s', version => {
  const script = read(recorded(`perf-script/perf-${version}.txt`))

  test('every line is understood, and nearly every sample lies in a file', () => {
    expect(script.unread).toBe(0)
    expect(script.samples).toBeGreaterThan(40)
    const inFiles = [...script.files.values()].flatMap(positions => [...positions.values()])
    expect(inFiles.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.95 * script.samples)
  })

  test('samples of the program and of its forked child come out in its two loops, at link-time addresses', () => {
    const { profile, unread } = profileOfSamples([script], path =>
      path.endsWith('/hot_sp') ? PROGRAM : undefined,
    )
    const [hottest] = profile.objects
    expect(hottest!.object).toBe('/srv/bench/hot_sp')
    const within = (from: number, to: number) =>
      hottest!.addresses.reduce(
        (sum, address, index) => sum + (address >= from && address < to ? hottest!.counts[index]! : 0),
        0,
      )
    const [alpha, beta] = [within(0x9699, 0x96b8), within(0x96b8, 0x96da)]
    expect(alpha).toBeGreaterThan(10)
    // beta runs in a child that was forked and never loaded anything itself.
    expect(beta).toBeGreaterThan(5)
    expect((alpha + beta) / profile.total).toBeGreaterThan(0.8)
    expect(profile.total).toBe(script.samples)
    expect(unread.every(path => path.startsWith('/usr/'))).toBe(true)
  })
})

describe('samples with call chains', () => {
  const script = read(recorded('perf-script/chains-61.txt'))
  // As the recorded program was linked: main calls mid and rec, rec itself five times, then mid, and all of them leaf.
  const FUNCTIONS = { leaf: 0x1139, mid: 0x1151, rec: 0x1172, main: 0x11a0 }
  const nameOf = (address: number) =>
    Object.entries(FUNCTIONS).findLast(([, start]) => start <= address)?.[0] ?? 'none'
  const { profile } = profileOfSamples([script], path =>
    path.endsWith('/calls') ? [segment(0, 0, 0x1000, 4), segment(0x1000, 0x1000, 0x300)] : undefined,
  )

  test('their first places are the samples', () => {
    expect(script.unread).toBe(0)
    expect(script.samples).toBeGreaterThan(15)
    expect(profile.objects[0]!.object).toBe('/srv/bench/calls')
    expect(profile.objects[0]!.addresses.every(address => nameOf(address) === 'leaf')).toBe(true)
  })

  test('their calls are those of the program, by link-time addresses', () => {
    const own = profile.calls!.filter(({ from, to }) =>
      [from, to].every(({ object }) => object === '/srv/bench/calls'),
    )
    const calls = new Set(own.map(({ from, to }) => `${nameOf(from.address)}>${nameOf(to.address)}`))
    expect([...calls].toSorted()).toEqual(
      ['main>leaf', 'main>mid', 'main>rec', 'mid>leaf', 'rec>leaf', 'rec>mid', 'rec>rec'].filter(call =>
        calls.has(call),
      ),
    )
    expect(calls.size).toBeGreaterThanOrEqual(4)
    const intoMain = profile.calls!.filter(
      ({ to }) => nameOf(to.address) === 'main' && to.object.endsWith('/calls'),
    )
    expect(intoMain.every(({ from }) => from.object.endsWith('/libc.so.6'))).toBe(true)
  })

  test('are read from an older perf too, which prints addresses as they ran', () => {
    const old = read(
      `${MAP(7, '0x55550000', '0x3000', '0x1000', '/srv/old')}7/7 \n\t        55550146 (/srv/old)\n\t        55550200 (/srv/old)\n\n`,
    )
    expect(old.files.get('/srv/old')).toEqual(new Map([[0x1146, 1]]))
    expect(old.calls).toEqual([
      { from: { object: '/srv/old', address: 0x11ff }, to: { object: '/srv/old', address: 0x1146 }, cost: 1 },
    ])
  })

  test('a recursive call holds the sample once', () => {
    const chain = ['10', '20', '20', '20', '30'].map(at => `\t ${at} (/srv/r)\n`).join('')
    const { calls, samples } = read(`7/7 \n${chain}\n7/7 \n${chain}\n`)
    expect(samples).toBe(2)
    expect(calls.map(({ from, to, cost }) => [from.address, to.address, cost])).toEqual([
      [0x1f, 0x10, 2],
      [0x1f, 0x1f, 2],
      [0x2f, 0x1f, 2],
    ])
  })
})

const MAP = (pid: number, start: string, size: string, offset: string, path: string) =>
  `prog ${pid}/${pid} PERF_RECORD_MMAP2 ${pid}/${pid}: [${start}(${size}) @ ${offset} fe:00 1 2]: r-xp ${path}\n`

test('a new mapping hides what it covers, and leaves the rest of what was there', () => {
  const { files } = read(
    MAP(7, '0x1000', '0x3000', '0', '/lib/old.so') +
      MAP(7, '0x2000', '0x1000', '0x8000', '/lib/new with space.so') +
      ['7/7 1010', '7/7 2010', '7/7 3010'].join('\n'),
  )
  expect(files).toEqual(
    new Map([
      [
        '/lib/old.so',
        new Map([
          [0x10, 1],
          [0x2010, 1],
        ]),
      ],
      ['/lib/new with space.so', new Map([[0x8010, 1]])],
    ]),
  )
})

test('a program that is replaced loses its mappings; a thread changes nothing', () => {
  const { files, elsewhere } = read(
    `${MAP(7, '0x1000', '0x1000', '0', '/bin/first')}7/7 PERF_RECORD_FORK(7:8):(7:7)\n7/8 1004\n7/7 PERF_RECORD_COMM exec: a:b c:7/7\n7/7 1004\n`,
  )
  expect(files.get('/bin/first')).toEqual(new Map([[4, 1]]))
  expect(elsewhere.get('[unknown]')).toEqual(new Map([[0x1004, 1]]))
})

test('code outside files is said, under the name the kernel has for it', () => {
  const text =
    MAP(7, '0x1000', '0x1000', '0', '[vdso]') +
    MAP(7, '0x3000', '0x1000', '0', '//anon') +
    MAP(7, '0x5000', '0x1000', '0x1000', '/memfd:jit (deleted)')
  const script = read(`${text}7/7 1010\n7/7 3010\n7/7 5010\n7/7 9010\n`)
  const { profile, unread } = profileOfSamples([script], () => undefined)
  expect(profile.total).toBe(4)
  expect(profile.objects.map(({ object, addresses }) => [object, addresses[0]])).toEqual([
    ['//anon', 0x3010],
    ['/memfd:jit (deleted)', 0x1010],
    ['[unknown]', 0x9010],
    ['[vdso]', 0x1010],
  ])
  expect(unread).toEqual(['/memfd:jit (deleted)'])
})

test('several recordings of one side add up', () => {
  const one = read(`${MAP(7, '0x1000', '0x1000', '0', '/bin/a')}7/7 1010\n7/7 1010\n`)
  const two = read(`${MAP(9, '0x7000', '0x1000', '0', '/bin/a')}9/9 7010\n`)
  const { profile } = profileOfSamples([one, two], () => [segment(0, 0x400000, 0x1000)])
  expect(profile).toEqual({
    source: 'perf-record',
    total: 3,
    objects: [{ object: '/bin/a', addresses: [0x400010], counts: [3] }],
  })
})

test.each([
  ['in the code segment', 0x9010, 0x9010],
  ['in page padding that two segments share: the code wins', 0x9000, 0x9000],
  ['in a segment that is moved', 0x20010, 0x60010],
  ['behind every segment', 0xfffff, undefined],
])('an offset %s', (_name, offset, address) => {
  const segments = [
    segment(0, 0, 0x9100, 4),
    segment(0x9000, 0x9000, 0x1000),
    segment(0x20000, 0x60000, 0x100),
  ]
  expect(addressOfOffset(segments, offset)).toBe(address)
})

test('the rate of sampling is odd, within what the kernel allows, and enough in the long run', () => {
  expect(samplingHertz(10, 100_000) * 10).toBeGreaterThan(ENOUGH_SAMPLES)
  expect(samplingHertz(0.001, 100_000)).toBeLessThan(15_000)
  expect(samplingHertz(0.001, 1000)).toBeLessThan(1000)
  expect(samplingHertz(1000, 100_000)).toBeGreaterThanOrEqual(99)
  // pyperf's tuning sets the kernel's limit to 1.
  expect(samplingHertz(1, 1)).toBe(1)
  for (const seconds of [0.01, 0.1, 0.7, 1, 3, 30]) expect(samplingHertz(seconds, 100_000) % 2).toBe(1)
})
