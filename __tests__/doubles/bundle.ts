import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Entries built into a temporary folder, so that they can be started as processes of their own. */
export interface Bundle {
  /** The path of a built entry by the name of its source file, without its ending. */
  path(name: string): string
  end(): void
}

/** Builds TypeScript entries; in a process of its own, because the bundler does not work in jest's. */
export function bundle(entries: readonly string[]): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-bundle-'))
  // Tests that run as another user start them too.
  chmodSync(folder, 0o755)
  const script = '__tests__/doubles/bundle-entries.mjs'
  const { status, stderr } = spawnSync(process.execPath, [script, folder, ...entries], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the entries could not be built: ${stderr}`)
  return {
    path: name => join(folder, `${name}.js`),
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}
