import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'

/**
 * Runs jest in native ESM mode, passing on whatever arguments it was given. Tests of two tiers lie side by side: `x.test.ts` passes on any
 * machine within minutes; `x.system.test.ts` needs real linkers, machines or runners and runs with `--system`. The soak runs both (`--both`).
 */
const given = process.argv.slice(2)
// System tests tune the machine and ask the clock: one file at a time.
const alone = ['--testTimeout', '600000', '--maxWorkers', '1']
const fast = [
  ...['--testPathIgnorePatterns', '\\.system\\.test\\.ts$', '/node_modules/'],
  ...['--maxWorkers', String(Math.min(8, Math.max(2, availableParallelism())))],
]
const tier = given.includes('--both')
  ? alone
  : given.includes('--system')
    ? ['--testMatch', '<rootDir>/__tests__/**/*.system.test.ts', ...alone]
    : fast
const seed = process.env.SEED ?? String(randomInt(2 ** 31))
process.stderr.write(`Random cases are drawn from seed ${seed}; SEED=${seed} repeats them.\n`)
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    ...given.filter(argument => !['--system', '--both'].includes(argument)),
    ...tier,
  ],
  { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1', SEED: seed } },
)
process.exit(status ?? 1)
