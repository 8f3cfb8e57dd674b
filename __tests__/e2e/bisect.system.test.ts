import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Bisection } from '../../src/core/bisection/bisection.ts'
import { bisectionSchema } from '../../src/core/report-file/bisection-schema.ts'
import { parseReport } from '../../src/core/report-file/parse-report.ts'
import { type Bundle, bundle } from '../doubles/bundle.ts'
import { hasTool } from '../doubles/programs.ts'
import { makeRepository, type TestRepository } from '../doubles/repository.ts'

let folder: string
let built: Bundle
let cli: string
let repository: TestRepository
let out: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-bisect-'))
  // Jobs may run as another user, who must reach the work folder below it.
  chmodSync(folder, 0o755)
  built = bundle(['src/cli.ts'])
  cli = built.path('cli')
})
afterAll(() => {
  built.end()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  repository = makeRepository()
  out = mkdtempSync(join(folder, 'out-'))
})
afterEach(() => repository.remove())

const MAIN = `#include <stdlib.h>
unsigned spin(unsigned x);
int main(int argc, char **argv) {
  unsigned x = 1;
  for (int i = 0, n = argc > 1 ? atoi(argv[1]) : 1; i < n; i++) x = spin(x);
  return x == 42;
}
`
const spin = (turns: number) =>
  `unsigned spin(unsigned x) { for (int i = 0; i < ${turns}; i++) x = x * 1664525u + 1013904223u; return x; }\n`

/** Commits that each change code that never runs; some change what runs, and some do not build. */
function history(count: number, slowFrom: number, broken: readonly number[] = []): readonly string[] {
  return Array.from({ length: count }, (_, at) =>
    repository.commit(`Commit ${at}`, {
      'main.c': MAIN,
      'spin.c': spin(at < slowFrom ? 100_000 : 300_000),
      'notes.c': broken.includes(at)
        ? 'int broken(\n'
        : `const char *note_${at}(void) { return "note ${at}"; }\n`,
    }),
  )
}

const BENCH = ['--build', 'gcc -O1 main.c spin.c notes.c -o bench', '--bench', 'spin=./bench 40']
const QUICK = ['--tune=off', '--threshold=25%', '--layouts=off', '--budget=60s', '--seed=1']
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [cli, 'bisect', '--repo', repository.folder, '--out', out, ...args], {
    encoding: 'utf8',
  })
const bisection = (): Bisection => bisectionSchema.parse(JSON.parse(read('bisect.json'))) as Bisection
const read = (name: string) => readFileSync(join(out, name), 'utf8')

const withCompiler = hasTool('gcc') ? test : test.skip
if (!hasTool('gcc')) process.stdout.write('skipped: gcc is not there, so no program is bisected\n')

describe('the bisect command on real programs (needs gcc)', () => {
  withCompiler('finds the commit that made it slower, with its cause and a whole report', () => {
    const line = history(12, 8)
    const { status, stdout, stderr } = run('--base=HEAD~11', '--head=HEAD', ...BENCH, ...QUICK)
    expect({ status, stderr }).toMatchObject({ status: 1 })
    const found = bisection()
    expect(found).toMatchObject({
      outcome: 'commit',
      candidates: [{ sha: line[8] }],
      after: { sha: line[7] },
    })
    expect(found.sentence).toMatch(/^`[0-9a-f]{8}` \(`Commit 8`\) made `spin` /)
    expect(stdout.trimStart()).toMatch(/^`[0-9a-f]{8}` \(`Commit 8`\) made `spin` /)
    expect(read('bisect.md')).toContain('(`Commit 8`) made `spin`')
    expect(stderr).toMatch(/10 commits left, about 4 steps: [0-9a-f]{8} Commit 5/)
    const report = parseReport(read('report.json'))
    expect(report).toMatchObject({ verdict: 'fail', base: { sha: line[7] }, head: { sha: line[8] } })
    if (hasTool('valgrind') || report.benchmarks[0]?.counters?.source === 'perf') {
      expect(found.cause).toMatchObject({ kind: 'work' })
    }
    expect(existsSync(join(out, 'report.html'))).toBe(true)
  })

  withCompiler('names the commit before too where that does not build', () => {
    const line = history(6, 4, [3])
    const { status, stderr } = run('--base=HEAD~5', ...BENCH, ...QUICK, '--counters=off')
    expect({ status, stderr }).toMatchObject({ status: 1 })
    expect(bisection()).toMatchObject({
      outcome: 'range',
      candidates: [{ sha: line[3] }, { sha: line[4] }],
      after: { sha: line[2] },
    })
    expect(stderr).toContain('not built: The build of the head side exited with code 1')
  })

  withCompiler('finds nothing where nothing got slower, and ends well', () => {
    history(4, 9)
    const { status, stdout } = run('--base=HEAD~3', ...BENCH, ...QUICK)
    expect(status).toBe(0)
    expect(bisection()).toMatchObject({ outcome: 'nothing' })
    expect(stdout.trimStart()).toMatch(/^There is nothing to find between/)
    expect(parseReport(read('report.json')).verdict).toBe('pass')
  })

  withCompiler('keeps what it has learnt when it is ended, and leaves nothing behind', async () => {
    history(12, 8)
    const args = [cli, 'bisect', '--repo', repository.folder, '--out', out, '--base=HEAD~11']
    const temporary = mkdtempSync(join(folder, 'tmp-'))
    chmodSync(temporary, 0o755)
    const child = spawn(process.execPath, [...args, ...BENCH, ...QUICK], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      // While a commit between is being built or measured.
      if (/commits left, about/.test(said) && !child.killed) child.kill('SIGINT')
    })
    expect(await ended).toBe(130)
    expect(bisection()).toMatchObject({
      outcome: 'unfinished',
      steps: [{ kind: 'range', answer: 'above' }],
    })
    expect(read('bisect.md')).toContain('was ended before it was finished')
    expect(execFileSync('ls', ['-A', temporary], { encoding: 'utf8' })).toBe('')
  })
})

describe('the bisect command with wrong arguments', () => {
  test('tells every fault of its options at once', () => {
    const { status, stderr } = run('--shard=1/2', '--on-removed=fail', '--threshold=x', '--layouts=1')
    expect(status).toBe(2)
    expect(stderr.split('\n').filter(line => line.startsWith('perf-verdict: '))).toEqual([
      expect.stringContaining('--base is missing'),
      'perf-verdict: --shard is not an option of bisect; leave it out.',
      'perf-verdict: --on-removed is not an option of bisect; leave it out.',
      expect.stringContaining('--threshold must be a percentage'),
      expect.stringContaining('--layouts must be auto, off, rounds or a whole number'),
    ])
  })

  test.each([
    ['commits that do not exist', ['--base=nowhere', '--head=neither'], /neither.*\n.*nowhere/],
    [
      'a good commit after the bad one',
      ['--base=HEAD', '--head=HEAD~1'],
      /comes after the bad one; exchange/,
    ],
    ['no benchmark', ['--base=HEAD~1'], /No benchmark is given/],
  ])('with %s says so and measures nothing', (_, args, words) => {
    repository.commit('One', { a: '1' })
    repository.commit('Two', { a: '2' })
    const bench = args.length === 1 ? [] : ['--bench=x=true']
    const { status, stderr } = run(...args, ...bench)
    expect(status).toBe(2)
    expect(stderr).toMatch(words)
    expect(existsSync(join(out, 'bisect.json'))).toBe(false)
  })
})
