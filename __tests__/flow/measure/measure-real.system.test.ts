import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type MeasurePorts, measure } from '../../../src/flow/measure/measure.ts'
import type { Job, JobOutcome } from '../../../src/shell/ports/ports.ts'
import { planOf } from '../../doubles/fake-bench-ports.ts'

/** Runs a job as a plain child: enough of a sandbox for programs of our own. */
function runPlainly({ argv, tree, env }: Job): Promise<JobOutcome> {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint()
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd: tree,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let stdout = ''
    child.stdout.on('data', chunk => {
      stdout += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9
      resolve({ seconds, code, signal, timedOut: false, stdout, stderr: '', truncated: false })
    })
  })
}

const program = (turns: number) => `
#include <stdio.h>
int main(void) {
  unsigned long x = 1;
  for (long i = 0; i < ${turns}L; i++) { x = x * 6364136223846793005UL + 1442695040888963407UL; __asm__ volatile("" : "+r"(x)); }
  printf("%lu\\n", x);
  return 0;
}`

function compilerThere(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const there = compilerThere()
;(there ? describe : describe.skip)('real programs in real processes (needs a C compiler)', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'perf-verdict-real-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function build(name: string, turns: number): string {
    const tree = join(folder, name)
    mkdirSync(tree, { recursive: true })
    writeFileSync(join(tree, 'spin.c'), program(turns))
    execFileSync('cc', ['-O1', '-o', 'spin', 'spin.c'], { cwd: tree })
    return tree
  }

  async function gate(turns: { base: number; head: number }) {
    const trees = {
      base: build('base', turns.base),
      head: build('head', turns.head),
      control: join(folder, 'ctrl'),
    }
    cpSync(trees.base, trees.control, { recursive: true, preserveTimestamps: true })
    // Held open, because a file system gives the number of a deleted file away again.
    const built = await open(join(trees.head, 'spin'))
    const lines: string[] = []
    const ports: MeasurePorts = {
      sandbox: { run: runPlainly },
      log: { line: text => lines.push(text), warn: text => lines.push(text), group: (_, work) => work() },
      clock: { now: () => performance.now() / 1000, date: () => new Date().toISOString() },
    }
    const measured = await measure(
      {
        benchmarks: [
          { plan: planOf({ command: './spin', threshold: 0.2, budgetSeconds: 20 }), on: ['base', 'head'] },
        ],
        trees,
        env: { base: { PATH: '/usr/bin:/bin' }, head: { PATH: '/usr/bin:/bin' } },
        scheduling: {},
        seed: 5,
        alpha: 0.01,
        warmUps: 1,
        maxRounds: 200,
        budgetSeconds: 20,
        save: async () => undefined,
      },
      ports,
    )
    const fresh = statSync(join(trees.head, 'spin')).ino !== (await built.stat()).ino
    await built.close()
    return { measured, fresh }
  }

  test('a program that does three times the work is slower', async () => {
    const { measured, fresh } = await gate({ base: 10_000_000, head: 30_000_000 })
    expect(measured.benchmarks[0]).toMatchObject({ decision: 'slower', control: { fit: true } })
    expect(measured.benchmarks[0]!.change!.ratio).toBeGreaterThan(1.5)
    expect(fresh).toBe(true)
  })

  test('a program that does the same work is not', async () => {
    const { measured } = await gate({ base: 10_000_000, head: 10_000_000 })
    expect(['unchanged', 'undecided']).toContain(measured.benchmarks[0]?.decision)
    expect(measured.benchmarks[0]!.rounds).toBeGreaterThanOrEqual(2)
  })
})

if (!there) process.stdout.write('measure-real: skipped, because there is no C compiler (cc) on PATH\n')
