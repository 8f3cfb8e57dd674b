import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { count } from '../../../src/flow/count/count.ts'
import { probeCounters } from '../../../src/flow/count/probe-counters.ts'
import { findWorker } from '../../../src/shell/profilers/follow.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { hasTool } from '../../doubles/programs.ts'
import { SAMPLE_PLAN } from '../../doubles/sample-plan.ts'
import { type SpawningSandbox, spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const able = hasTool('valgrind') && hasTool('gcc')
if (!able) process.stdout.write('skipped: following the work needs valgrind and gcc\n')
const withValgrind = able ? describe : describe.skip

const clock = { now: () => performance.now() / 1e3, date: () => '2026-11-22T00:00:00Z' }
const ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: '/nonexistent' }

/** Busy in bash for 0.4 s on an AMD Zen 4, as a version manager's shim is; from 0.1 s on, which the fastest processors need too, it is left out. */
const SHIM = '#!/bin/bash\nfor ((i = 0; i < 250000; i++)); do :; done\n'
/** Busy in the kernel, whose time counts and is not simulated, for several times as long as the shim: it must have most of the time on any processor. READS makes it short. */
const WORK = `#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
static char room[1 << 24];
__attribute__((noinline)) unsigned turn(unsigned t, unsigned i) { return (t ^ i) * 0x9e3779b9u; }
int main(int n, char **a) {
  volatile unsigned t = 1;
  int zero = open("/dev/zero", O_RDONLY);
  if (n != 3 || !getenv("KEPT")) return 9;
  const char *reads = getenv("READS");
  for (int i = reads ? atoi(reads) : 3600; i > 0; i--) if (read(zero, room, sizeof room) < 0) return 8;
  for (unsigned i = 0; i < 500000u; i++) t = turn(t, i);
  return 0;
}
`

let sandbox: SpawningSandbox
let folder: string
const trees = () => ({ base: join(folder, 'base'), head: join(folder, 'head') })

withValgrind('a command that starts its program through others', () => {
  beforeAll(() => {
    sandbox = spawningSandbox()
    folder = mkdtempSync(join(tmpdir(), 'follow-'))
    const base = join(folder, 'base')
    mkdirSync(base)
    writeFileSync(join(base, 'work.c'), WORK)
    execFileSync('gcc', ['-O2', '-o', join(base, 'work'), join(base, 'work.c')])
    writeFileSync(join(base, 'shim'), `${SHIM}export KEPT='a "b" c'\nexec ./work one 'two  words'\n`)
    writeFileSync(join(base, 'wrapper'), `${SHIM}KEPT=1 ./work 1 2\necho done\n`)
    writeFileSync(
      join(base, 'even'),
      '#!/bin/bash\nKEPT=1 ./work 1 2 & KEPT=1 ./work 1 2 & KEPT=1 ./work 1 2 & wait\n',
    )
    // As `go run` does: the program is built for the run and is gone afterwards.
    writeFileSync(
      join(base, 'passing'),
      `${SHIM}d=$(mktemp -d)\ncp work "$d/passing-work"\nKEPT=1 "$d/passing-work" 1 2\nrm -r "$d"\n`,
    )
    for (const name of ['shim', 'wrapper', 'even', 'passing']) chmodSync(join(base, name), 0o755)
    cpSync(base, join(folder, 'head'), { recursive: true })
  })
  afterAll(async () => {
    await sandbox.end()
    rmSync(folder, { recursive: true, force: true })
  })

  const worker = (command: string) =>
    findWorker(sandbox, { side: 'base', command, tree: trees().base, env: ENV, timeoutSeconds: 60 })

  test('is followed to the process that does the work, with its words and its environment', async () => {
    const found = await worker('./shim')
    expect(found).toMatchObject({
      program: join(trees().base, 'work'),
      words: ['./work', 'one', 'two  words'],
    })
    expect(found!.environment).toContainEqual(['KEPT', 'a "b" c'])
    expect(found!.seconds).toBeGreaterThan(0.02)
    expect(found!.launcherSeconds).toBeGreaterThan(0.02)
  })

  test('a program that works by itself has little beside it', async () => {
    const found = await worker('KEPT=1 ./work 1 2')
    // A run that is over before anybody looks has nothing to be followed to, and costs nothing to simulate.
    expect(found?.launcherSeconds ?? 0).toBeLessThan(Math.max(0.1, 0.3 * (found?.seconds ?? 0)))
  })

  test('a run that fails names nobody', async () => {
    expect(await worker('KEPT=1 ./work 1 2; exit 3')).toBeUndefined()
  })

  test.each([
    ['READS=20 ./shim', 'work'],
    ['READS=20 ./passing', 'passing-work'],
  ])('%s: only the work is counted, and that is said', async (command, program) => {
    // Of the same machine without perf: this test needs no counts of the kernel.
    const { perf: _, time: __, ...bare } = await probeCounters({ sandbox, tools }, {})
    const probe = { ...bare, roles: [], limitations: [] }
    const request = {
      plan: { ...SAMPLE_PLAN, command },
      ...{ trees: trees(), env: { base: ENV, head: ENV }, mode: 'simulated' as const, scheduling: {} },
      ...{ timeLimitSeconds: 400, probe },
    }
    const { counters, limitations, profiles } = await count(request, { sandbox, tools, clock })
    expect(limitations.map(({ instead }) => instead)).toContainEqual(
      expect.stringContaining(`Only the process that does the work was counted: ${program} `),
    )
    expect(counters.source).toBe('simulated')
    // The program can still be read when the two sides are compared.
    const own = profiles!.head.objects.find(({ object }) => object.endsWith(`/${program}`))
    expect(existsSync(own!.object)).toBe(true)
    const bash = profiles!.base.objects.find(({ object }) => /bash$/.test(object))
    const inBash = (bash?.counts ?? []).reduce((sum, each) => sum + each, 0)
    expect(inBash).toBeLessThan(0.05 * counters.base.instructions!)
  })
})
