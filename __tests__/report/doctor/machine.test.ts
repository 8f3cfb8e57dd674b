import { describe, expect, test } from '@jest/globals'
import { failed, success } from '../../../src/core/model/result.ts'
import { type KnobState, knobStates } from '../../../src/core/tuning/knob-state.ts'
import type { TuningContext } from '../../../src/core/tuning/knobs/knob.ts'
import { KNOBS } from '../../../src/core/tuning/knobs/table.ts'
import type { MachineState } from '../../../src/core/tuning/machine-state.ts'
import { describeMachine } from '../../../src/report/doctor/machine.ts'

const scene: TuningContext = {
  online: [0, 1, 2, 3],
  chosen: [1],
  quiet: [1, 3],
  asRoot: true,
  idleLatency: 2,
}

/** Knob states of a machine that has these values; everything else is not there. */
function statesOf(
  values: Readonly<Record<string, string>>,
  related: Readonly<Record<string, string>> = {},
): readonly KnobState[] {
  const surveys = KNOBS.map(knob => {
    const value = values[knob.name]
    const path = knob.files[0]!.replaceAll('*', '3')
    return { knob, readings: value === undefined ? [] : [{ path, value, choices: [], related }] }
  })
  return knobStates(surveys, scene)
}

const state: MachineState = {
  knobs: statesOf({ thp: 'always', swappiness: '1', ksm: '2', 'perf-paranoid': '4', smt: '1' }),
  choice: { chosen: [1], quiet: [1, 3], because: 'CPU 1: away from CPU 0, on NUMA node 0' },
  access: success('sudo'),
  noise: [],
  online: [0, 1, 2, 3],
  smt: true,
  cmdline: 'quiet',
  virtual: false,
  user: 'runner',
  perf: '/usr/bin/perf',
}

describe('the advice on the machine', () => {
  test('says how it is, what is set by itself, and what to do once, each with its command and source', () => {
    expect(describeMachine(state)).toBe(`This machine
  - It can be tuned through sudo.
  - The benchmark runs on CPU 1: away from CPU 0, on NUMA node 0.
  - As wanted already: swappiness.
  - ksm stays at 2: it is being unmerged.
  - Not here: c-states, governor, min-frequency, turbo, irqbalance, default-irq-affinity, irq-affinity, workqueues, khugepaged, numa-balancing, compaction, stat-interval, aslr, nmi-watchdog, soft-watchdog, perf-sample-rate, priority, real-time, cpuset.
  - Nothing disturbs it right now (CPU 0-3).

What perf-verdict sets while it measures, and restores
  - thp: always becomes madvise; with \`always\`, whether the heap gets huge pages depends on how fragmented the memory is today. Source: https://docs.kernel.org/admin-guide/mm/transhuge.html
  - perf-paranoid: 4 becomes 2; perf may count the instructions and cache misses of the benchmark. Source: https://docs.kernel.org/admin-guide/perf-security.html
  - smt, only when tune says required or names it: 1 becomes 0; the other thread of the core shares its caches and execution units with the benchmark. Source: https://docs.kernel.org/core-api/cpu_hotplug.html

What you should set once
  - No CPU is isolated, so the scheduler may run other work on the CPU of the benchmark. Isolating CPU 1,3 keeps it free of other processes, of the timer tick and of RCU callbacks; it costs the other programs those CPUs, and takes a restart.
      sudo grubby --update-kernel=ALL --args='isolcpus=managed_irq,domain,1,3 nohz_full=1,3 rcu_nocbs=1,3' && sudo reboot   (without grubby: add them to GRUB_CMDLINE_LINUX in /etc/default/grub, then sudo update-grub && sudo reboot)
      Source: https://docs.kernel.org/admin-guide/kernel-parameters.html
  - Two threads share each core. perf-verdict leaves CPU 3 without interrupts, but other programs may still use it; switch SMT off in the firmware or at boot, or add smt to tune to take it offline while measuring.
      sudo grubby --update-kernel=ALL --args='nosmt' && sudo reboot   (without grubby: add them to GRUB_CMDLINE_LINUX in /etc/default/grub, then sudo update-grub && sudo reboot)
      Source: https://docs.kernel.org/admin-guide/kernel-parameters.html
  - Turbo cannot be switched off from here, so the clock follows temperature and the load of other cores. Switch it off in the firmware (Intel Turbo Boost, AMD Core Performance Boost).
      Source: https://docs.kernel.org/admin-guide/pm/cpufreq.html#the-boost-file-in-sysfs
  - kernel.perf_event_paranoid is 4, so perf counts only while perf-verdict has lowered it to 2 for everybody. Giving perf alone the right to count leaves the setting as it is.
      sudo setcap cap_perfmon+ep /usr/bin/perf
      Source: https://docs.kernel.org/admin-guide/perf-security.html
`)
  })

  test.each<[string, Partial<MachineState>, RegExp]>([
    [
      'one CPU',
      { choice: { chosen: [], quiet: [], because: 'this machine has one' } },
      /Use a machine with at least two CPUs/,
    ],
    [
      'no way in',
      {
        access: failed(
          'this user is not root and the host process is not installed (sudo perf-verdict host install)',
        ),
      },
      /sudo perf-verdict host install --user runner/,
    ],
    ['a hypervisor', { virtual: true }, /This is a virtual machine/],
    [
      'a partition to be had',
      { knobs: statesOf({ 'perf-paranoid': '2', cpuset: 'absent' }, { offered: 'cpuset cpu' }) },
      /add cpuset to tune instead\./,
    ],
    ['noise', { noise: ['Something is loud; quieten it.'] }, /Something is loud; quieten it\./],
  ])('with %s says so', (_, part, expected) =>
    expect(describeMachine({ ...state, ...part })).toMatch(expected),
  )

  test.each<[string, Partial<MachineState>, RegExp]>([
    ['an isolated CPU', { cmdline: 'isolcpus=1,3' }, /No CPU is isolated/],
    ['two CPUs in all', { online: [0, 1] }, /No CPU is isolated/],
    ['a hypervisor', { virtual: true }, /Turbo cannot be switched off/],
    ['no perf', { perf: undefined as never }, /setcap/],
    ['a way in', {}, /host install/],
  ])('with %s does not advise what would be of no use', (_, part, unwanted) =>
    expect(describeMachine({ ...state, ...part })).not.toMatch(unwanted),
  )

  test('on a perfect machine has nothing to add', () => {
    const perfect = {
      ...state,
      knobs: statesOf({ turbo: '1', swappiness: '1' }),
      smt: false,
      cmdline: 'isolcpus=1',
    }
    expect(describeMachine(perfect)).toMatch(
      /Nothing: every setting that it knows is as wanted.*\n\n.*\n {2}- Nothing: this machine is as good as it gets\./,
    )
  })
})
