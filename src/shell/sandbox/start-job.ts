import { readFileSync } from 'node:fs'
import { InputError } from '../../core/model/errors.ts'
import type { JobLimits, RanOut } from '../../core/sandbox/limits.ts'
import type { JobOutcome } from '../ports/ports.ts'
import type { JobGroups } from './cgroups.ts'
import { type Enclosure, type PlacedJob, runJob } from './run-job.ts'
import { type StartTools, started } from './scheduled-command.ts'
import { type WatchedDisk, watchRoom } from './watch-room.ts'

/** Runs one job in an enclosure, as its scheduling asks, and in a cgroup of its own where there can be one. */
export type StartJob = (job: PlacedJob, enclosure: Enclosure) => Promise<JobOutcome>

/** The jobs that run now, so that all of them can be ended; one that starts after that is ended at once. */
export interface CurrentJobs {
  add(end: () => Promise<void>): () => void
  endAll(): Promise<void>
}

export function currentJobs(): CurrentJobs {
  const ends = new Set<() => Promise<void>>()
  let over = false
  return {
    add(end) {
      // Its place was being made, or it waited for another one, when the rest were ended.
      if (over) void end().catch(() => {})
      ends.add(end)
      return () => ends.delete(end)
    },
    endAll: async () => {
      over = true
      await Promise.allSettled([...ends].map(end => end()))
    },
  }
}

/** What starting a job takes: tools, groups where we may make them, and whether the jobs' processes can be counted apart from ours. */
export interface Starting {
  readonly tools: StartTools
  readonly groups: JobGroups | undefined
  readonly counted: boolean
  readonly current: CurrentJobs
  readonly limits: JobLimits
  /** The disks that jobs can write to. */
  readonly disks: readonly WatchedDisk[]
}

const NO_GROUPS =
  'Benchmarks cannot be moved into the group that the host process made for them; take cpuset out of tune.'

/** A way to start jobs. */
export function jobStarter({ tools, groups, counted, current, limits, disks }: Starting): StartJob {
  return async (job, enclosure) => {
    if (job.scheduling?.partition !== undefined && groups === undefined) throw new InputError([NO_GROUPS])
    const group = groups?.make(job.scheduling)
    const endsFirst = process.geteuid?.() === 0
    const start = { tools, counted, endsFirst, limits, ...(group && { group }) }
    const reached = group?.limited?.look() ?? lostSince()
    const watched = { disks, folders: job.folders, limits, memory: group?.limited?.holdMemory !== true }
    let short: RanOut | undefined
    let unwatch = () => {}
    let over = () => {}
    try {
      const outcome = await runJob(job, {
        ...enclosure,
        started(child) {
          const end = async () => {
            group?.kill()
            await enclosure.destroy(child)
          }
          over = current.add(end)
          unwatch = watchRoom(watched, what => {
            short = what
            void end()
          })
        },
        wrap: inner => started(enclosure.wrap(inner), start, job.scheduling),
        cpuSeconds: () => group?.cpuSeconds(),
        extraThreads: () => group?.extraThreads() ?? 0,
        async destroy(child) {
          group?.kill()
          await enclosure.destroy(child)
        },
      })
      const ranOut = short ?? reached() ?? (isOfFileSize(outcome) ? fileLimit(limits) : undefined)
      return { ...outcome, ...(ranOut && { ranOut }) }
    } finally {
      unwatch()
      over()
      await group?.remove()
    }
  }
}

/** Where no group counts what the kernel ends for want of memory, the machine's count is all there is. */
function lostSince(): () => RanOut | undefined {
  const before = lostToMemory()
  return () => (lostToMemory() > before ? { of: 'memory' } : undefined)
}

/** How many processes the kernel has ended for want of memory since it started (`oom_kill` of /proc/vmstat, Linux 4.13). */
function lostToMemory(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** A shell passes on with its code that a signal ended one of its own. */
const isOfFileSize = ({ code, signal }: JobOutcome): boolean => signal === 'SIGXFSZ' || code === 128 + 25
const fileLimit = ({ fileBytes }: JobLimits): RanOut => ({ of: 'file size', limit: fileBytes })
