import { readFileSync } from 'node:fs'
import { InputError, RunFault } from '../../core/model/errors.ts'
import type { JobLimits, RanOut } from '../../core/sandbox/limits.ts'
import type { JobOutcome } from '../ports/ports.ts'
import type { JobGroup, JobGroups } from './cgroups.ts'
import type { ForkServers } from './fork-servers.ts'
import { asChild, type Enclosure, type PlacedJob, runJob } from './run-job.ts'
import { type StartTools, started } from './scheduled-command.ts'
import { type WatchedDisk, watchRoom } from './watch-room.ts'
import { gated } from './wrapper.ts'

/**
 * Runs one job in an enclosure, as its scheduling asks, and in a cgroup of its own where there can be one. Given a tree, a server may stay in the
 * place that the tree's jobs have in common.
 */
export type StartJob = (job: PlacedJob, enclosure: Enclosure, tree?: string) => Promise<JobOutcome>

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
  readonly servers?: ForkServers | undefined
}

const NO_GROUPS =
  'Benchmarks cannot be moved into the group that the host process made for them; take cpuset out of tune.'

/** A way to start jobs. */
export function jobStarter(starting: Starting): StartJob {
  const { tools, groups, counted, current, limits, disks, servers } = starting
  const endsFirst = process.geteuid?.() === 0
  return async (job, enclosure, tree) => {
    const { scheduling } = job
    refuseNull(job)
    if (scheduling?.partition !== undefined && groups === undefined) throw new InputError([NO_GROUPS])
    const inGroup = (group: JobGroup | undefined) => (argv: readonly string[]) =>
      started(argv, { tools, counted, endsFirst, limits, ...(group && { group }) }, scheduling)
    const way = () => {
      const group = groups?.make(scheduling)
      const around = (words: readonly string[]) => inGroup(group)([...(enclosure.around ?? []), ...words])
      return { group, around }
    }
    groups?.weigh(scheduling)
    const { serve } = enclosure
    const server = tree !== undefined && serve ? await servers?.reserve(tree, scheduling, way) : undefined
    const group = server ? server.group : groups?.make(scheduling)
    const reached = group?.limited?.look() ?? lostSince()
    const watched = { disks, folders: job.folders, limits, memory: group?.limited?.holdMemory !== true }
    let short: RanOut | undefined
    let unwatch = () => {}
    let over = () => {}
    const destroy: Enclosure['destroy'] = async wrapper => {
      // A server goes on when its job has ended; where the job has not, its wrapper ends both.
      if (!server) group?.kill()
      await enclosure.destroy(wrapper)
    }
    try {
      const outcome = await runJob(
        job,
        {
          ...enclosure,
          started(wrapper) {
            const end = () => destroy(wrapper)
            over = current.add(end)
            unwatch = watchRoom(watched, what => {
              short = what
              void end()
            })
          },
          cpuSeconds: () => group?.cpuSeconds(),
          extraThreads: () => group?.extraThreads() ?? 0,
          destroy,
        },
        server && serve
          ? placedJob => server.start(serve({ ...placedJob, argv: gated(placedJob, []) }), enclosure.filter)
          : asChild(enclosure, inGroup(group)),
      )
      const ranOut = short ?? reached() ?? (isOfFileSize(outcome) ? fileLimit(limits) : undefined)
      return { ...outcome, ...(ranOut && { ranOut }) }
    } finally {
      unwatch()
      over()
      if (!server) await group?.remove()
    }
  }
}

/** A null byte ends a word wherever words are passed on (execve(2)), so that what follows it would become words of its own. */
function refuseNull({ argv, env, cwd }: PlacedJob): void {
  const has = (word: string) => word.includes('\0')
  const variable = Object.entries(env)
    .find(pair => pair.some(has))?.[0]
    .replaceAll('\0', '')
  const named = variable === undefined ? undefined : `the variable ${variable}`
  const where = argv.some(has) ? 'its command' : has(cwd) ? 'the name of its folder' : named
  if (where !== undefined)
    throw new RunFault(
      `A job was not started, because ${where} holds a null byte, which no program can be given; take it out.`,
    )
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
