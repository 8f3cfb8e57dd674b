// Shares the machine: nothing here depends on the clock.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CounterProbe } from '../../../src/core/counters/probe.ts'
import type { Profile } from '../../../src/core/counters/profile.ts'
import { count } from '../../../src/flow/count/count.ts'
import { probeCounters } from '../../../src/flow/count/probe-counters.ts'
import type { Counted, CountRequest } from '../../../src/flow/count/request.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import {
  buildTrees,
  functionsOf,
  hasTool,
  type Program,
  type ProgramTrees,
  strided,
} from '../../doubles/programs.ts'
import { SAMPLE_PLAN } from '../../doubles/sample-plan.ts'
import { type SpawningSandbox, spawningSandbox } from '../../doubles/spawning-sandbox.ts'

const able = hasTool('valgrind') && hasTool('gcc')
if (!able) process.stdout.write('skipped: the simulation needs valgrind and gcc\n')
const withValgrind = able ? describe : describe.skip

const clock = { now: () => performance.now() / 1e3, date: () => '2026-11-22T00:00:00Z' }
const ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: '/nonexistent' }
const L1I = { sizeBytes: 32768, ways: 8, lineBytes: 64 }
const L1D = { sizeBytes: 49152, ways: 12, lineBytes: 64 }
const LL = { sizeBytes: 524_288, ways: 8, lineBytes: 64 }

let sandbox: SpawningSandbox
let whole: CounterProbe
/** Of the same machine without perf: these tests need no counts of the kernel. */
let probe: CounterProbe
beforeAll(async () => {
  sandbox = spawningSandbox()
  if (!able) return
  whole = await probeCounters({ sandbox, tools }, { geometry: { l1i: L1I, l1d: L1D, ll: LL } })
  const { perf: _, time: __, ...bare } = whole
  probe = { ...bare, roles: [], limitations: [] }
})
afterAll(() => sandbox.end())

const requestFor = (trees: ProgramTrees, more: Partial<CountRequest> = {}): CountRequest => ({
  plan: SAMPLE_PLAN,
  trees,
  env: { base: ENV, head: ENV },
  mode: 'simulated',
  scheduling: {},
  timeLimitSeconds: 120,
  probe,
  ...more,
})

async function simulate(base: Program, head: Program, more: Partial<CountRequest> = {}): Promise<Counted> {
  const trees = buildTrees(base, head)
  try {
    return await count(requestFor(trees, more), { sandbox, tools, clock })
  } finally {
    trees.remove()
  }
}

/** Sums over the addresses of one function in one object. */
function within(profile: Profile, object: string, { address, size }: { address: number; size: number }) {
  const found = profile.objects.find(candidate => candidate.object.endsWith(object))
  const sum = (values: readonly number[] | undefined) =>
    (values ?? []).reduce((total, value, index) => {
      const at = found!.addresses[index]!
      return at >= address && at < address + size ? total + value : total
    }, 0)
  return { instructions: sum(found?.counts), misses: sum(found?.icacheMisses) }
}

