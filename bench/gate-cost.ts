import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gate } from '../src/gate.ts'
import { openPorts } from '../src/shell/open-ports.ts'
import type { LogPort } from '../src/shell/ports/ports.ts'

/** What a whole gate costs on top of its builds and benchmarks: the time in which no job of the project ran, as a part of all of it. */
const SECONDS_A_RUN = 1
const silent: LogPort = { line: () => {}, warn: () => {}, group: (_, work) => work() }
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-cost-'))
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=B', '-c', 'user.email=b@example.invalid', ...args], {
    stdio: 'pipe',
  })

git('init', '--quiet', '--initial-branch=main')
for (const [value, title] of [
  ['1', 'base'],
  ['2', 'head'],
] as const) {
  writeFileSync(
    join(folder, 'program.c'),
    `#include <unistd.h>\nint main(void) { return usleep(${SECONDS_A_RUN}000000) * ${value}; }\n`,
  )
  git('add', '--all')
  git('commit', '--quiet', '--message', title)
}

const { outside, close } = await openPorts(silent)
let inJobs = 0
const started = performance.now()
try {
  await gate(
    {
      invocation: {
        bench: [{ name: 'sleep', command: './program' }],
        build: 'cc -o program program.c',
        counters: 'off',
        layouts: 'off',
      },
      repository: folder,
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
          async run(job) {
            const outcome = await sandbox.run(job)
            inJobs += outcome.seconds
            return outcome
          },
        }
      },
    },
  )
} finally {
  await close()
  rmSync(folder, { recursive: true, force: true })
}
const all = (performance.now() - started) / 1000
const share = ((all - inJobs) / all) * 100
console.log(
  `a gate of ${all.toFixed(1)} s, with runs of ${SECONDS_A_RUN} s: ${share.toFixed(1)} % of it was neither build nor benchmark (${(all - inJobs).toFixed(2)} s)`,
)
