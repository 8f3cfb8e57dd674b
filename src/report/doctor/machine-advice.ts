import { idleSiblings } from '../../core/machine/cpu-choice.ts'
import { formatCpuList } from '../../core/machine/cpu-list.ts'
import type { KnobState } from '../../core/tuning/knob-state.ts'
import type { Advice, MachineState } from '../../core/tuning/machine-state.ts'

const PARAMETERS = 'https://docs.kernel.org/admin-guide/kernel-parameters.html'

/** What the administrator should do once, the most rewarding first. */
export function adviseOnce(state: MachineState): readonly Advice[] {
  return [
    ...adviseAccess(state),
    ...advisePlace(state),
    ...adviseIsolation(state),
    ...adviseSmt(state),
    ...adviseTurbo(state),
    ...advisePerf(state),
  ]
}

function adviseAccess({ access, user }: MachineState): readonly Advice[] {
  if (access.ok) return []
  return [
    {
      says: `perf-verdict cannot tune this machine, because ${access.fault}. Installing the host process lets ${user} tune it while measuring, and nothing else.`,
      command: `sudo perf-verdict host install --user ${user}`,
      source: 'docs/runner-setup.md',
    },
  ]
}

function advisePlace({ virtual }: MachineState): readonly Advice[] {
  return virtual
    ? [
        {
          says: 'This is a virtual machine: its clock and sleep states belong to the host, and neighbours share its caches. Small changes are shown sooner on a machine of your own.',
          source: 'https://docs.kernel.org/virt/index.html',
        },
      ]
    : []
}

function adviseIsolation({ choice, online, cmdline, knobs }: MachineState): readonly Advice[] {
  if (choice.chosen.length === 0) {
    return [
      {
        says: `No CPU can be set apart, because ${choice.because}. Use a machine with at least two CPUs, better four.`,
        source: 'https://man7.org/linux/man-pages/man7/cpuset.7.html',
      },
    ]
  }
  if (online.length < 4 || /\bisolcpus=/.test(cmdline)) return []
  const cpus = formatCpuList(choice.quiet)
  const partition = knobs.some(({ knob, state }) => knob.name === 'cpuset' && state === 'settable')
  const instead = partition
    ? ' To keep other processes away for as long as a gate measures and no longer, add cpuset to tune instead.'
    : ''
  return [
    {
      says: `No CPU is isolated, so the scheduler may run other work on the CPU of the benchmark. Isolating CPU ${cpus} keeps it free of other processes, of the timer tick and of RCU callbacks; it costs the other programs those CPUs, and takes a restart.${instead}`,
      command: bootWith(`isolcpus=managed_irq,domain,${cpus} nohz_full=${cpus} rcu_nocbs=${cpus}`),
      source: PARAMETERS,
    },
  ]
}

function adviseSmt({ smt, choice }: MachineState): readonly Advice[] {
  const siblings = idleSiblings(choice)
  if (!smt || siblings.length === 0) return []
  return [
    {
      says: `Two threads share each core. perf-verdict leaves CPU ${formatCpuList(siblings)} without interrupts, but other programs may still use it; switch SMT off in the firmware or at boot, or add smt to tune to take it offline while measuring.`,
      command: bootWith('nosmt'),
      source: PARAMETERS,
    },
  ]
}

function adviseTurbo({ knobs, virtual }: MachineState): readonly Advice[] {
  const turbo = knobs.find(({ knob }) => knob.name === 'turbo')
  if (virtual || turbo?.state !== 'absent') return []
  return [
    {
      says: 'Turbo cannot be switched off from here, so the clock follows temperature and the load of other cores. Switch it off in the firmware (Intel Turbo Boost, AMD Core Performance Boost).',
      source: turbo.knob.source,
    },
  ]
}

function advisePerf({ knobs, perf }: MachineState): readonly Advice[] {
  const paranoid = knobs.find(({ knob }) => knob.name === 'perf-paranoid')
  const level = Number(paranoid?.found ?? Number.NaN)
  if (perf === undefined || !(level > 2) || !paranoid) return []
  return [
    {
      says: `kernel.perf_event_paranoid is ${level}, so perf counts only while perf-verdict has lowered it to 2 for everybody. Giving perf alone the right to count leaves the setting as it is.`,
      command: `sudo setcap cap_perfmon+ep ${perf}`,
      source: paranoid.knob.source,
    },
  ]
}

/** grubby(8) is on Fedora and its kin; Debian and its kin edit a file. */
function bootWith(parameters: string): string {
  return `sudo grubby --update-kernel=ALL --args='${parameters}' && sudo reboot   (without grubby: add them to GRUB_CMDLINE_LINUX in /etc/default/grub, then sudo update-grub && sudo reboot)`
}

const WHEN = {
  auto: '',
  required: ', only when tune says required or names it',
  named: ', only when tune names it',
} as const

/** What perf-verdict itself would set while it measures, a line each. */
export function describeSettable(knobs: readonly KnobState[]): readonly string[] {
  return knobs
    .filter(({ state }) => state === 'settable')
    .map(({ knob, found, wanted }) => {
      return `${knob.name}${WHEN[knob.scope]}: ${found} becomes ${wanted}; ${knob.why}. Source: ${knob.source}`
    })
}
