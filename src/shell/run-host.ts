import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Runs the host process's own door with the words given, on this terminal; yields its exit code. */
export function runHost(words: readonly string[]): number {
  // Beside the other doors; this module itself may have been bundled into a chunk below them.
  const script = ['./host.js', '../host.js']
    .map(path => fileURLToPath(new URL(path, import.meta.url)))
    .find(path => existsSync(path))
  if (script === undefined) throw new Error('host.js is missing from this distribution')
  const { status, signal } = spawnSync(process.execPath, [script, ...words], { stdio: 'inherit' })
  return status ?? (signal === null ? 1 : 128)
}
