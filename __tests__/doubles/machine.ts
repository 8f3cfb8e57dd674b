import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A machine as a tree of plain files in a temporary folder: the parts of /sys, /proc, /dev and /run that we use. */
export interface FakeMachine {
  readonly root: string
  /** First line of a file. */
  read(path: string): string
  write(path: string, value: string): void
  remove(path: string): void
  /** Every setting by path, in plain form, to be compared before and after. */
  snapshot(): Readonly<Record<string, string>>
  /** A new boot: every setting as the boot makes it, a new boot id, and our folder in /run as it was (the hard case). */
  reboot(): void
  /** What the kernel does when the last process that held a device open has gone. */
  closeDevices(): void
  /** Removes the tree. */
  end(): void
}

export type MachineKind = 'server' | 'amd' | 'laptop' | 'vm' | 'single'

const CPU = '/sys/devices/system/cpu'

/** Files of groups that are there only while a machine is held. */
const GROUPS = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].map(root => `${root}/perf-verdict/cpuset.cpus`)

/** Builds a machine of one kind; `single` has one CPU, `vm` two and no frequency control. */
export function buildMachine(kind: MachineKind): FakeMachine {
  const root = fs.mkdtempSync(join(tmpdir(), `perf-verdict-${kind}-`))
  const at = (path: string) => join(root, path)
  const files = { ...KINDS[kind](), ...system(kind !== 'single') }
  let boots = 0
  const write = (path: string, value: string) => {
    fs.mkdirSync(dirname(at(path)), { recursive: true })
    fs.writeFileSync(at(path), value.endsWith('\n') ? value : `${value}\n`)
  }
  const closeDevices = () => {
    fs.mkdirSync(at('/dev'), { recursive: true })
    fs.writeFileSync(at('/dev/cpu_dma_latency'), Buffer.from(Int32Array.of(2_000_000_000).buffer))
  }
  const boot = () => {
    boots++
    fs.rmSync(at('/sys/fs/cgroup'), { recursive: true, force: true })
    for (const [path, value] of Object.entries(files)) write(path, value)
    write('/proc/sys/kernel/random/boot_id', `${String(boots).padStart(8, '0')}-aaaa-bbbb-cccc-000000000000`)
    closeDevices()
    fs.mkdirSync(at('/run/systemd/system'), { recursive: true })
    fs.mkdirSync(at('/usr/bin'), { recursive: true })
    fs.writeFileSync(at('/usr/bin/systemctl'), SYSTEMCTL, { mode: 0o755 })
  }
  boot()
  const first = (path: string) => {
    const line = fs.readFileSync(at(path), 'utf8').split('\n', 1)[0]!
    return /\[(\S+)\]/.exec(line)?.[1] ?? line
  }
  return {
    root,
    read: first,
    write,
    remove: path => fs.rmSync(at(path), { recursive: true }),
    snapshot: () =>
      Object.fromEntries([...Object.keys(files), ...GROUPS].map(path => [path, snapshotOf(path, at, first)])),
    reboot: boot,
    closeDevices,
    end: () => fs.rmSync(root, { recursive: true, force: true }),
  }
}

/** Machines for the tests of one file, and the end of all that were built. */
export function machinePark() {
  const machines: FakeMachine[] = []
  return {
    machineOf: (kind: MachineKind): FakeMachine => {
      const machine = buildMachine(kind)
      machines.push(machine)
      return machine
    },
    endMachines: () => {
      for (const machine of machines.splice(0)) machine.end()
    },
  }
}

function snapshotOf(path: string, at: (path: string) => string, first: (path: string) => string): string {
  return fs.existsSync(at(path)) ? first(path) : 'missing'
}

/** A stand-in for systemctl(1) that keeps the state of each unit in a file beside it. */
const SYSTEMCTL = `#!/bin/sh
root=\${0%/usr/bin/systemctl}
for unit; do :; done
state="$root/units/\${unit%.service}"
case "$1" in
  show)
    if [ -f "$state" ]; then echo LoadState=loaded; echo "ActiveState=$(head -1 "$state")"
    else echo LoadState=not-found; echo ActiveState=inactive; fi ;;
  stop) echo inactive > "$state" ;;
  start) echo active > "$state" ;;
esac
`

type Files = Readonly<Record<string, string>>

