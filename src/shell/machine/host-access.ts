import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { INSTALLED_COMMAND } from '../../core/tuning/installation.ts'

/** How the host process can be started from here, or why it cannot. */
export type HostAccess =
  | {
      readonly kind: 'reachable'
      readonly as: 'root' | 'sudo'
      readonly file: string
      /** What comes before the verb. */
      readonly args: readonly string[]
    }
  | { readonly kind: 'unreachable'; readonly why: string }

const SUDO = '/usr/bin/sudo'

/** The host script of this distribution: next to its entries, below which this module may be in a chunk. */
export function findHostScript(): string | undefined {
  return ['./host.js', '../host.js']
    .map(path => fileURLToPath(new URL(path, import.meta.url)))
    .find(path => existsSync(path))
}

/** Directly as root, else by sudo through the installed copy that only root can change, else not at all. */
export function findHostAccess(): HostAccess {
  if (process.geteuid?.() === 0) {
    const script = findHostScript()
    return script === undefined
      ? { kind: 'unreachable', why: 'the host script is missing from this distribution' }
      : { kind: 'reachable', as: 'root', file: process.execPath, args: [script] }
  }
  if (!existsSync(INSTALLED_COMMAND)) {
    return {
      kind: 'unreachable',
      why: 'this user is not root and the host process is not installed (sudo perf-verdict host install)',
    }
  }
  return existsSync(SUDO)
    ? { kind: 'reachable', as: 'sudo', file: SUDO, args: ['-n', '--', INSTALLED_COMMAND] }
    : { kind: 'unreachable', why: 'this user is not root and sudo is not installed' }
}

/** Runs the host process's entry with the words given, on this terminal; returns its exit code. */
export function runHost(words: readonly string[]): number {
  // Alongside the other entries; this module itself may have been bundled into a chunk below them.
  const script = ['./host.js', '../host.js']
    .map(path => fileURLToPath(new URL(path, import.meta.url)))
    .find(path => existsSync(path))
  if (script === undefined) throw new Error('host.js is missing from this distribution')
  const { status, signal } = spawnSync(process.execPath, [script, ...words], { stdio: 'inherit' })
  return status ?? (signal === null ? 1 : 128)
}
