import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { craftElf } from '../__tests__/core/elf/crafted-elf.ts'
import { inMemory } from '../src/core/elf/fields.ts'
import { readElf } from '../src/core/elf/read-elf.ts'
import { median } from '../src/core/statistics/median.ts'
import { compareBuilds } from '../src/flow/build/compare-builds.ts'
import { openElf } from '../src/shell/files/elf-file.ts'

/**
 * The ELF reader against `nm` and `readelf` on node's own binary, its cost against the number of symbols, its memory,
 * and the comparison of two copies of that binary. All programs take turns, and ratios come from the same turns.
 */
const ROUNDS = 11
const [, self = '', part, ...paths] = process.argv
const say = (line: string): void => void process.stdout.write(`${line}\n`)

if (part === 'read') childReads(paths[0]!)
else if (part === 'compare') await childCompares(paths[0]!)
else {
  besideTools(process.execPath)
  againstSymbols()
  twoCopies(process.execPath)
}

/** What a child says of its own work. */
interface ChildReport {
  readonly milliseconds: number
  readonly megabytes: number
  readonly count: number
}

function report(start: number, count: number): void {
  const megabytes = process.resourceUsage().maxRSS / 1024
  say(JSON.stringify({ milliseconds: performance.now() - start, megabytes, count } satisfies ChildReport))
}

function childReads(path: string): void {
  const start = performance.now()
  const { elf, close } = openElf(path)
  close()
  report(start, elf.symbols.length)
}

async function childCompares(folder: string): Promise<void> {
  const start = performance.now()
  const files = { files: ['program'], exact: true }
  const trees = { base: join(folder, 'base'), head: join(folder, 'head') }
  const { identical } = await compareBuilds({ trees, mapped: { base: files, head: files } })
  report(start, identical ? 1 : 0)
}

function child(...args: readonly string[]): ChildReport {
  const { stdout } = spawnSync(process.execPath, [self, ...args], { encoding: 'utf8' })
  return JSON.parse(stdout) as ChildReport
}

/** Milliseconds of one process from start to end; its output goes nowhere. */
function timed(file: string, args: readonly string[]): number {
  const start = performance.now()
  const { status } = spawnSync(file, args, { stdio: 'ignore' })
  return status === 0 ? performance.now() - start : Number.NaN
}

function besideTools(path: string): void {
  const commands: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'ours, whole process': [process.execPath, [self, 'read', path]],
    'node that does nothing': [process.execPath, ['-e', '0']],
    'nm -S --defined-only -n': ['nm', ['-S', '--defined-only', '-n', path]],
    'readelf -sW': ['readelf', ['-sW', path]],
  }
  const times: Record<string, number[]> = {}
  const inside: ChildReport[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [file, args]] of Object.entries(commands)) {
      times[name] ??= []
      times[name].push(timed(file, args))
    }
    inside.push(child('read', path))
  }
  times['ours, reading in a fresh process'] = inside.map(({ milliseconds }) => milliseconds)
  say(`  ${path}, ${inside[0]?.count} symbols, median of ${ROUNDS} turns, cold code, warm files:`)
  const nm = times['nm -S --defined-only -n']!
  for (const [name, each] of Object.entries(times)) {
    const ratio = median(each.map((time, round) => time / nm[round]!))
    say(`    ${name.padEnd(34)} ${median(each).toFixed(0).padStart(5)} ms   ${ratio.toFixed(2)} of nm`)
  }
  say(
    `    memory of our process: ${Math.max(...inside.map(({ megabytes }) => megabytes)).toFixed(0)} MB at most`,
  )
}

/** The square of the correlation: 1 when points lie on a straight line. */
function straightness(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(xs), mean(ys)]
  const sum = (f: (index: number) => number): number => xs.reduce((total, _, index) => total + f(index), 0)
  const both = sum(i => (xs[i]! - x) * (ys[i]! - y))
  return both ** 2 / (sum(i => (xs[i]! - x) ** 2) * sum(i => (ys[i]! - y) ** 2))
}

function program(symbols: number): Uint8Array {
  return craftElf({
    sections: [{ name: '.text', type: 8, flags: 6, address: 0x400000, size: symbols * 16 }],
    symbols: Array.from({ length: symbols }, (_, index) => ({
      name: `_ZN7example9namespace${(index * 7919) % symbols}functionEv`,
      address: 0x400000 + ((index * 7919) % symbols) * 16,
      size: 16,
    })),
  })
}

function againstSymbols(): void {
  const counts = [50_000, 100_000, 200_000, 400_000]
  const files = counts.map(count => inMemory(program(count)))
  const times = counts.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, file] of files.entries()) {
      const start = performance.now()
      readElf(file)
      times[index]!.push(performance.now() - start)
    }
  const costs = times.map(median)
  say('  against the number of symbols, warm code:')
  for (const [index, count] of counts.entries())
    say(
      `    ${count} symbols ${costs[index]!.toFixed(0).padStart(5)} ms   ${((costs[index]! / count) * 1e6).toFixed(0)} ns a symbol`,
    )
  say(`    straight line: r² = ${straightness(counts, costs).toFixed(4)}`)
}

function twoCopies(path: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-elf-'))
  try {
    for (const side of ['base', 'head']) {
      mkdirSync(join(folder, side))
      cpSync(path, join(folder, side, 'program'))
    }
    const runs = Array.from({ length: 5 }, () => child('compare', folder))
    const same = runs.every(({ count }) => count === 1)
    const milliseconds = median(runs.map(run => run.milliseconds))
    const megabytes = Math.max(...runs.map(run => run.megabytes))
    say(
      `  two copies ${same ? 'are found identical' : 'WERE FOUND DIFFERENT'} in ${milliseconds.toFixed(0)} ms with ${megabytes.toFixed(0)} MB`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
