import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { uniform } from '../../src/core/statistics/random.ts'
import { noCache } from '../../src/shell/open-ports.ts'
import type { Job, JobOutcome, Outside } from '../../src/shell/ports/ports.ts'
import { tools } from '../../src/shell/tools/tools.ts'

/** A ports whose git and trees are real, and in which a tree's own files say how its build and its benchmarks end. */
export interface ScriptedPorts {
  readonly outside: Outside
  readonly lines: string[]
  /** The trees that were built, by the name of their folder. */
  readonly built: string[]
  /** Holds of the machine so far; a hold after the one told here fails. */
  holds: number
  failAfterHolds: number
  /** Trees in which a gate's first run found what a run of an earlier gate had left. */
  readonly leftovers: string[]
  remove(): void
}

const FINE = { code: 0, signal: null, timedOut: false, stdout: '', stderr: '', truncated: false } as const

/**
 * `cost.NAME` holds the seconds that the benchmark `NAME` takes there, with 0.5 % of noise (or the spread that follows the
 * number); a tree with a file `broken` does not build, and a benchmark without such a file is not found. Each run leaves a file behind.
 */
export function scriptedPorts(): ScriptedPorts {
  const folder = mkdtempSync(join(tmpdir(), 'pv-scripted-'))
  const next = uniform(7)
  let now = 0
  let held = false
  const ranIn = new Set<string>()
  const ports = { lines: [] as string[], built: [] as string[], leftovers: [] as string[] }
  async function run(job: Job): Promise<JobOutcome> {
    // Asks whether git works here; it does, as this is no sandbox.
    if (job.argv[0] === 'sh') return { ...FINE, seconds: 0 }
    const command = job.argv.at(-1)!
    if (command !== 'build') return measured(job.tree, command)
    now += 1
    ports.built.push(basename(job.tree))
    const broken = existsSync(join(job.tree, 'broken'))
    return { ...FINE, seconds: 1, ...(broken && { code: 1, stdout: 'main.c:1: error\n' }) }
  }
  function measured(cwd: string, name: string): JobOutcome {
    const trace = join(cwd, 'left-behind')
    if (!ranIn.has(cwd) && existsSync(trace)) ports.leftovers.push(cwd)
    if (held) {
      ranIn.add(cwd)
      writeFileSync(trace, 'by a run')
    }
    const cost = join(cwd, `cost.${name}`)
    if (!existsSync(cost)) return { ...FINE, seconds: 0.001, code: 127, stderr: `${name}: not found\n` }
    const [seconds = 1, spread = 0.005] = readFileSync(cost, 'utf8').split(' ').map(Number)
    // Read as a program is, so that no two commits are the same to the benchmark.
    if (existsSync(join(cwd, 'stamp'))) readFileSync(join(cwd, 'stamp'))
    const took = seconds * (1 + spread * (next() + next() + next() - 1.5))
    now += took
    return { ...FINE, seconds: took }
  }
  async function release() {
    held = false
    ranIn.clear()
    return []
  }
  const state: ScriptedPorts = {
    ...ports,
    holds: 0,
    failAfterHolds: Number.POSITIVE_INFINITY,
    outside: {
      tools,
      folder,
      cache: noCache,
      clock: { now: () => now, date: () => '2026-01-01T00:00:00.000Z' },
      log: {
        line: text => void ports.lines.push(text),
        warn: text => void ports.lines.push(text),
        group: (_, work) => work(),
      },
      machine: {
        fingerprint: async () => ({ cpu: 'scripted' }),
        noise: async () => [],
        hold: async () => {
          state.holds++
          if (state.holds > state.failAfterHolds) throw new Error('the machine is gone')
          held = true
          ranIn.clear()
          return { knobs: [], gaps: [], scheduling: {}, release }
        },
      },
      isolate: async () => ({
        isolation: 'none',
        network: 'all',
        spare: folder,
        placeOf: tree => {
          const own = { tree, home: join(folder, 'home'), scratch: folder }
          return { ...own, inside: own }
        },
        quotable: [],
        weaknesses: [],
        adopt: async () => {},
        seal: async () => {},
        run,
        end: async () => {},
      }),
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  return state
}