withValgrind('simulated', () => {
  test('eight functions fit the ways of a set; the ninth makes every call of it miss', async () => {
    const rounds = 20_000
    const trees = buildTrees(strided(9, 64, rounds), strided(9, 4096, rounds))
    const request = requestFor(trees, { mode: 'auto', probe: { ...whole, hardware: false } })
    const { counters, profiles, instructionRepeats, limitations } = await count(request, {
      sandbox,
      tools,
      clock,
    })
    expect(counters).toMatchObject({
      source: 'simulated',
      instructionSpread: 0,
      geometry: { l1i: '32768,8,64', l1d: '49152,12,64', ll: '524288,8,64', from: 'input' },
    })
    expect(counters.head.instructions! / counters.base.instructions!).toBeCloseTo(1, 4)
    expect(counters.base.icacheMisses).toBeLessThan(3000)
    // Main's loop shares a set with one function: eight lines of the nine compete for the eight ways of one set.
    expect(counters.head.icacheMisses).toBeGreaterThan(7 * rounds)
    expect(counters.head.icacheMisses).toBeLessThan(10.5 * rounds)
    expect(counters.summary).toMatch(/^as many instructions, \d+ ?× the icache misses \(simulated\)/)
    expect(counters.base.branchMisses).toBeGreaterThan(0)
    expect(instructionRepeats.base).toHaveLength(2)
    expect(new Set(instructionRepeats.base).size).toBe(1)
    expect(limitations.some(({ what }) => what.includes('instruction cache'))).toBe(false)

    const places = functionsOf(join(trees.head, 'bench'))
    const f3 = within(profiles!.head, '/head/bench', places.get('f3')!)
    expect(f3.instructions / rounds).toBeGreaterThanOrEqual(2)
    expect(f3.instructions % rounds).toBe(0)
    expect(f3.misses).toBeGreaterThan(0.9 * rounds)
    expect(
      within(profiles!.base, '/base/bench', functionsOf(join(trees.base, 'bench')).get('f3')!).misses,
    ).toBeLessThan(5)
    trees.remove()

    const eight = await simulate(strided(8, 64, rounds), strided(8, 4096, rounds))
    expect(eight.counters.head.icacheMisses).toBeLessThan(1.5 * eight.counters.base.icacheMisses!)
    expect(eight.counters.summary).toMatch(/^as many instructions \(simulated\)/)
  })

  const WORK = '__attribute__((noinline)) void work(int n) { for (volatile int i = 0; i < n; i++); }\n'
  const forking = (parent: number, child: number): Program => ({
    source: `#include <sys/wait.h>\n#include <unistd.h>\n${WORK}int main(void) { work(${parent}); if (fork() == 0) { work(${child}); _exit(0); } wait(0); return 0; }\n`,
  })
  const threading = (first: number, second: number): Program => ({
    source: `#include <pthread.h>\n${WORK}void *run(void *n) { work((int)(long)n); return 0; }\nint main(void) { pthread_t t; pthread_create(&t, 0, run, (void *)${second}L); work(${first}); pthread_join(t, 0); return 0; }\n`,
    options: ['-O1', '-pthread'],
  })
  const plain = (rounds: number): Program => ({
    source: `${WORK}int main(void) { work(${rounds}); return 0; }\n`,
  })

  test('threads are counted, and forked children count what they do themselves, not what their parent did before', async () => {
    const { counters } = await simulate(threading(100_000, 50_000), forking(100_000, 50_000))
    // Counted twice, the work before the fork would make this 1.6.
    expect(counters.head.instructions! / counters.base.instructions!).toBeGreaterThan(0.95)
    expect(counters.head.instructions! / counters.base.instructions!).toBeLessThan(1.05)
    expect(counters.base.instructions).toBeGreaterThan(4 * 150_000)
  })

  test('a stripped static program is counted at the addresses of its unstripped twin, whatever a .valgrindrc in its tree says', async () => {
    const { source } = plain(100_000)
    const trees = buildTrees({ source, options: ['-O1', '-static'] }, { source, options: ['-O1', '-static'] })
    const { work } = Object.fromEntries(functionsOf(join(trees.base, 'bench')))
    const steer = 'strip bench; echo --toggle-collect=nothing > .valgrindrc; chmod 600 .valgrindrc'
    execFileSync('sh', ['-c', steer], { cwd: trees.head })
    const env = { base: ENV, head: { ...ENV, VALGRIND_OPTS: '--toggle-collect=nothing' } }
    const { profiles } = await count(requestFor(trees, { env }), { sandbox, tools, clock })
    trees.remove()
    const named = within(profiles!.base, '/base/bench', work!)
    expect(named.instructions).toBeGreaterThan(300_000)
    expect(within(profiles!.head, '/head/bench', work!).instructions).toBe(named.instructions)
  })

  test('a program that draws its own numbers is repeated more often where a cause hangs on it, and its spread is told', async () => {
    // Each run does more than the one before, so that no two are alike, whatever numbers would have been drawn.
    const random = `#include <fcntl.h>\n#include <unistd.h>\n${WORK}int main(void) {
  int runs = open("runs", O_CREAT | O_RDWR | O_APPEND, 0600);
  if (write(runs, "x", 1) != 1) return 9;
  work(50000 + 1000 * (int)lseek(runs, 0, SEEK_END));
  return 0;
}\n`
    const { counters, instructionRepeats } = await simulate(
      { source: random },
      { source: random },
      { thorough: true },
    )
    expect(instructionRepeats.base.length).toBeGreaterThan(2)
    expect(counters.instructionSpread).toBeGreaterThan(0.001)
  })

  test('records that outgrow the second level miss there, and hardly more in the first', async () => {
    const chasing = (recordBytes: number): Program => ({
      source: `#define N 16384\nstruct r { unsigned next; char pad[${recordBytes - 4}]; };\nstatic struct r R[N];
int main(void) { unsigned at = 0, t = 0; for (unsigned i = 0; i < N; i++) R[i].next = (i * 4093u + 1237u) % N;
for (int k = 0; k < 5 * N; k++) { at = R[at].next; t += at; } return t == 42; }\n`,
    })
    const { counters } = await simulate(chasing(16), chasing(128))
    expect(counters.head.instructions! / counters.base.instructions!).toBeCloseTo(1, 3)
    expect(counters.head.dcacheMisses! / counters.base.dcacheMisses!).toBeLessThan(2)
    expect(counters.head.secondLevelMisses! / counters.base.secondLevelMisses!).toBeGreaterThan(5)
    expect(counters.summary).toMatch(/× the L2 data-cache misses/)
  })

  test('a smaller workload is simulated in place of the benchmark, with every program its shell runs', async () => {
    const plan = { ...SAMPLE_PLAN, command: './bench large', countWith: './bench; ./bench' }
    const { counters, profiles, limitations } = await simulate(plain(50_000), plain(100_000), { plan })
    expect(counters.source).toBe('simulated')
    expect(
      sandbox.jobs
        .filter(({ argv }) => argv.includes('--tool=callgrind'))
        .at(-1)!
        .argv.at(-1),
    ).toBe(plan.countWith)
    expect(limitations.some(({ what }) => what.includes('count-with'))).toBe(true)
    const bench = (side: 'base' | 'head') =>
      profiles![side].objects.find(({ object }) => object.endsWith(`/${side}/bench`))!.counts
    const total = (counts: readonly number[]) => counts.reduce((sum, value) => sum + value, 0)
    expect(total(bench('head')) / total(bench('base'))).toBeCloseTo(2, 1)
    expect(total(bench('head'))).toBeGreaterThan(2 * 100_000 * 3)
  })

  describe('what cannot be simulated', () => {
    const onX64 = process.arch === 'x64' ? test : test.skip
    onX64('AVX-512 is named, with the way out', async () => {
      const source = 'int main(void) { __asm__ volatile("vpaddd %zmm0, %zmm0, %zmm0"); return 0; }\n'
      const { counters, limitations } = await simulate(plain(1000), { source })
      expect(counters.source).not.toBe('simulated')
      expect(limitations).toContainEqual({
        what: expect.stringMatching(/valgrind 3\.\d+\.\d+ met an AVX-512 instruction on head/),
        instead: expect.stringContaining('-march=x86-64-v3'),
      })
    })

    test('a program that takes too long is ended at the limit, and a smaller workload advised', async () => {
      const endless = { source: `${WORK}int main(void) { for (;;) work(1000); }\n` }
      const { limitations } = await simulate(endless, endless, {
        timeLimitSeconds: 3,
        plan: { ...SAMPLE_PLAN, timeoutSeconds: 1 },
      })
      const said = limitations.find(({ what }) => what.startsWith('The simulation'))
      expect(said).toEqual({
        what: expect.stringContaining('did not finish'),
        instead: expect.stringContaining('count-with'),
      })
    })

    test.each([
      ['fails', 'return 3;', /exited with code 3 under valgrind/],
      ['crashes', '*(volatile int *)0 = 1; return 0;', /killed by (signal 11|SIGSEGV) under valgrind/],
    ])('a program that %s is said to', async (_name, body, what) => {
      const { counters, limitations } = await simulate(plain(1000), {
        source: `int main(void) { ${body} }\n`,
      })
      expect(counters.source).not.toBe('simulated')
      expect(limitations.some(limitation => what.test(limitation.what))).toBe(true)
    })
  })
})
