import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bundle, bundle } from './bundle.ts'
import { buildCage } from './cage.ts'
import { buildMachine, type FakeMachine } from './machine.ts'

export interface Ran {
  readonly status: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * The host process as it is built, unchanged, with its fixed root folder: in a mount namespace where a fake machine lies over the
 * real one.
 */
export interface CagedHost {
  readonly machine: FakeMachine
  readonly original: Readonly<Record<string, string>>
  /** Why this system allows no cage, if it does not. */
  readonly why?: string
  /** Runs the host process with standard input closed, behind another command such as strace if there is one. */
  run(args: readonly string[], before?: readonly string[]): Ran
  /** Runs it behind strace, and yields what that noted. */
  trace(args: readonly string[], what: readonly string[]): Ran & { readonly log: string }
  isOriginal(): boolean
}

export function bundleHost(): Bundle {
  return bundle(['src/host.ts'])
}

/** Puts a built host process on a fresh fake machine of two CPUs. */
export function cageHost(built: Bundle): CagedHost {
  const machine = buildMachine('vm')
  machine.remove('/run/systemd')
  const original = machine.snapshot()
  const cage = buildCage(machine.root)
  const run = (args: readonly string[], before: readonly string[] = []): Ran => {
    if ('why' in cage) throw new Error(cage.why)
    const [file, ...rest] = cage.argv([...before, process.execPath, built.path('host'), ...args])
    const { status, signal, stdout, stderr } = spawnSync(file!, rest, {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    })
    return { status, signal, stdout, stderr }
  }
  return {
    machine,
    original,
    run,
    trace: (args, what) => {
      const log = join(machine.root, 'strace.log')
      const ran = run(args, ['strace', '-f', '-qq', '-o', log, ...what])
      return { ...ran, log: readFileSync(log, 'utf8') }
    },
    isOriginal: () => JSON.stringify(machine.snapshot()) === JSON.stringify(original),
    ...('why' in cage ? { why: cage.why } : {}),
  }
}

/** Whether the cage can be used here; says so when it cannot. */
export function isCaged(host: CagedHost): boolean {
  if (host.why !== undefined) console.info(`skipped: this system allows no mount namespace (${host.why})`)
  return host.why === undefined
}

/** Whether system calls can be followed here; says so when they cannot. */
export function isTraceable(host: CagedHost): boolean {
  const { status, stderr, error } = spawnSync('strace', ['-qq', '-e', 'trace=none', '/bin/true'], {
    encoding: 'utf8',
  })
  if (status !== 0)
    console.info(`skipped: strace cannot follow a process here (${error?.message ?? stderr.trim()})`)
  return isCaged(host) && status === 0
}
