import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect } from '@jest/globals'
import { callsOf, emptyCallTable } from '../../../src/core/counters/call-table.ts'
import { callgrindReader } from '../../../src/core/counters/callgrind.ts'
import { emptyCostTable, profilesOf } from '../../../src/core/counters/cost-table.ts'
import type { Profile } from '../../../src/core/counters/profile.ts'
import type { Flame } from '../../../src/core/model/explanation.ts'
import { SIDES } from '../../../src/core/model/side.ts'
import type { Geometry } from '../../../src/core/processor/geometry.ts'
import { examineSides } from '../../../src/flow/diagnose/diagnose.ts'
import { withInstructionTexts } from '../../../src/flow/diagnose/instruction-texts.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { temporaryFolder, testWith } from '../../core/elf/tools-here.ts'
import { spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const folder = temporaryFolder()
const sandbox = spawningSandbox()
afterAll(() => sandbox.end())
const cache = { sizeBytes: 32768, ways: 8, lineBytes: 64 }
const geometry: Geometry = { l1i: cache, l1d: cache, ll: { ...cache, sizeBytes: 8388608 }, from: 'input' }

const MAIN = (turns: number, calls: string) => `#include <stdlib.h>
__attribute__((noinline)) unsigned leaf(unsigned x) {
  for (int i = 0; i < ${turns}; i++)
    x = x * 1664525u + 1013904223u;
  return x;
}
__attribute__((noinline)) unsigned middle(unsigned x) {
  return ${calls};
}
__attribute__((noinline)) unsigned again(unsigned x, int n) {
  return n ? again(leaf(x), n - 1) + 1 : middle(x);
}
int main(void) {
  unsigned x = 1;
  for (int i = 0; i < 50; i++) x = middle(x) + again(x, 5);
  return x == 42;
}
`

/** Functions that never run, of half a kilobyte each, with a name each. */
const filler = (count: number) => `.text
.set n, 0
.altmacro
.macro one at
.globl filler_\\at
.type filler_\\at, @function
filler_\\at: .skip 500, 0x90
.byte 0xc3
.size filler_\\at, . - filler_\\at
.endm
.rept ${count}
one %n
.set n, n + 1
.endr
.section .note.GNU-stack,"",@progbits
`

function build(name: string, fillers: number) {
  const trees = { base: join(folder, name, 'base'), head: join(folder, name, 'head') }
  const sources = {
    base: MAIN(100, 'leaf(x) + leaf(x + 1)'),
    head: MAIN(100, 'leaf(x) + leaf(x + 1) + leaf(x + 2)'),
  }
  const object = join(folder, `${name}.o`)
  execFileSync('gcc', ['-x', 'assembler', '-c', '-o', object, '-'], { input: filler(fillers) })
  for (const side of SIDES) {
    mkdirSync(trees[side], { recursive: true })
    writeFileSync(join(trees[side], 'main.c'), sources[side])
    execFileSync('gcc', ['-g', '-O1', '-o', 'bench', 'main.c', object], { cwd: trees[side] })
  }
  return { trees, profiles: { base: simulate(trees.base), head: simulate(trees.head) } }
}

function simulate(tree: string): Profile {
  const out = join(tree, 'callgrind.out')
  const options = ['--cache-sim=yes', '--dump-instr=yes', '--compress-pos=no', '--compress-strings=no']
  const env = { PATH: '/usr/bin:/bin' }
  execFileSync('valgrind', ['-q', '--tool=callgrind', ...options, `--callgrind-out-file=${out}`, './bench'], {
    cwd: tree,
    env,
    stdio: 'pipe',
  })
  const [table, calls] = [emptyCostTable(), emptyCallTable()]
  const reader = callgrindReader(table, new Map(), { calls })
  for (const line of readFileSync(out, 'utf8').split('\n')) reader.line(line)
  return { source: 'callgrind', total: table.total, objects: profilesOf(table, true), calls: callsOf(calls) }
}

function stacksOf({ functions, frames }: Flame): ReadonlyMap<string, readonly [number, number]> {
  const names: string[] = []
  return new Map(
    frames.map(([caller, at, base, head], index) => {
      const above = caller < 0 ? '' : names[caller]!
      names[index] = functions[at]!.symbol === 'main' ? 'main' : `${above};${functions[at]!.symbol}`
      return [names[index], [base, head]]
    }),
  )
}

async function examined({ trees, profiles }: ReturnType<typeof build>) {
  const request = { profiles, trees, diff: '', commits: [], geometry }
  const found = await examineSides(request)
  try {
    return { flame: found.flame!, annotated: await withInstructionTexts(found.annotated, { tools, sandbox }) }
  } finally {
    found.close()
  }
}

describe('a function that is called once more', () => {
  const built = () => build('small', 10)
  let views: Promise<Awaited<ReturnType<typeof examined>>> | undefined
  const seen = () => (views ??= examined(built()))

  testWith('gcc', 'valgrind')('is in the call stacks of both sides, with what it costs there', async () => {
    const { flame } = await seen()
    const stacks = stacksOf(flame)
    const [base, head] = stacks.get('main;middle;leaf')!
    // Twice a turn, and three times; a call of leaf is some 300 instructions.
    expect(head / base).toBeCloseTo(1.5, 1)
    const [inAgain] = stacks.get('main;again;leaf')!
    expect(inAgain / base).toBeCloseTo(2.5, 1)
    expect(stacks.has('main;again;middle;leaf')).toBe(true)
    const [whole] = stacks.get('main')!
    expect(whole).toBeGreaterThan(0.9 * stacks.get('main;middle')![0] + stacks.get('main;again')![0])
  })

  testWith(
    'gcc',
    'valgrind',
    'objdump',
  )('is shown by its lines and instructions, with counts', async () => {
    const { annotated } = await seen()
    const leaf = annotated.find(({ symbol }) => symbol === 'leaf')!
    const [source] = leaf.sources
    expect(source!.file).toBe('main.c')
    const loop = source!.rows.find(({ base }) => base?.text?.includes('1664525u'))!
    // Nine calls a turn, of a hundred steps each; then eleven.
    expect(loop.head!.count / loop.base!.count).toBeCloseTo(11 / 9, 2)
    const texts = leaf.instructions.map(({ base, head }) => [base?.text, head?.text])
    expect(texts.some(([one, other]) => /imul/.test(one ?? '') && one === other)).toBe(true)
    expect(leaf.instructions.every(({ base }) => (base?.line ?? 0) >= 2 && base!.line! <= 6)).toBe(true)
  })
})

testWith('gcc', 'valgrind')(
  'quotes a file that its debug information names only where jobs could read it',
  async () => {
    const secret = join(folder, 'secret.h')
    writeFileSync(secret, 'canary\n'.repeat(9))
    const trees = { base: join(folder, 'named', 'base'), head: join(folder, 'named', 'head') }
    const calls = { base: 'leaf(x)', head: 'leaf(x) + leaf(x + 1)' }
    for (const side of SIDES) {
      mkdirSync(trees[side], { recursive: true })
      writeFileSync(join(trees[side], 'main.c'), `#line 1 "${secret}"\n${MAIN(100, calls[side])}`)
      execFileSync('gcc', ['-g', '-O1', '-o', 'bench', 'main.c'], { cwd: trees[side] })
    }
    const profiles = { base: simulate(trees.base), head: simulate(trees.head) }
    const quoted = async (machine?: readonly string[]) => {
      const places = { own: [], machine: machine ?? [] }
      const quotable = machine && { base: places, head: places }
      const request = { profiles, trees, diff: '', commits: [], geometry, ...(quotable && { quotable }) }
      const found = await examineSides(request)
      found.close()
      return JSON.stringify(found.annotated)
    }
    expect(await quoted([folder])).toContain('canary')
    for (const machine of [undefined, ['/usr', '/lib']]) expect(await quoted(machine)).not.toContain('canary')
  },
)

testWith(
  'gcc',
  'valgrind',
  'objdump',
)('a program of 100 MB is shown like a small one, in as little memory', async () => {
  const built = build('large', 200_000)
  expect(statSync(join(built.trees.head, 'bench')).size).toBeGreaterThan(100e6)
  const before = process.memoryUsage().rss
  const started = performance.now()
  const { flame, annotated } = await examined(built)
  const seconds = (performance.now() - started) / 1e3
  const megabytes = (process.memoryUsage().rss - before) / 1e6
  process.stdout.write(`100 MB a side: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB more memory\n`)
  expect(stacksOf(flame).has('main;middle;leaf')).toBe(true)
  expect(annotated.map(({ symbol }) => symbol)).toContain('leaf')
  expect(megabytes).toBeLessThan(1500)
})
