import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CounterProbe } from '../../../src/core/counters/probe.ts'
import { collectEvidence } from '../../../src/core/evidence/collect.ts'
import { SIDES } from '../../../src/core/model/side.ts'
import { count } from '../../../src/flow/count/count.ts'
import { probeCounters } from '../../../src/flow/count/probe-counters.ts'
import { examineSides, explain } from '../../../src/flow/diagnose/diagnose.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { hasTool } from '../../doubles/programs.ts'
import { SAMPLE_PLAN } from '../../doubles/sample-plan.ts'
import { soaking } from '../../doubles/soak.ts'
import { type SpawningSandbox, spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const clock = { now: () => performance.now() / 1e3, date: () => '2026-11-29T00:00:00Z' }
const ROUNDS = { base: 3_000_000, head: 3_900_000 }

/** A program of three to eight milliseconds, whose function `stir` does 30 % more on head. */
const inC = (rounds: number) => `volatile unsigned sink;
__attribute__((noinline)) void stir(void) { unsigned x = sink; for (unsigned i = 0; i < ${rounds}; i++) x = x * 3u + i; sink = x; }
int main(void) { stir(); return 0; }
`
const inGo = (rounds: number) => `package main
var sink uint32
//go:noinline
func stir() { x := sink; for i := uint32(0); i < ${rounds}; i++ { x = x*3 + i }; sink = x }
func main() { stir() }
`
const inRust = (rounds: number) => `use std::hint::black_box;
#[inline(never)] #[no_mangle] pub fn stir() { let mut x = 0u32; for i in 0..${rounds}u32 { x = black_box(x.wrapping_mul(3).wrapping_add(i)); } black_box(x); }
fn main() { stir(); }
`

interface Way {
  readonly command: string
  /** Programs that must be there; a reason is printed where one is not. */
  readonly needs?: readonly string[]
  /** Takes longer, so that only the soak runs it. */
  readonly soak?: boolean
  readonly files?: (rounds: number) => Readonly<Record<string, string>>
  readonly build?: string
  /** Why it is counted with what starts it, where that is so. */
  readonly whole?: string
  /** Who is said to have been left out, and what is counted. */
  readonly starter?: string
  readonly work?: string
}

const RUNNER = 'import subprocess\nsubprocess.run(["./bench"], check=True)\n'
const NINJA = 'rule run\n command = ./bench\nbuild bench-run: run\n'
const CMAKE =
  'cmake_minimum_required(VERSION 3.13)\nproject(x C)\nadd_executable(b bench.c)\nenable_testing()\nadd_test(bench b)\n'
const MESON = "project('x', 'c')\nbenchmark('bench', executable('b', 'bench.c'))\n"

const WAYS: readonly Way[] = [
  { command: 'npm run bench', needs: ['npm'], starter: 'npm' },
  { command: 'make bench', needs: ['make'], starter: 'make' },
  { command: 'python3 -m runner', needs: ['python3'], starter: 'python' },
  {
    command: 'go run .',
    needs: ['go'],
    starter: 'go',
    files: rounds => ({ 'main.go': inGo(rounds), 'go.mod': 'module x\n\ngo 1.18\n' }),
    build: 'go build -o /dev/null .',
    work: 'x',
  },
  { command: 'bash -c \'true; bash -c "./bench; true"\'', starter: 'bash', soak: true },
  { command: 'npx --no-install --offline -c ./bench', needs: ['npx'], starter: 'npx', soak: true },
  { command: 'perl -e \'exit system("./bench") >> 8\'', needs: ['perl'], starter: 'perl', soak: true },
  {
    command: 'echo x | xargs env A=1 nice -n 1 timeout 99 ./bench',
    starter: 'bash',
    work: 'bench x',
    soak: true,
  },
  { command: 'ninja -f build.ninja bench-run', needs: ['ninja'], starter: 'ninja', soak: true },
  {
    command: 'ctest --test-dir build',
    needs: ['cmake', 'ctest'],
    build: 'cmake -B build -S . && cmake --build build',
    starter: 'ctest',
    work: 'b',
    soak: true,
  },
  {
    command: 'meson test -C build --benchmark',
    needs: ['meson', 'ninja'],
    build: 'meson setup build && ninja -C build',
    starter: 'meson',
    work: 'b',
    soak: true,
  },
  // The work is in a library of the tree, which python only loads.
  {
    command: 'make python',
    needs: ['make', 'python3'],
    build: 'gcc -O1 -g -shared -fPIC -o libstir.so bench.c',
    starter: 'pyenv',
    work: 'python',
    soak: true,
  },
  // The same process becomes another program.
  {
    command: 'make again',
    needs: ['make'],
    build: 'gcc -O1 -g -o bench bench.c && gcc -O1 -o first first.c',
    starter: 'make',
    soak: true,
  },
  {
    command: "perl -e 'for (1..300000) {}'; echo 1 | ./bench",
    needs: ['python3'],
    whole: 'reads from a pipe',
    soak: true,
  },
  {
    command: "perl -e 'for (1..300000) {}'; ./bench & ./bench; wait",
    needs: ['python3'],
    whole: 'at the same time',
    soak: true,
  },
  {
    command: 'cargo run --release --offline',
    needs: ['cargo'],
    files: rounds => ({
      'src/main.rs': inRust(rounds),
      'Cargo.toml': '[package]\nname = "x"\nversion = "0.1.0"\nedition = "2021"\n',
    }),
    build: 'cargo build --release --offline',
    starter: 'cargo',
    work: 'x',
    soak: true,
  },
]

const FILES = {
  'package.json': '{ "name": "x", "version": "1.0.0", "scripts": { "bench": "./bench" } }\n',
  Makefile:
    'bench:\n\t@./bench\npython:\n\t@python3 -c "import ctypes; lib = ctypes.CDLL(\'./libstir.so\'); [lib.stir() for _ in range(12)]"\nagain:\n\t@./first\n.PHONY: bench python again\n',
  'first.c': '#include <unistd.h>\nint main(void) { return execl("./bench", "npm", (char *)0); }\n',
  'runner/__main__.py': RUNNER,
  'build.ninja': NINJA,
  'CMakeLists.txt': CMAKE,
  'meson.build': MESON,
}

const able = ['valgrind', 'gcc', 'perl'].every(hasTool)
if (!able) process.stdout.write('skipped: launchers need valgrind, gcc and perl\n')
const withTools = able ? describe : describe.skip

function lackOf({ needs = [], soak = false }: Way): string | undefined {
  if (soak && !soaking) return 'left to the soak'
  // A shim may be there without a version behind it.
  const missing = needs.find(name => spawnSync(name, [name === 'go' ? 'version' : '--version']).status !== 0)
  return missing && `${missing} is not here`
}

let sandbox: SpawningSandbox
let folder: string
let env: Record<string, string>
let probe: CounterProbe

withTools('a program of a few milliseconds that does 30 % more work', () => {
  beforeAll(async () => {
    sandbox = spawningSandbox()
    // Of the same machine without perf: this test needs no counts of the kernel.
    const { perf: _, time: __, ...bare } = await probeCounters({ sandbox, tools }, {})
    probe = { ...bare, roles: [], limitations: [] }
    folder = mkdtempSync(join(tmpdir(), 'launchers-'))
    const { PATH = '/usr/bin:/bin', HOME = '/' } = process.env
    env = { PATH, HOME, GOCACHE: join(folder, 'go-cache'), GOFLAGS: '-mod=mod', NO_UPDATE_NOTIFIER: '1' }
  })
  afterAll(async () => {
    await sandbox.end()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const way of WAYS) {
    const lack = lackOf(way)
    if (lack) process.stdout.write(`skipped: ${way.command}: ${lack}\n`)
    ;(lack ? test.skip : test)(`is what is counted and explained behind ${way.command}`, async () => {
      const trees = build(way)
      const plan = { ...SAMPLE_PLAN, command: way.command }
      const request = {
        plan,
        trees,
        env: { base: env, head: env },
        mode: 'simulated',
        scheduling: {},
      } as const
      const counted = await count(
        { ...request, timeLimitSeconds: 400, screening: true, probe },
        { sandbox, tools, clock },
      )
      const told = counted.limitations.map(({ what, instead }) => `${what} ${instead}`).join(' ')
      if (way.whole) return expect(told).toContain(way.whole)
      expect(told).toContain(`Only the process that does the work was counted: ${way.work ?? 'bench'}`)
      if (way.starter) expect(told).toContain(way.starter)
      const { profiles, counters } = counted
      for (const side of SIDES) {
        if (way.work === 'python') {
          expect(profiles![side].objects.map(({ object }) => object)).toContain(
            join(trees[side], 'libstir.so'),
          )
          // What libffi calls has its costs under its own name.
          const ffi = profiles![side].objects.filter(({ object }) => object.includes('libffi'))
          const costs = ffi.flatMap(({ counts }) => counts)
          expect(costs.reduce((sum, each) => sum + each, 0)).toBeLessThan(profiles![side].total / 20)
          continue
        }
        const strangers = profiles![side].objects.filter(({ object }) =>
          /node|python|perl|bash|cargo/.test(object.split('/').at(-1)!),
        )
        expect(strangers.map(({ object }) => object)).toEqual([])
      }
      const file = Object.keys(way.files?.(0) ?? { 'bench.c': '' })[0]!
      const examined = await examineSides({
        profiles: profiles!,
        trees,
        diff: diffOf(way, file),
        commits: [],
        geometry: probe.geometry,
      })
      // As if time had followed the instructions: a part of the run is the start of an interpreter or a runtime.
      const ratio = counters.head.instructions! / counters.base.instructions!
      expect(ratio).toBeGreaterThan(1.1)
      const change = { ratio, low: ratio - 0.03, high: ratio + 0.03, confidence: 0.99 }
      const { cause, touched, hot } = explain(
        examined,
        collectEvidence({ change, counters }, examined.examination),
      )
      examined.close()
      expect(cause.kind).toBe('work')
      expect(touched[0]!.function).toMatch(/\bstir$/)
      expect(hot[0]!.symbol).toMatch(/\bstir$/)
    })
  }
})

function build(way: Way) {
  const root = mkdtempSync(join(folder, 'way-'))
  const trees = { base: join(root, 'base'), head: join(root, 'head') }
  for (const side of SIDES) {
    const own = way.files?.(ROUNDS[side]) ?? { ...FILES, 'bench.c': inC(ROUNDS[side]) }
    for (const [name, text] of Object.entries(own)) {
      mkdirSync(dirname(join(trees[side], name)), { recursive: true })
      writeFileSync(join(trees[side], name), text)
    }
    const command = way.build ?? 'gcc -O1 -g -o bench bench.c'
    execFileSync('bash', ['-c', command], { cwd: trees[side], env, stdio: 'pipe' })
  }
  return trees
}

/** The one line that head changes. */
function diffOf(way: Way, file: string): string {
  const [before, after] = SIDES.map(side =>
    (way.files?.(ROUNDS[side]) ?? { 'bench.c': inC(ROUNDS[side]) })[file]!.split('\n'),
  )
  const at = before!.findIndex((line, index) => line !== after![index])
  const head = `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n`
  return `${head}@@ -${at + 1} +${at + 1} @@\n-${before![at]}\n+${after![at]}\n`
}
