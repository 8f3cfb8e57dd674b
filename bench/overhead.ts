import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { roundOrders } from '../src/core/decision/schedule.ts'
import { confidenceSequence } from '../src/core/statistics/confidence-sequence.ts'
import { median } from '../src/core/statistics/median.ts'
import type { SandboxPort } from '../src/shell/ports/ports.ts'
import { openSandbox } from '../src/shell/sandbox/open.ts'

/**
 * Our own cost: what a run in the sandbox adds to a bare child, whether it adds the same on both sides, and how long the
 * command line takes to start. Everything is interleaved, and ratios come from the same run.
 */
const ROUNDS = 50
const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' }
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-overhead-'))
try {
  for (const level of ['auto', 'off'] as const) {
    const home = join(folder, level)
    mkdirSync(home, { recursive: true })
    const sandbox = await openSandbox(home, { level })
    await compare(sandbox)
    await sandbox.end()
  }
  startUp()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function compare(sandbox: SandboxPort): Promise<void> {
  const trees = { base: join(folder, 'base'), head: join(folder, 'head') }
  // The jobs' user has to get as far as its work tree.
  chmodSync(folder, 0o711)
  for (const tree of Object.values(trees)) {
    mkdirSync(tree, { recursive: true })
    await sandbox.adopt(tree)
  }
  const job = { argv: ['bash', '-c', 'true'], env, timeoutSeconds: 60 }
  const times = { bare: [] as number[], base: [] as number[], head: [] as number[] }
  const costs: number[] = []
  const orders = roundOrders(11)
  for (let round = 0; round < ROUNDS; round++) {
    for (const part of orders.next().value) {
      if (part === 'control') times.bare.push(await bareSeconds(trees.base))
      else {
        const start = performance.now()
        const { seconds, code, stderr } = await sandbox.run({ ...job, tree: trees[part] })
        if (code !== 0) throw new Error(`The job did not run: ${stderr}`)
        times[part].push(seconds)
        costs.push((performance.now() - start) / 1000 - seconds)
      }
    }
  }
  const added = times.bare.map((seconds, at) => times.base[2 * at]! - seconds)
  const sides = times.bare.map((_, at) => ({
    subjects: times.head.slice(3 * at, 3 * at + 3),
    references: times.base.slice(2 * at, 2 * at + 2),
  }))
  const { low, high } = confidenceSequence(sides, 0.01) ?? { low: 0, high: Number.POSITIVE_INFINITY }
  say(`  isolation ${sandbox.isolation}:`)
  say(
    `    a timed run of bash -c true is ${milliseconds(median(added))} longer than a bare child (ratio ${(median(times.base) / median(times.bare)).toFixed(2)})`,
  )
  say(`    outside the timed span a run costs ${milliseconds(median(costs))}`)
  say(
    `    head/base of the same run: ${(median(times.head) / median(times.base)).toFixed(3)}, from ${low.toFixed(3)} to ${high.toFixed(3)}`,
  )
}

/** A child as cheap as node makes it, from start to end. */
function bareSeconds(cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn('bash', ['-c', 'true'], { cwd, env, stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', () => resolve((performance.now() - start) / 1000))
  })
}

function startUp(): void {
  if (!existsSync('dist/cli.js')) {
    say('  start-up: skipped, because dist/cli.js is not built (npm run build)')
    return
  }
  const bare: number[] = []
  const ours: number[] = []
  for (let round = 0; round < 15; round++) {
    bare.push(nodeSeconds(['-e', '0']))
    ours.push(nodeSeconds(['dist/cli.js', '--version']))
  }
  const [least, leastBare] = [Math.min(...ours), Math.min(...bare)]
  say(
    `  start-up of dist/cli.js --version: ${milliseconds(least)} (fastest of 15), ${(least / leastBare).toFixed(2)} times bare node; target 100 ms: ${least <= 0.1 ? 'reached' : 'missed'}`,
  )
}

function nodeSeconds(args: readonly string[]): number {
  const start = performance.now()
  spawnSync(process.execPath, args, { stdio: 'ignore' })
  return (performance.now() - start) / 1000
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(2)} ms`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
