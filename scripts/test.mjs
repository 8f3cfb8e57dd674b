import { spawnSync } from 'node:child_process'

/**
 * Runs jest in native ESM mode, passing on whatever arguments it was given. Tests of two tiers lie side by side: `x.test.ts` passes on any
 * machine within minutes, `x.system.test.ts` needs real linkers, machines, browsers or runners and runs with `--system`.
 */
const given = process.argv.slice(2)
const system = given.includes('--system')
const tier = system
  ? ['--testMatch', '<rootDir>/__tests__/**/*.system.test.ts', '--testTimeout', '600000']
  : ['--testPathIgnorePatterns', '\\.system\\.test\\.ts$', '/node_modules/']
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    ...given.filter(argument => argument !== '--system'),
    ...tier,
  ],
  { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
)
process.exit(status ?? 1)
