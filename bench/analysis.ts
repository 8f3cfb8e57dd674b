import { spawnSync } from 'node:child_process'
import { closeSync, copyFileSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Profile } from '../src/core/counters/profile.ts'
import type { ElfImage } from '../src/core/elf/elf.ts'
import { readElf } from '../src/core/elf/read-elf.ts'
import { findPushes } from '../src/core/placement/displacers.ts'
import { examine } from '../src/core/placement/examine.ts'
import { viewObject } from '../src/core/placement/object-view.ts'
import { pairObject } from '../src/core/placement/objects.ts'
import { indexProfile } from '../src/core/placement/profile-index.ts'
import { openBytes } from '../src/shell/elf-file.ts'

/**
 * The static analysis of two builds of a large program: node itself, and a copy in whose symbol table every 500th
 * function grew and all behind it moved on. Only the table is patched, so that the cost is that of two real builds while
 * the code found at the new addresses is not; what is printed of moves and displacers is checked against the patch.
 */
const TARGET_SECONDS = 1
const TARGET_MEGABYTES = 300
const HOT = 100
const PROCESSES = 5
const EVERY = 500
const GROWTH = 64
const FUNCTION_TYPE = 2

const [, self = '', part, ...paths] = process.argv
if (part === 'once') once(paths[0]!, paths[1]!)
else withCopy(measure)

