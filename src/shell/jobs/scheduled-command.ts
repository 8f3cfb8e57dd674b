import { getPriority } from 'node:os'
import { InputError } from '../../core/model/errors.ts'
import type { JobLimits } from '../../core/sandbox/limits.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { ToolPort } from '../ports/ports.ts'
import type { JobGroup } from './cgroups.ts'

const TOOLS = ['taskset', 'nice', 'chrt', 'prlimit'] as const

/** Absolute paths of what sets how a process is run: found on the gate's own PATH, because a job's may lead anywhere. */
export type StartTools = Readonly<Partial<Record<(typeof TOOLS)[number], string>>>

/** Where a job is started from. */
export interface Start {
  readonly tools: StartTools
  readonly group?: JobGroup
  /** Whether the job's user is its own, so that its processes can be counted. */
  readonly counted: boolean
  /** Whether we are root, who can make it the first that the kernel ends where memory runs out, whatever it does. */
  readonly endsFirst: boolean
  readonly limits: JobLimits
}

// What root says here of whom the kernel ends first, a process without root's rights cannot lower again (proc_pid_oom_score_adj(5)). The
// shell moves itself, and everything after it is in the group. The nice value of an autogroup counts where a session is one (sched(7)); the
// kernel lets ordinary users set one every tenth of a second only (kernel/sched/autogroup.c), so that a second try may be needed.
const ENTER = `
{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
procs=$1 nice=$2
shift 2
for group in $procs; do echo 0 >"$group" || exit 126; done
if [ -n "$nice" ] && [ -e /proc/self/autogroup ]; then
  for pause in 0.05 0.05 0.05 0; do
    { echo "$nice" >/proc/self/autogroup; } 2>/dev/null && break
    sleep "$pause"
  done
fi
exec "$@"
`

/** Finds the tools once. */
export async function findStartTools({ find }: Pick<ToolPort, 'find'>): Promise<StartTools> {
  const found = await Promise.all(TOOLS.map(async name => [name, await find(name)] as const))
  return Object.fromEntries(found.filter(([, path]) => path !== undefined))
}

/**
 * The command with everything before it that makes the kernel run it as asked: its group first, because the CPUs of a partition
 * can be had from within only; then priority, CPUs and limits. The right to a priority is used and not passed on.
 */
export function started(
  argv: readonly string[],
  { tools, group, counted, endsFirst, limits: { processes, fileBytes, coreBytes, queueBytes } }: Start,
  { cpus, nice, realTime }: Scheduling = {},
): readonly string[] {
  const hurried = nice !== undefined || realTime !== undefined
  const limits = [
    ...(counted ? [`--nproc=${processes}`] : []),
    `--fsize=${fileBytes}`,
    `--core=${coreBytes}`,
    ...(queueBytes === undefined ? [] : [`--msgqueue=${queueBytes}`]),
    ...(hurried ? ['--nice=0', '--rtprio=0'] : []),
  ]
  const chain = [
    ...(realTime === undefined ? [] : [toolOf(tools, 'chrt'), '-r', `${realTime}`]),
    // The tool adds to the value that we have ourselves.
    ...(nice === undefined ? [] : [toolOf(tools, 'nice'), '-n', `${nice - getPriority()}`]),
    ...(cpus === undefined ? [] : [toolOf(tools, 'taskset'), '-c', cpus]),
    // Of what a run needs, the limits are the only part that a small system may lack.
    ...(tools.prlimit === undefined ? [] : [tools.prlimit, ...limits]),
    ...argv,
  ]
  if (group === undefined && nice === undefined && !endsFirst) return chain
  // The kernel's own names have no blanks, and neither have ours.
  const procs = group === undefined ? [] : [`${group.folder}/cgroup.procs`, ...(group.limited?.procs ?? [])]
  return ['/bin/sh', '-c', ENTER, 'enter', procs.join(' '), `${nice ?? ''}`, ...chain]
}

function toolOf(tools: StartTools, name: keyof StartTools): string {
  const path = tools[name]
  if (path === undefined)
    throw new InputError([
      `${name} is not installed, without which benchmarks cannot be run as asked; install it, or write tune: off.`,
    ])
  return path
}
