import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { roundOrders } from '../src/core/decision/schedule.ts'
import { confidenceSequence } from '../src/core/statistics/confidence-sequence.ts'
import { median } from '../src/core/statistics/median.ts'
import type { SandboxPort } from '../src/shell/ports/ports.ts'
import { openSandbox } from '../src/shell/sandbox/open.ts'

/**
 * Our own cost: what a run at each isolation level adds to a bare child, its noise, whether it adds the same on both sides, and how long the
 * command line takes to start. Everything is interleaved, and ratios come from the same run. As root it shows the levels of root, else those of a user.
 */
const ROUNDS = Number(process.env.ROUNDS ?? 50)
const env = { PATH: process.env.PATH ?? '/usr/bin:/bin' }
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-overhead-'))
// The jobs' users have to get as far as their work trees.
chmodSync(folder, 0o711)

/** Ways to open a sandbox: as good as it gets, and with less and less of what it is made of. */
const WAYS = [
  { name: 'best', without: [], level: 'auto' },
  { name: 'util-linux', without: ['bwrap'], level: 'auto' },
  { name: 'user', without: ['bwrap', 'unshare'], level: 'auto' },
  { name: 'off', without: [], level: 'off' },
] as const

/** One level in the comparison, with what its runs took. */
interface Measured {
  readonly sandbox: SandboxPort
  readonly trees: { readonly base: string; readonly head: string }
  readonly base: number[]
  readonly head: number[]
  /** What a run costs outside of the timed span. */
  readonly costs: number[]
}

/** An empty jail of the same kinds of namespaces, started by hand: less than that no run in bubblewrap can cost. */
const EMPTY_JAIL = [
  ...['bwrap', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-net', '--die-with-parent'],
  ...['--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--tmpfs', '/dev/shm'],
  ...['--', 'setpriv', '--no-new-privs', '--bounding-set=-all', '--', 'bash', '-c', 'true'],
]

const levels = await openAll()
const bare: number[] = []
const jails: number[] = []
try {
  const orders = roundOrders(11)
  for (let round = 0; round < ROUNDS; round++)
    for (const part of orders.next().value) {
      if (part === 'control') {
        bare.push(await childSeconds(['bash', '-c', 'true'], folder))
        jails.push(await childSeconds(EMPTY_JAIL, '/'))
      } else for (const level of levels) await runOnce(level, part)
    }
  say(
    `  a bare child: ${milliseconds(median(bare))} (fastest tenth ${milliseconds(fastest(bare))}), noise ${percent(spread(bare))}`,
  )
  if (jails.every(Number.isFinite))
    say(
      `  an empty jail by hand, from its start to its end: ${milliseconds(median(jails))} (fastest tenth ${milliseconds(fastest(jails))})`,
    )
  for (const level of levels) report(level)
  startUp()
} finally {
  for (const { sandbox } of levels) await sandbox.end()
  rmSync(folder, { recursive: true, force: true })
}

async function openAll(): Promise<readonly Measured[]> {
  const opened: Measured[] = []
  for (const { name, without, level } of WAYS) {
    const home = join(folder, name)
    mkdirSync(home, { recursive: true, mode: 0o711 })
    const sandbox = await withoutTools(without, () => openSandbox(home, { level })).catch(() => undefined)
    if (!sandbox) continue
    const trees = { base: join(home, 'base'), head: join(home, 'head') }
    for (const tree of Object.values(trees)) {
      mkdirSync(tree, { recursive: true })
      await sandbox.adopt(tree)
      await sandbox.seal(tree)
    }
    opened.push({ sandbox, trees, base: [], head: [], costs: [] })
  }
  return opened
}

/** Opens it with a PATH that lacks some tools. */
async function withoutTools<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = process.env.PATH
  const bin = mkdtempSync(join(folder, 'bin-'))
  for (const at of ['/usr/bin', '/usr/sbin'])
    for (const name of readdirSync(at))
      if (!(names as readonly string[]).includes(name) && !existsSync(join(bin, name)))
        symlinkSync(join(at, name), join(bin, name))
  chmodSync(bin, 0o755)
  process.env.PATH = bin
  try {
    return await work()
  } finally {
    process.env.PATH = before
  }
}

async function runOnce({ sandbox, trees, costs, ...times }: Measured, part: 'base' | 'head'): Promise<void> {
  const start = performance.now()
  const job = { argv: ['bash', '-c', 'true'], tree: trees[part], env, timeoutSeconds: 60 }
  const { seconds, code, stderr } = await sandbox.run(job)
  if (code !== 0) throw new Error(`The job did not run: ${stderr}`)
  times[part].push(seconds)
  costs.push((performance.now() - start) / 1000 - seconds)
}

function report({ sandbox, base, head, costs }: Measured): void {
  const added = bare.map((seconds, at) => base[2 * at]! - seconds)
  const sides = bare.map((_, at) => ({
    subjects: head.slice(3 * at, 3 * at + 3),
    references: base.slice(2 * at, 2 * at + 2),
  }))
  const { low, high } = confidenceSequence(sides, 0.01) ?? { low: 0, high: Number.POSITIVE_INFINITY }
  const ratio = median(base) / median(bare)
  // What a busy machine adds is in the median and not in the fastest runs.
  const least = fastest(base) - fastest(bare)
  const kept = Math.min(least, median(added)) <= 0.002 ? 'kept' : 'MISSED'
  say(`  isolation ${sandbox.isolation}:`)
  say(
    `    a timed run of bash -c true is ${milliseconds(median(added))} longer than a bare child (ratio ${ratio.toFixed(2)}), the fastest tenth ${milliseconds(least)} (at most 2 ms: ${kept}), noise ${percent(spread(base))}`,
  )
  const jail = median(jails)
  const times = Number.isFinite(jail) ? `, ${(median(costs) / jail).toFixed(1)} times an empty jail` : ''
  say(`    outside the timed span a run costs ${milliseconds(median(costs))}${times}`)
  say(
    `    head/base of the same run: ${(median(head) / median(base)).toFixed(3)}, from ${low.toFixed(3)} to ${high.toFixed(3)}`,
  )
}

function fastest(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 10)]!
}

/** Half the distance between the quartiles, as a part of the median: a slow moment of the machine does not count. */
function spread(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  return (at(0.75) - at(0.25)) / 2 / at(0.5)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** A child as cheap as node makes it, from start to end; infinite where it cannot run here. */
function childSeconds([file, ...args]: readonly string[], cwd: string): Promise<number> {
  return new Promise(resolve => {
    const start = performance.now()
    const child = spawn(file!, args, { cwd, env, stdio: 'ignore' })
    child.on('error', () => resolve(Number.POSITIVE_INFINITY))
    child.on('close', code =>
      resolve(code === 0 ? (performance.now() - start) / 1000 : Number.POSITIVE_INFINITY),
    )
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