function withCopy(work: (base: string, head: string, grown: number) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-analysis-'))
  try {
    const copy = join(folder, 'node')
    const grown = grow(process.execPath, copy)
    if (grown === 0) say('  this node has no symbol table: nothing to measure')
    else work(process.execPath, copy, grown)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a fresh process says of one analysis. */
interface Once {
  readonly seconds: number
  readonly megabytes: number
  readonly moved: number
  readonly pushes: number
  readonly symbols: number
}

function once(base: string, head: string): void {
  const { result, seconds } = timed(() => analyse(base, head))
  const megabytes = process.resourceUsage().maxRSS / 1024
  say(JSON.stringify({ ...result, seconds, megabytes } satisfies Once))
}

function measure(base: string, head: string, grown: number): void {
  const fresh = Array.from({ length: PROCESSES }, () => {
    const { stdout } = spawnSync(process.execPath, [self, 'once', base, head], { encoding: 'utf8' })
    return JSON.parse(stdout) as Once
  })
  // The least disturbed of a few processes: neighbours on a shared machine only ever add.
  const seconds = Math.min(...fresh.map(each => each.seconds))
  const megabytes = Math.max(...fresh.map(each => each.megabytes))
  const { symbols, moved, pushes } = fresh[0]!
  say(
    `  ${symbols} symbols a side, ${HOT} hot functions: ${seconds.toFixed(2)} s (best of ${PROCESSES} fresh processes), ${megabytes.toFixed(0)} MB at most`,
  )
  say(`  ${moved} of ${HOT} hot functions moved; ${pushes} displacers listed of ${grown} functions that grew`)
  const sizes = [0.25, 0.5, 0.75, 1].map(share => {
    const least = Math.min(
      ...Array.from({ length: PROCESSES }, () => timed(() => analyse(base, head, share)).seconds),
    )
    const count = Math.round(symbols * share)
    say(`  ${count} symbols: ${(least * 1000).toFixed(0)} ms`)
    return { count, seconds: least }
  })
  say(
    `  a straight line through the four sizes leaves at most ${(100 * worstResidual(sizes)).toFixed(0)} % of the largest`,
  )
  const reached = seconds <= TARGET_SECONDS && megabytes <= TARGET_MEGABYTES
  say(`  targets ${TARGET_SECONDS} s and ${TARGET_MEGABYTES} MB: ${reached ? 'reached' : 'missed'}`)
  if (!reached) process.exitCode = 1
}

/** Symbols, hot code, moves, sets and displacers of two builds, from opening the files on. */
function analyse(base: string, head: string, part = 1): { moved: number; pushes: number; symbols: number } {
  const [one, other] = [openBytes(base), openBytes(head)]
  try {
    const elves = { base: shortened(readElf(one), part), head: shortened(readElf(other), part) }
    const names = hotNames(elves.base)
    const sides = { base: sideOf(elves.base, names), head: sideOf(elves.head, names) }
    const object = pairObject('node', sides, false)
    const cache = { sizeBytes: 32768, ways: 8, lineBytes: 64 }
    const profiles = { base: sides.base.whole, head: sides.head.whole }
    const change = {
      functions: [],
      outside: [],
      build: [],
      other: [],
      ranges: { base: new Map(), head: new Map() },
    }
    const geometry = { l1i: cache, l1d: cache, ll: cache, from: 'input' }
    const { hot } = examine({ objects: [object], profiles, geometry, change, lines: () => undefined })
    const traced = hot.flatMap(code =>
      code.base && code.head && code.moved
        ? [
            {
              object,
              kind: 'functions' as const,
              symbol: code.name,
              base: code.base.symbol.address,
              head: code.head.symbol.address,
            },
          ]
        : [],
    )
    return { moved: traced.length, pushes: findPushes(traced).length, symbols: elves.base.symbols.length }
  } finally {
    one.close()
    other.close()
  }
}

function shortened(elf: ElfImage, part: number): ElfImage {
  return part === 1 ? elf : { ...elf, symbols: elf.symbols.slice(0, Math.round(elf.symbols.length * part)) }
}

/** Functions spread over the whole file; names that occur once. */
function hotNames(elf: ElfImage): ReadonlySet<string> {
  const functions = elf.symbols.filter(({ kind, size }) => kind === 'function' && size > 64 && size < 4096)
  const step = Math.max(1, Math.floor(functions.length / HOT))
  return new Set(Array.from({ length: HOT }, (_, at) => functions[at * step]!.name))
}

/** One side with a made-up profile: every fourth byte of each hot function is counted. */
function sideOf(elf: ElfImage, names: ReadonlySet<string>) {
  const functions = elf.symbols.filter(({ kind, name }) => kind === 'function' && names.has(name))
  const [addresses, counts]: [number[], number[]] = [[], []]
  for (const [at, { address, size }] of functions.entries()) {
    for (let place = address; place < address + size; place += 4) {
      addresses.push(place)
      counts.push(1000 + (at % 97))
    }
  }
  const profile = { object: process.execPath, addresses, counts }
  const whole: Profile = {
    source: 'callgrind',
    total: counts.reduce((sum, count) => sum + count, 0),
    objects: [profile],
  }
  return { view: viewObject('node', elf), profile: indexProfile(profile), whole }
}

/** Copies a program and makes every 500th function of its symbol table longer; yields how many. */
function grow(from: string, to: string): number {
  const file = openBytes(from)
  const elf = readElf(file)
  const table = elf.sections.find(({ name }) => name === '.symtab')
  const text = elf.sections.find(({ name }) => name === '.text')
  file.close()
  if (!table || !text) return 0
  copyFileSync(from, to)
  const starts = elf.symbols.filter(
    ({ kind, address }) =>
      kind === 'function' && address >= text.address && address < text.address + text.size,
  )
  const growers = starts.filter((_, at) => at % EVERY === EVERY - 1).map(({ address }) => address)
  const fd = openSync(to, 'r+')
  const bytes = Buffer.alloc(table.size)
  readSync(fd, bytes, 0, table.size, table.offset)
  for (let at = 0; at + 24 <= bytes.length; at += 24) {
    const address = Number(bytes.readBigUInt64LE(at + 8))
    if (
      (bytes[at + 4]! & 15) !== FUNCTION_TYPE ||
      address < text.address ||
      address >= text.address + text.size
    )
      continue
    const before = countBelow(growers, address)
    bytes.writeBigUInt64LE(BigInt(address + before * GROWTH), at + 8)
    if (growers[before] === address)
      bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at + 16) + BigInt(GROWTH), at + 16)
  }
  writeSync(fd, bytes, 0, bytes.length, table.offset)
  closeSync(fd)
  return growers.length
}

function countBelow(sorted: readonly number[], address: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < address) low = middle + 1
    else high = middle
  }
  return low
}

/** The largest distance from the least-squares line, as a part of the largest value. */
function worstResidual(points: readonly { readonly count: number; readonly seconds: number }[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(({ count }) => count)), mean(points.map(({ seconds }) => seconds))]
  const slope =
    mean(points.map(({ count, seconds }) => (count - x) * (seconds - y))) /
    mean(points.map(({ count }) => (count - x) ** 2))
  const off = points.map(({ count, seconds }) => Math.abs(seconds - (y + slope * (count - x))))
  return Math.max(...off) / Math.max(...points.map(({ seconds }) => seconds))
}

function timed<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const start = performance.now()
  const result = work()
  return { result, seconds: (performance.now() - start) / 1000 }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