const KINDS: Readonly<Record<MachineKind, () => Files>> = {
  // Intel with SMT and two nodes: threads n and n+4 share a core, cores 0-1 on node 0, 2-3 on node 1.
  server: () => ({
    ...cpus(8, cpu => [cpu % 4, (cpu % 4) + 4]),
    '/sys/devices/system/node/node0/cpulist': '0-1,4-5',
    '/sys/devices/system/node/node1/cpulist': '2-3,6-7',
    ...policies(8, policy => ({
      scaling_driver: 'intel_pstate',
      scaling_governor: policy === 7 ? 'performance' : 'powersave',
      scaling_available_governors: 'performance powersave',
      scaling_min_freq: '800000',
      scaling_max_freq: '4200000',
      base_frequency: '2900000',
    })),
    [`${CPU}/intel_pstate/no_turbo`]: '0',
    [`${CPU}/intel_pstate/min_perf_pct`]: '17',
    ...interrupts(8, 6),
    ...idleStates(),
    ...cgroups('/sys/fs/cgroup', 'cpuset cpu io memory pids', '+cpuset'),
    '/units/irqbalance': 'active',
  }),
  // AMD without SMT: one global boost switch, P-states in a list.
  amd: () => ({
    ...cpus(4, cpu => [cpu]),
    ...policies(4, () => ({
      scaling_driver: 'acpi-cpufreq',
      scaling_governor: 'schedutil',
      scaling_available_governors: 'conservative ondemand userspace powersave performance schedutil',
      scaling_available_frequencies: '3400000 2800000 2200000',
      scaling_min_freq: '2200000',
      scaling_max_freq: '3400000',
    })),
    [`${CPU}/cpufreq/boost`]: '1',
    ...interrupts(4, 4),
    ...idleStates(),
    ...cgroups('/sys/fs/cgroup', 'cpuset cpu io memory pids', '-cpuset'),
  }),
  // Hybrid: CPUs 0-3 are two fast cores with SMT, 4-7 slow ones; boost by policy, no base frequency told.
  laptop: () => ({
    ...cpus(8, cpu => (cpu < 4 ? [cpu - (cpu % 2), cpu - (cpu % 2) + 1] : [cpu])),
    '/sys/devices/cpu_core/cpus': '0-3',
    '/sys/devices/cpu_atom/cpus': '4-7',
    ...policies(8, () => ({
      scaling_governor: 'powersave',
      scaling_available_governors: 'performance powersave',
      scaling_min_freq: '400000',
      scaling_max_freq: '4700000',
      boost: '1',
    })),
    ...interrupts(8, 3),
    ...idleStates(),
    // Version 1 has the controllers.
    ...cgroups('/sys/fs/cgroup/unified', '', '-cpuset'),
  }),
  vm: () => ({ ...cpus(2, cpu => [cpu]), ...interrupts(2, 3) }),
  single: () => ({ ...cpus(1, cpu => [cpu]), ...interrupts(1, 2) }),
}

function cpus(count: number, siblings: (cpu: number) => readonly number[]): Files {
  const all = range(count)
  return {
    [`${CPU}/online`]: count === 1 ? '0' : `0-${count - 1}`,
    [`${CPU}/isolated`]: '',
    '/proc/self/status': `Name:\tnode\nCpus_allowed_list:\t${count === 1 ? '0' : `0-${count - 1}`}\n`,
    ...Object.fromEntries(
      all.map(cpu => [`${CPU}/cpu${cpu}/topology/thread_siblings_list`, siblings(cpu).join(',')]),
    ),
    ...Object.fromEntries(all.slice(1).map(cpu => [`${CPU}/cpu${cpu}/online`, '1'])),
  }
}

function policies(count: number, values: (policy: number) => Readonly<Record<string, string>>): Files {
  return Object.fromEntries(
    range(count).flatMap(policy =>
      Object.entries(values(policy)).map(([name, value]) => [
        `${CPU}/cpufreq/policy${policy}/${name}`,
        value,
      ]),
    ),
  )
}

function interrupts(cpuCount: number, count: number): Files {
  const mask = (2 ** cpuCount - 1).toString(16)
  const list = cpuCount === 1 ? '0' : `0-${cpuCount - 1}`
  return {
    '/proc/irq/default_smp_affinity': mask,
    ...Object.fromEntries(range(count).map(irq => [`/proc/irq/${24 + irq}/smp_affinity_list`, list])),
    '/sys/devices/virtual/workqueue/cpumask': mask,
  }
}

/** Version 2 at its root; a plain file holds what was last written, so the list of controllers in use is told as `+cpuset` or `-cpuset`. */
function cgroups(root: string, offered: string, enabled: '+cpuset' | '-cpuset'): Files {
  return { [`${root}/cgroup.controllers`]: offered, [`${root}/cgroup.subtree_control`]: enabled }
}

function idleStates(): Files {
  return {
    [`${CPU}/cpu0/cpuidle/state0/name`]: 'POLL',
    [`${CPU}/cpu0/cpuidle/state0/latency`]: '0',
    [`${CPU}/cpu0/cpuidle/state1/name`]: 'C1',
    [`${CPU}/cpu0/cpuidle/state1/latency`]: '2',
    [`${CPU}/cpu0/cpuidle/state2/name`]: 'C6',
    [`${CPU}/cpu0/cpuidle/state2/latency`]: '133',
  }
}

/** Settings of the memory management and of the kernel, as a distribution leaves them. */
function system(withWatchdogs: boolean): Files {
  return {
    '/sys/kernel/mm/transparent_hugepage/enabled': '[always] madvise never',
    '/sys/kernel/mm/transparent_hugepage/khugepaged/defrag': '1',
    '/sys/kernel/mm/ksm/run': '1',
    '/proc/sys/vm/swappiness': '60',
    '/proc/sys/vm/stat_interval': '1',
    '/proc/sys/vm/compaction_proactiveness': '20',
    '/proc/sys/kernel/numa_balancing': '1',
    '/proc/sys/kernel/randomize_va_space': '2',
    '/proc/sys/kernel/perf_event_max_sample_rate': '50000',
    '/proc/sys/kernel/perf_event_paranoid': '4',
    ...(withWatchdogs ? { '/proc/sys/kernel/nmi_watchdog': '1', '/proc/sys/kernel/soft_watchdog': '1' } : {}),
  }
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}
