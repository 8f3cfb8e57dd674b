import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scheduling } from '../../src/core/tuning/scheduling.ts'
import type { JobOutcome } from '../../src/shell/ports/ports.ts'
import { bundle } from './bundle.ts'

export const isRoot = process.getuid?.() === 0

/** An ordinary user, who needs no entry in the list of users. */
export const ORDINARY = 54321

export type DriverUser = 'root' | 'ordinary'

/** Everybody that tests can be here. */
export const users: readonly DriverUser[] = isRoot ? ['root', 'ordinary'] : ['ordinary']

export interface Answer {
  readonly isolation: string
  readonly limitations: readonly unknown[]
  readonly outcomes: readonly JobOutcome[]
}

/** The driver of sandboxes as a program, and a folder that everybody may write to. */
export interface SandboxDriver {
  readonly folder: string
  /** Runs shell lines (`9 make` for at most nine seconds), one job each, in a sandbox of that level. */
  drive(as: DriverUser, level: string, lines: readonly string[], more?: DriveOptions): Answer
  /** The same as words and variables, for who wants to start it in another way. */
  command(as: DriverUser, level: string, lines: readonly string[], more?: DriveOptions): DriveCommand
  end(): void
}

export interface DriveOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly scheduling?: Scheduling
  readonly before?: readonly string[]
}

export interface DriveCommand {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export function bundleDriver(): SandboxDriver {
  const folder = mkdtempSync(join(tmpdir(), 'pv-sandbox-'))
  chmodSync(folder, 0o777)
  const built = bundle(['__tests__/doubles/sandbox-driver.ts'])
  const driver = built.path('sandbox-driver')
  const command: SandboxDriver['command'] = (
    as,
    level,
    lines,
    { env = {}, scheduling = {}, before = [] } = {},
  ) => {
    const become =
      as === 'ordinary' && isRoot
        ? ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups', '--']
        : []
    return {
      argv: [...before, ...become, process.execPath, driver, level, JSON.stringify(scheduling), ...lines],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', TMPDIR: folder, ...env },
    }
  }
  return {
    folder,
    command,
    drive(...asked) {
      const { argv, env } = command(...asked)
      const [file, ...args] = argv
      const result = spawnSync(file!, args, { env, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
      if (result.status !== 0) throw new Error(result.stderr)
      return JSON.parse(result.stdout) as Answer
    },
    end: () => {
      built.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
