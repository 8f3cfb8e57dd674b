import { formatCpuList, without } from '../../machine/cpu-list.ts'
import { type Knob, NO_CPU, type SettingReading } from './knob.ts'

/** Where a partition can be: cgroup v2 has a place of its own where a machine has v1 too. */
export const PARTITIONS = ['/sys/fs/cgroup/perf-verdict', '/sys/fs/cgroup/unified/perf-verdict'] as const

const priority: Knob = {
  name: 'priority',
  unit: 'nice value of the benchmark',
  via: 'client',
  files: ['client:nice'],
  shape: 'number',
  grammar: /^-?\d{1,2}$/,
  scope: 'auto',
  // The highest: it holds on the CPU of the benchmark only, where nothing else is meant to run.
  wish: (_, { chosen }) => (chosen.length === 0 ? NO_CPU : { set: '-20' }),
  needs: 'root; the right to it ends with the process that asked',
  why: 'whatever else comes to the CPU of the benchmark gets next to none of its time',
  source: 'https://man7.org/linux/man-pages/man7/sched.7.html',
}

const realTime: Knob = {
  name: 'real-time',
  unit: 'round-robin priority of the benchmark',
  via: 'client',
  files: ['client:real-time'],
  shape: 'number',
  grammar: /^\d{1,2}$/,
  // Kernels may stop real-time programs for 50 ms of each second (sched_rt_runtime_us), which is a noise of its own.
  scope: 'named',
  // Round robin rather than first in, first out: threads that spin for each other on one CPU would never get their turn.
  wish: (_, { chosen }) => (chosen.length === 0 ? NO_CPU : { set: '1' }),
  needs: 'root; the right to it ends with the process that asked',
  why: 'no ordinary program, of whatever priority or group, runs on the CPU of the benchmark before it',
  source: 'https://docs.kernel.org/scheduler/sched-rt-group.html',
}

const CGROUPS = 'https://docs.kernel.org/admin-guide/cgroup-v2.html'

const cpusetController: Knob = {
  name: 'cpuset-controller',
  unit: 'whether groups have CPUs of their own',
  via: 'file',
  files: PARTITIONS.map(path => path.replace(/perf-verdict$/, 'cgroup.subtree_control')),
  related: { offered: '{dir}/cgroup.controllers' },
  shape: 'cpuset',
  grammar: /^[+-]cpuset$/,
  scope: 'required',
  goesWith: 'cpuset',
  // Where no group will be made, that is for the group to say.
  wish: ({ value, related }, { chosen, asRoot }) => ({
    set: chosen.length > 0 && asRoot && offersCpuset(related) ? '+cpuset' : value,
  }),
  needs: 'root, only where no other group uses it',
  why: 'only with it can a group have CPUs to itself',
  source: `${CGROUPS}#controlling-controllers`,
}

const cpuset: Knob = {
  name: 'cpuset',
  unit: 'CPUs of an isolated partition',
  via: 'group',
  files: PARTITIONS,
  related: { offered: '{dir}/cgroup.controllers' },
  shape: 'list',
  grammar: /^(absent|\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?){0,1024})$/,
  scope: 'required',
  wish: ({ value, related }, { online, chosen, quiet, asRoot }) => {
    if (chosen.length === 0) return NO_CPU
    if (!offersCpuset(related))
      return { leave: 'cgroup v2 does not offer cpuset here (cgroup v1 has it, or the kernel lacks it)' }
    if (!asRoot)
      return { leave: 'an ordinary user cannot move its jobs into a group; isolate a CPU at boot instead' }
    if (value !== 'absent') return { leave: 'a group of this name exists already, and no journal names it' }
    return { set: formatCpuList(without(online, quiet).length > 0 ? quiet : chosen) }
  },
  needs: 'root on both sides, Linux 6.1 and cgroup v2; everything else loses these CPUs meanwhile',
  why: 'nothing else runs on the CPU of the benchmark, and the scheduler leaves it alone',
  source: `${CGROUPS}#cpuset-interface-files`,
}

function offersCpuset(related: SettingReading['related']): boolean {
  return /(?:^|\s)cpuset(?:\s|$)/.test(related.offered ?? '')
}

/** Who runs on the CPU of the benchmark, and before whom; the controller comes before the group that needs it. */
export const schedulingKnobs: readonly Knob[] = [priority, realTime, cpusetController, cpuset]
