import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CounterProbe } from '../../../src/core/counters/probe.ts'
import type { ObjectProfile, Profile } from '../../../src/core/counters/profile.ts'
import { sampleHot } from '../../../src/flow/count/hot-samples.ts'
import { probeCounters } from '../../../src/flow/count/probe-counters.ts'
import { perfRecord } from '../../../src/shell/profilers/perf.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { buildTrees, functionsOf, hasTool, type Program, type ProgramTrees } from '../../doubles/programs.ts'
import { SAMPLE_PLAN } from '../../doubles/sample-plan.ts'
import { spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const clock = { now: () => performance.now() / 1e3, date: () => '2026-11-22T00:00:00Z' }
const sandbox = spawningSandbox()
const ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: '/nonexistent' }
const probe: CounterProbe | undefined =
  hasTool('perf') && hasTool('gcc') ? await probeCounters({ sandbox, tools }) : undefined
/** Whether perf may sample at all here: it may be installed and refused. */
const sampled = probe?.perf
  ? await perfRecord(
      sandbox,
      { perf: probe.perf.path, event: 'cpu-clock:u', hertz: 999 },
      {
        side: 'base',
        command: 'for ((i = 0; i < 20000; i++)); do :; done',
        tree: '/',
        env: ENV,
        timeoutSeconds: 30,
      },
    )
  : undefined
const able = (sampled?.script.samples ?? 0) > 0
if (!able) process.stdout.write('skipped: sampling needs gcc and a perf that may sample\n')
const withPerf = able ? describe : describe.skip
afterAll(() => sandbox.end())

const SPIN = 'for (unsigned i = 0; i < n; i++) sink += i * 3;'
const LIBRARY = `volatile unsigned sink;\n__attribute__((noinline)) void in_library(unsigned n) { ${SPIN} }\n`
const MAIN = `#include <sys/wait.h>\n#include <unistd.h>
volatile unsigned sink;
__attribute__((noinline)) void alpha(unsigned n) { ${SPIN} }
__attribute__((noinline)) void beta(unsigned n) { ${SPIN} }
#ifdef LIBRARY
void in_library(unsigned n);
#endif
int main(void) {
  alpha(60000000);
  if (fork() == 0) { beta(30000000); _exit(0); }
  wait(0);
#ifdef LIBRARY
  in_library(30000000);
#endif
  return 0;
}\n`

const program = (...options: readonly string[]): Program => ({ source: MAIN, options: ['-O1', ...options] })

async function sample(trees: ProgramTrees) {
  const request = {
    plan: SAMPLE_PLAN,
    trees,
    env: { base: ENV, head: ENV },
    mode: 'perf',
    scheduling: {},
    timeLimitSeconds: 200,
  } as const
  const until = clock.now() + 200
  const job = { request, probe: { ...probe!, hardware: false }, deadline: until, repeatUntil: until }
  return sampleHot(job, { sandbox, clock }, 0.15)
}

const objectOf = (profile: Profile, name: string): ObjectProfile =>
  profile.objects.find(({ object }) => object.endsWith(name))!

function shareOf(
  profile: Profile,
  object: ObjectProfile,
  { address, size }: { address: number; size: number },
): number {
  const inside = object.addresses.map(at => at >= address && at < address + size)
  return object.counts.reduce((sum, count, index) => sum + (inside[index] ? count : 0), 0) / profile.total
}

withPerf('a real recording', () => {
  let trees: ProgramTrees
  beforeAll(() => {
    // base: position-independent, with a shared object; head: static at fixed addresses, and stripped.
    trees = buildTrees(program('-fPIE', '-pie', '-c'), program('-static', '-no-pie'))
    const tree = trees.base
    execFileSync(
      'sh',
      [
        '-c',
        `printf '%s' '${LIBRARY}' > lib.c; gcc -O1 -shared -fPIC -o libhot.so lib.c; gcc -O1 -DLIBRARY -o bench bench.c -L. -lhot -Wl,-rpath,.`,
      ],
      { cwd: tree },
    )
    copyFileSync(join(trees.head, 'bench'), join(trees.head, 'named'))
    execFileSync('strip', [join(trees.head, 'bench')])
  })
  afterAll(() => trees.remove())

  test('puts the samples into the functions that run, whatever way they were linked', async () => {
    const { profiles, limitations } = await sample(trees)
    const base = functionsOf(join(trees.base, 'bench'))
    const main = objectOf(profiles!.base, '/base/bench')
    const library = objectOf(profiles!.base, '/libhot.so')
    // alpha does twice the work of beta, which runs in a forked child, and of in_library; where a loop begins can double its time.
    expect(shareOf(profiles!.base, main, base.get('alpha')!)).toBeGreaterThan(0.2)
    expect(shareOf(profiles!.base, main, base.get('alpha')!)).toBeLessThan(0.9)
    expect(shareOf(profiles!.base, main, base.get('beta')!)).toBeGreaterThan(0.06)
    const inLibrary = functionsOf(join(trees.base, 'libhot.so')).get('in_library')!
    expect(shareOf(profiles!.base, library, inLibrary)).toBeGreaterThan(0.06)

    const head = functionsOf(join(trees.head, 'named'))
    const stripped = objectOf(profiles!.head, '/head/bench')
    expect(shareOf(profiles!.head, stripped, head.get('alpha')!)).toBeGreaterThan(0.3)
    expect(shareOf(profiles!.head, stripped, head.get('beta')!)).toBeGreaterThan(0.1)
    expect(profiles!.base.source).toBe('perf-record')
    expect(limitations.filter(({ what }) => what.includes('recorded'))).toEqual([])
  })

  test('says what perf recorded where it took another event than was asked for', () => {
    expect(sampled!.event).toMatch(/^cpu-clock/)
    expect(sampled!.script.unread).toBe(0)
  })
})
