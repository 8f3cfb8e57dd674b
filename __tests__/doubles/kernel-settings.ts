import { readdirSync, readFileSync } from 'node:fs'

const FILES = [
  '/sys/kernel/mm/transparent_hugepage/enabled',
  '/sys/kernel/mm/transparent_hugepage/khugepaged/defrag',
  '/sys/kernel/mm/ksm/run',
  '/proc/sys/vm/swappiness',
  '/proc/sys/vm/stat_interval',
  '/proc/sys/vm/compaction_proactiveness',
  '/proc/sys/kernel/numa_balancing',
  '/proc/sys/kernel/randomize_va_space',
  '/proc/sys/kernel/watchdog',
  '/proc/sys/kernel/nmi_watchdog',
  '/proc/sys/kernel/soft_watchdog',
  '/proc/sys/kernel/perf_event_max_sample_rate',
  '/proc/sys/kernel/perf_event_paranoid',
  '/proc/irq/default_smp_affinity',
  '/sys/devices/virtual/workqueue/cpumask',
  '/sys/devices/system/cpu/intel_pstate/no_turbo',
  '/sys/devices/system/cpu/intel_pstate/min_perf_pct',
  '/sys/devices/system/cpu/cpufreq/boost',
]

const GROUPS = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified']

/** Groups for jobs that a process made and that are there. */
export function jobGroupsOf(pid: number): readonly string[] {
  return GROUPS.flatMap(root => namesIn(root).filter(name => name.startsWith(`perf-verdict-${pid}.`)))
}

/** What this very machine says of each setting that the host process may change, by file; an error's code where it says nothing. */
export function readKernelSettings(): Readonly<Record<string, string>> {
  const irqs = namesIn('/proc/irq')
    .filter(name => /^\d+$/.test(name))
    .map(irq => `/proc/irq/${irq}/smp_affinity_list`)
  const policies = namesIn('/sys/devices/system/cpu/cpufreq').flatMap(name =>
    ['scaling_governor', 'scaling_min_freq', 'boost'].map(
      file => `/sys/devices/system/cpu/cpufreq/${name}/${file}`,
    ),
  )
  const groups = GROUPS.flatMap(root => [`${root}/cgroup.subtree_control`, `${root}/perf-verdict`])
  return Object.fromEntries([...FILES, ...irqs, ...policies, ...groups].map(path => [path, read(path)]))
}

/** The files whose settings differ. */
export function changedSettings(
  before: Readonly<Record<string, string>>,
  after = readKernelSettings(),
): readonly string[] {
  return Object.keys(before).filter(path => before[path] !== after[path])
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unreadable'
  }
}
