import { probeCounters } from '../flow/count/probe-counters.ts'
import { inspectMachine } from '../flow/inspect-machine.ts'
import { describeCounters } from '../report/doctor/counters-probe.ts'
import { describeMachine, describeTools } from '../report/doctor/machine.ts'
import { openWorld } from '../shell/open-world.ts'
import { terminal } from '../shell/runner/terminal.ts'

/** Says what this machine can do for a gate, and how to get what is missing; changes nothing. Yields the exit code. */
export async function doctor(): Promise<number> {
  const { outside, close } = await openWorld(terminal)
  try {
    const sandbox = await outside.isolate({ level: 'auto' })
    const machine = await inspectMachine(outside.machine, outside.tools)
    const probe = await probeCounters({ ...outside, sandbox })
    const found = await Promise.all(
      TOOLS.map(async tool => ({ ...tool, path: await outside.tools.find(tool.name) })),
    )
    process.stdout.write(
      [
        describeMachine(machine),
        'Where code of the pull request runs',
        `  - isolation: ${sandbox.isolation}`,
        ...sandbox.limitations.map(({ what, instead }) => `  - ${what} ${instead}`),
        '',
        'What can be counted',
        ...describeCounters(probe).map(line => `  - ${line}`),
        '',
        ...describeTools(found),
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    await close()
  }
}

const TOOLS = [
  { name: 'git', use: 'finding the merge base', debian: 'git' },
  { name: 'cc', use: 'layout trials of C programs', debian: 'gcc' },
  { name: 'mold', use: 'layout trials, the best linker for them', debian: 'mold' },
  { name: 'ld.lld', use: 'layout trials', debian: 'lld' },
  { name: 'ld.gold', use: 'layout trials', debian: 'binutils-gold' },
  { name: 'ld', use: 'layout trials, through a linker script', debian: 'binutils' },
  { name: 'perf', use: 'hardware counters and profiles', debian: 'linux-perf' },
  { name: 'valgrind', use: 'simulated counters where there is no PMU', debian: 'valgrind' },
  { name: 'c++filt', use: 'readable C++ and Rust names', debian: 'binutils' },
] as const
