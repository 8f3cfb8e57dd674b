import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PerBenchmark } from '../src/core/config/schema.ts'
import { gate } from '../src/gate.ts'
import { openPorts } from '../src/shell/open-ports.ts'
import type { LogPort } from '../src/shell/ports/ports.ts'

/**
 * A suite of Google Benchmark, gated as one command with a row for each result, and as one command for each row, as it had to be without
 * harnesses: how often the program runs and how long that takes. --rows=40 sets its size. Each result is measured for the same time in
 * both; with --today one command for each row measures it for as long as Google Benchmark does when nobody asks for less, half a second.
 */
const ROWS = Number(process.argv.find(each => each.startsWith('--rows='))?.slice('--rows='.length) ?? 40)
const SLOWED = Math.floor(ROWS / 3)
const MIN_TIME = ' --benchmark_min_time=0.02'
const ALONE_TIME = process.argv.includes('--today') ? '' : MIN_TIME
const silent: LogPort = { line: () => {}, warn: () => {}, group: (_, work) => work() }

const source = (slowed: number) => `#include <benchmark/benchmark.h>
#include <cstdint>
static void spin(benchmark::State& state) {
  const int rounds = 500 + 10 * int(state.range(0)) ${slowed > 0 ? `+ (state.range(0) == ${slowed} ? 2000 : 0)` : ''};
  std::uint64_t x = 1;
  for (auto _ : state)
    for (int i = 0; i < rounds; i++) benchmark::DoNotOptimize(x = x * 6364136223846793005u + 1);
}
BENCHMARK(spin)->DenseRange(0, ${ROWS - 1});
BENCHMARK_MAIN();
`

function makeRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-suite-'))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=B', '-c', 'user.email=b@example.invalid', ...args], {
      stdio: 'pipe',
    })
  git('init', '--quiet', '--initial-branch=main')
  for (const [slowed, title] of [
    [0, 'base'],
    [SLOWED, 'head'],
  ] as const) {
    writeFileSync(join(folder, 'bench.cc'), source(slowed))
    git('add', '--all')
    git('commit', '--quiet', '--message', title)
  }
  return folder
}

interface Cost {
  readonly runs: number
  readonly seconds: number
  readonly answers: Readonly<Record<string, number>>
  readonly found: boolean
}

async function costOf(repository: string, bench: readonly PerBenchmark[]): Promise<Cost> {
  const { outside, close } = await openPorts(silent)
  let runs = 0
  const started = performance.now()
  try {
    const { report } = await gate(
      {
        invocation: {
          bench,
          build: 'g++ -O2 -o bench bench.cc -lbenchmark -lpthread',
          threshold: 0.5,
          budget: 3600,
          counters: 'off',
          layouts: 'off',
          tune: 'off',
        },
        repository,
        base: ['HEAD~1'],
        head: 'HEAD',
        origin: {},
        version: 'bench',
        environment: process.env,
        usesCache: false,
        keepsNextBase: false,
        keep: async () => {},
      },
      {
        ...outside,
        async isolate(level) {
          const sandbox = await outside.isolate(level)
          return {
            ...sandbox,
            run(job) {
              if (job.builds !== true) runs++
              return sandbox.run(job)
            },
          }
        },
      },
    )
    const answers: Record<string, number> = {}
    for (const { decision } of report.benchmarks) answers[decision] = (answers[decision] ?? 0) + 1
    const slower = report.benchmarks.filter(({ decision }) => decision === 'slower').map(({ name }) => name)
    const found = slower.length === 1 && slower[0]!.endsWith(`spin/${SLOWED}`)
    return { runs, seconds: (performance.now() - started) / 1000, answers, found }
  } finally {
    await close()
  }
}

if (!existsSync('/usr/include/benchmark/benchmark.h')) {
  console.log('Google Benchmark is not installed (libbenchmark-dev); nothing was compared.')
  process.exit(0)
}
const repository = makeRepository()
try {
  const together = await costOf(repository, [{ name: 'suite', command: `./bench${MIN_TIME}` }])
  const alone = await costOf(
    repository,
    Array.from(
      { length: ROWS },
      (_, row): PerBenchmark => ({
        name: `spin/${row}`,
        command: `./bench${ALONE_TIME} --benchmark_format=json --benchmark_filter='^spin/${row}$'`,
        format: { kind: 'json', path: 'benchmarks[0].real_time' },
        unit: 'ns',
      }),
    ),
  )
  const line = (title: string, { runs, seconds, answers, found }: Cost) =>
    `${title.padEnd(22)} ${String(runs).padStart(6)} ${seconds.toFixed(0).padStart(8)}  ${found ? 'that row alone' : 'WRONG'}  ${JSON.stringify(answers)}`
  console.log(`${ROWS} results, one of them slower on head; times include two builds.`)
  console.log(`${''.padEnd(22)}   runs  seconds  slower          answers`)
  console.log(line('one command', together))
  console.log(line('one command a row', alone))
  console.log(
    `runs 1/${(alone.runs / together.runs).toFixed(1)}, seconds 1/${(alone.seconds / together.seconds).toFixed(1)}`,
  )
  if (!together.found || !alone.found) process.exitCode = 1
} finally {
  rmSync(repository, { recursive: true, force: true })
}
