import type { CpuChoice } from '../machine/cpu-choice.ts'
import { formatCpuList } from '../machine/cpu-list.ts'
import type { KnobName } from './knobs/knob.ts'
import type { Tuned } from './knobs/report.ts'
import { PARTITIONS } from './knobs/scheduling.ts'

/** How the kernel is asked to run the benchmark: where, before whom, and in whose company. Empty on an untuned machine. */
export interface Scheduling {
  /** CPUs to pin to, as a list such as `3` or `2-3`; absent when pinning is not possible. */
  readonly cpus?: string
  /** Nice value, as far as its user has the right to it (setpriority(2)). */
  readonly nice?: number
  /** Round-robin real-time priority (sched(7)). */
  readonly realTime?: number
  /** The folder of a cgroup that has its CPUs to itself. */
  readonly partition?: (typeof PARTITIONS)[number]
}

/** What of it is left when the machine is released. */
export function afterRelease({ cpus }: Scheduling): Scheduling {
  return cpus === undefined ? {} : { cpus }
}

/** What of it came true on a tuned machine. */
export function schedulingOf(tuned: Tuned, choice: CpuChoice): Scheduling {
  const done = [
    ...tuned.already,
    ...tuned.attempts.filter(({ failed }) => failed === undefined).map(({ setting }) => setting),
  ]
  const settingOf = (name: KnobName) => done.find(({ knob }) => knob === name)
  const [nice, realTime] = [settingOf('priority'), settingOf('real-time')]
  const partition = PARTITIONS.find(path => path === settingOf('cpuset')?.path)
  return {
    ...(choice.chosen.length > 0 && { cpus: formatCpuList(choice.chosen) }),
    ...(nice && { nice: Number(nice.set) }),
    ...(realTime && { realTime: Number(realTime.set) }),
    ...(partition !== undefined && { partition }),
  }
}
