import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs jest in native ESM mode, passing on whatever arguments it was given. Tests come in two tiers: `x.test.ts` passes on any machine
 * within minutes; `x.system.test.ts` needs real linkers, machines or runners and runs with `--system`. The soak runs both (`--both`).
 */
const given = process.argv.slice(2)
const passedOn = given.filter(argument => !['--system', '--both'].includes(argument))
const seed = process.env.SEED ?? String(randomInt(2 ** 31))
process.stderr.write(`Random cases are drawn from seed ${seed}; SEED=${seed} repeats them.\n`)

/** More than there are CPUs: tests wait for programs that they start, and beside other work of the machine each worker gets a share of its own. */
const workers = limit => ['--maxWorkers', String(Math.min(limit, Math.max(4, 2 * availableParallelism())))]
// System tests tune the machine and ask the clock: one file at a time.
const alone = ['--testTimeout', '600000', '--maxWorkers', '1']

if (given.includes('--both')) process.exit(jest(alone))
if (!given.includes('--system'))
  process.exit(jest(['--testPathIgnorePatterns', '\\.system\\.test\\.ts$', '/node_modules/', ...workers(8)]))
if (passedOn.length > 0) process.exit(jest([...matching('**/*.system.test.ts'), ...alone]))
process.exit(wholeSystemTier())

/** Files that say so in their first line share the machine with one another; every other one then has it to itself. */
function wholeSystemTier() {
  const files = readdirSync('__tests__', { recursive: true })
    .filter(file => file.endsWith('.system.test.ts'))
    .map(file => join('__tests__', file))
  const shares = file => readFileSync(file, 'utf8').startsWith('// Shares the machine')
  const [sharing, rest] = [files.filter(shares), files.filter(file => !shares(file))]
  const folder = mkdtempSync(join(tmpdir(), 'pv-tally-'))
  try {
    const statuses = [
      jest([...matching(...sharing), '--testTimeout', '600000', ...workers(4)], join(folder, 'sharing')),
      jest([...matching(...rest), ...alone], join(folder, 'alone')),
    ]
    const tallies = ['sharing', 'alone'].map(name => tallyAt(join(folder, name)))
    const sum = key => tallies.reduce((total, tally) => total + tally[key], 0)
    process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`)
    return Math.max(...statuses)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A run of jest that left no tally has failed. */
function tallyAt(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { passed: 0, failed: 1, skipped: 0 }
}

function matching(...patterns) {
  return patterns.flatMap(pattern => ['--testMatch', `<rootDir>/${pattern.replace(/^\*\*/, '__tests__/**')}`])
}

/** The exit code of jest; its tally is kept in the file at `tally`. */
function jest(options, tally) {
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...passedOn, ...options],
    {
      stdio: 'inherit',
      env: { ...process.env, NODE_NO_WARNINGS: '1', SEED: seed, ...(tally && { TALLY: tally }) },
    },
  )
  return status ?? 1
}
