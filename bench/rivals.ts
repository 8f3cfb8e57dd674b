import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../src/core/statistics/median.ts'
import type { Scheduling } from '../src/core/tuning/scheduling.ts'
import { openSandbox } from '../src/shell/sandbox/open.ts'

/**
 * What priority brings on a machine that is not quiet: the same run against twice as many busy programs as there are CPUs, as a
 * ratio to itself while these are stopped. Interleaved; needs root, or the right to such priorities.
 */
const ROUNDS = 20
const last = availableParallelism() - 1
const VARIANTS: readonly { readonly name: string; readonly scheduling: Scheduling }[] = [
  { name: 'pinned', scheduling: { cpus: `${last}` } },
  { name: 'pinned, nice -20', scheduling: { cpus: `${last}`, nice: -20 } },
  { name: 'pinned, real time', scheduling: { cpus: `${last}`, realTime: 1 } },
]
const BUSY = 'i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done'

const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-rivals-'))
mkdirSync(join(folder, 'home'))
const sandbox = await openSandbox(join(folder, 'home'), { level: 'auto' })
// Sessions of their own, as the services of a machine are.
const rivals: readonly ChildProcess[] = Array.from({ length: 2 * (last + 1) }, () =>
  spawn('/bin/sh', ['-c', 'while :; do :; done'], { stdio: 'ignore', detached: true }),
)
try {
  const ratios = new Map(VARIANTS.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, scheduling } of VARIANTS) {
      signal('SIGSTOP')
      const quiet = await seconds(scheduling)
      signal('SIGCONT')
      ratios.get(name)!.push((await seconds(scheduling)) / quiet)
    }
  say(
    `  against ${rivals.length} busy programs on ${last + 1} CPUs a run takes, of what it takes without them:`,
  )
  for (const [name, found] of ratios) {
    const sorted = found.toSorted((one, other) => one - other)
    const [low, high] = [sorted[Math.floor(ROUNDS / 4)]!, sorted[Math.floor((3 * ROUNDS) / 4)]!]
    say(
      `    ${name}: ${median(found).toFixed(2)} × (half of the runs between ${low.toFixed(2)} and ${high.toFixed(2)})`,
    )
  }
} catch (error) {
  say(`  skipped: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  for (const rival of rivals) rival.kill('SIGKILL')
  await sandbox.end()
  rmSync(folder, { recursive: true, force: true })
}

async function seconds(scheduling: Scheduling): Promise<number> {
  const job = {
    argv: ['/bin/sh', '-c', BUSY],
    tree: sandbox.spare,
    env: { PATH: '/usr/bin:/bin' },
    timeoutSeconds: 60,
  }
  const { seconds: taken, code, stderr } = await sandbox.run({ ...job, scheduling })
  if (code !== 0) throw new Error(stderr.trim() || `code ${code}`)
  return taken
}

function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const rival of rivals) rival.kill(name)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
