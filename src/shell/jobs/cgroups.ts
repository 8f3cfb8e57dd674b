import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError } from '../../core/model/errors.ts'
import type { JobLimits } from '../../core/sandbox/limits.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { type LimitedGroups, limitGroups, sweepLimitedGroups } from './limited-groups.ts'

/** Where cgroup v2 is mounted, alone or together with v1. */
const ROOTS = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified']

/** A cgroup for the processes of one job at a time. */
export interface JobGroup {
  readonly folder: string
  /** What holds it to limits; absent in a partition of the machine's, which is nobody's to limit. */
  readonly limited?: LimitedGroups | undefined
  /** CPU seconds of everything that ever ran in it (`usage_usec` of cpu.stat, which every group has; cgroup-v2.rst). */
  cpuSeconds(): number | undefined
  /** Threads in it now, not counting the first of each process (`cgroup.threads` and `cgroup.procs`, cgroup-v2.rst). */
  extraThreads(): number
  /** Ends every process in it, whatever session, group or parent it has given itself (cgroup.kill, Linux 5.14). */
  kill(): void
  /** Removes it, once what was killed is gone. */
  remove(): Promise<void>
}

export interface JobGroups {
  /** A new group for jobs, below a partition that has CPUs to itself if they are to run in one. */
  make(scheduling?: Scheduling): JobGroup
  /** Gives all jobs the weight that one which is scheduled so has to have. */
  weigh(scheduling?: Scheduling): void
  /** Removes our folder. */
  close(): Promise<void>
}

/** Our own folder for groups of jobs, or nothing where we may not make any; what killed runs left behind is ended first. */
export async function openJobGroups(
  limits: JobLimits,
  roots: readonly string[] = ROOTS,
): Promise<JobGroups | undefined> {
  const root = roots.find(folder => existsSync(join(folder, 'cgroup.controllers')))
  if (root === undefined) return undefined
  await sweepJobGroups(roots)
  const own = makeOwn(root)
  if (own === undefined) return undefined
  const limited = limitGroups(own, limits)
  let jobs = 0
  return {
    weigh: ({ nice } = {}) => weigh(own, nice === undefined ? USUAL_WEIGHT : MOST_WEIGHT),
    make: ({ partition } = {}) => {
      const folder =
        partition === undefined ? join(own, `${++jobs}`) : join(partition, `${process.pid}.${++jobs}`)
      makeIn(folder)
      return { ...groupAt(folder), ...(partition === undefined && { limited }) }
    },
    close: async () => {
      await groupAt(own).remove()
      limited.close()
    },
  }
}

/** Ends and removes the groups of runs that are no longer there. */
export async function sweepJobGroups(roots: readonly string[] = ROOTS): Promise<void> {
  for (const root of roots)
    for (const name of foldersIn(root)) {
      const pid = /^perf-verdict-(\d+)\.\d+$/.exec(name)?.[1]
      if (pid !== undefined && !existsSync(`/proc/${pid}`)) await groupAt(join(root, name)).remove()
    }
  sweepLimitedGroups()
}

/** Where groups part the CPU time, a nice value counts within its group only, and the group's weight counts between them. */
function weigh(own: string, weight: number): void {
  try {
    writeFileSync(join(own, 'cpu.weight'), `${weight}`)
  } catch {
    // Without the cpu controller there is nothing to weigh.
  }
}

const USUAL_WEIGHT = 100
const MOST_WEIGHT = 10_000

function makeIn(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    throw new InputError([
      `The group ${folder} for a job could not be made (${error}); its parent group was removed, so take cpuset out of tune.`,
    ])
  }
}

/** Whether a process can move there: the kernel may refuse it though the folder could be made. */
function canEnter(folder: string): boolean {
  const move = ['-c', 'echo 0 >"$1"', 'enter', join(folder, 'cgroup.procs')]
  return spawnSync('/bin/sh', move, { stdio: 'ignore' }).status === 0
}

/** The first free name; a kernel without cgroup.kill could not end what is in it. */
function makeOwn(root: string): string | undefined {
  for (let number = 1; number < 1000; number++) {
    const folder = join(root, `perf-verdict-${process.pid}.${number}`)
    try {
      mkdirSync(folder, { mode: 0o755 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      return undefined
    }
    if (existsSync(join(folder, 'cgroup.kill')) && canEnter(folder)) return folder
    rmdirSync(folder)
    return undefined
  }
  return undefined
}

const PATIENCE_MILLISECONDS = 2000

function groupAt(folder: string): JobGroup {
  const kill = () => {
    try {
      writeFileSync(join(folder, 'cgroup.kill'), '1')
    } catch {
      // It is gone already.
    }
  }
  return {
    folder,
    cpuSeconds: () => usedIn(folder),
    extraThreads: () => Math.max(0, linesOf(folder, 'cgroup.threads') - linesOf(folder, 'cgroup.procs')),
    kill,
    remove: async () => {
      // What is killed is in it until it is gone; a group that stays is swept by the next run.
      for (let waited = 0, pause = 1; waited < PATIENCE_MILLISECONDS; waited += pause, pause *= 2) {
        if (!isBusy(folder)) return
        kill()
        await sleep(pause)
      }
    },
  }
}

function linesOf(folder: string, file: string): number {
  try {
    return readFileSync(join(folder, file), 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

function usedIn(folder: string): number | undefined {
  try {
    const used = /^usage_usec (\d+)$/m.exec(readFileSync(join(folder, 'cpu.stat'), 'utf8'))?.[1]
    return used === undefined ? undefined : Number(used) / 1e6
  } catch {
    return undefined
  }
}

/** Removes the groups within and the group itself; true while there is a process in one of them. What we may not remove is left. */
function isBusy(folder: string): boolean {
  try {
    for (const name of foldersIn(folder)) rmdirSync(join(folder, name))
    rmdirSync(folder)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EBUSY'
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory() ? [entry.name] : [],
    )
  } catch {
    return []
  }
}
