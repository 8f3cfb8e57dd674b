import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Lints the workflows; the language service must be bundled before node 20 can read it. */
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-lint-'))
try {
  const bundle = join(folder, 'workflows.mjs')
  execFileSync(process.execPath, ['scripts/bundle-one.mjs', 'scripts/lint/workflows.mjs', bundle], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  process.exitCode =
    spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
