import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { perfStat } from '../../../src/shell/profilers/perf.ts'
import { openSandbox } from '../../../src/shell/sandbox/open.ts'
import { tools } from '../../../src/shell/tools/tools.ts'

/** An event of a unit that names its events itself, as `msr/tsc/`; all but the kernel's own units have some. */
function namedEvent(): string | undefined {
  const units = '/sys/bus/event_source/devices'
  const named = existsSync(units) ? readdirSync(units) : []
  const [unit] = named.filter(name => existsSync(join(units, name, 'events')))
  const [event] = unit === undefined ? [] : readdirSync(join(units, unit, 'events'))
  return event === undefined ? undefined : `${unit}/${event}/`
}

test('perf finds the units of the machine from inside the sandbox, by which named events are asked for', async () => {
  const perf = await tools.find('perf')
  const event = namedEvent()
  if (perf === undefined || event === undefined) {
    console.info('skipped: it takes perf and a unit with named events')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'pv-perf-'))
  chmodSync(folder, 0o711)
  const sandbox = await openSandbox(folder, { level: 'auto' })
  try {
    const { job, output } = await perfStat(
      sandbox,
      { perf, events: ['task-clock:u', event] },
      {
        ...{ side: 'base', command: 'true', tree: sandbox.spare, timeoutSeconds: 30, scheduling: {} },
        env: { PATH: '/usr/bin:/bin' },
      },
    )
    expect(job.stderr).not.toMatch(/Cannot find PMU|syntax error|Unable to find event/)
    // Whether it may be counted is another matter; a container may forbid all of perf.
    if (output.lines.length === 0) expect(job.stderr).toMatch(/permi|Access|not supported/i)
  } finally {
    await sandbox.end()
    rmSync(folder, { recursive: true, force: true })
  }
})
