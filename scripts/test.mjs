import { spawnSync } from 'node:child_process'

/** Runs jest in native ESM mode, passing on whatever arguments it was given. */
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
)
process.exit(status ?? 1)
