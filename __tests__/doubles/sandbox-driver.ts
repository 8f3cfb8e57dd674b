import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobLimits } from '../../src/core/sandbox/limits.ts'
import type { Scheduling } from '../../src/core/tuning/scheduling.ts'
import { weaknessLimitation } from '../../src/report/limitations/sandbox.ts'
import { machineLimits } from '../../src/shell/jobs/watch-room.ts'
import type { JobOutcome } from '../../src/shell/ports/ports.ts'
import { openSandbox } from '../../src/shell/sandbox/open.ts'

/** Runs shell lines, one job each, in a sandbox of the level asked for, and prints what came of them as JSON: a program of its own, so
 *  that a test can start it as another user. */
const [level, scheduling, ...lines] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'pv-driver-'))
chmodSync(folder, 0o711)
const less = JSON.parse(process.env.LIMITS ?? '{}') as Partial<JobLimits>
const limits = { ...machineLimits(folder), ...less }
const sandbox = await openSandbox(folder, { level: level as 'auto' | 'required' | 'off' }, limits)
// A tree of a side has the toolchains' caches under layers, and the spare one has not.
const tree = process.env.SIDE === undefined ? sandbox.spare : join(folder, process.env.SIDE)
if (tree !== sandbox.spare) {
  mkdirSync(tree)
  await sandbox.adopt(tree)
}
const run = (line: string): Promise<JobOutcome> =>
  sandbox.run({
    argv: ['bash', '-c', line.slice(line.indexOf(' ') + 1)],
    tree,
    env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', ...JSON.parse(process.env.VARIABLES ?? '{}') },
    timeoutSeconds: Number(line.split(' ', 1)[0]),
    outputCap: 1_000_000,
    builds: process.env.BUILDS === '1',
    scheduling: JSON.parse(scheduling!) as Scheduling,
  })
const outcomes: JobOutcome[] = []
if (process.env.TOGETHER === '1') outcomes.push(...(await Promise.all(lines.map(run))))
else
  for (const line of lines) {
    // What is kept from one job to the next in this tree is made anew.
    if (process.env.ANEW === '1') await sandbox.adopt(tree)
    outcomes.push(await run(line))
  }
await sandbox.end()
process.stdout.write(
  JSON.stringify({
    isolation: sandbox.isolation,
    limitations: sandbox.weaknesses.map(weaknessLimitation),
    outcomes,
  }),
)
