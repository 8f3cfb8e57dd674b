import { InputError } from '../../core/model/errors.ts'
import type { JobOutcome } from '../ports/ports.ts'
import type { JobGroups } from './cgroups.ts'
import { type Enclosure, type PlacedJob, runJob } from './run-job.ts'
import { type StartTools, started } from './scheduled-command.ts'

/** Runs one job in an enclosure, as its scheduling asks, and in a cgroup of its own where there can be one. */
export type StartJob = (job: PlacedJob, enclosure: Enclosure) => Promise<JobOutcome>

/** The jobs that run now, so that all of them can be ended. */
export interface CurrentJobs {
  add(end: () => Promise<void>): () => void
  endAll(): Promise<void>
}

export function currentJobs(): CurrentJobs {
  const ends = new Set<() => Promise<void>>()
  return {
    add(end) {
      ends.add(end)
      return () => ends.delete(end)
    },
    endAll: async () => {
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
}

const NO_GROUPS =
  'Benchmarks cannot be moved into the group that the host process made for them; take cpuset out of tune.'

/** A way to start jobs. */
export function jobStarter({ tools, groups, counted, current }: Starting): StartJob {
  return async (job, enclosure) => {
    if (job.scheduling?.partition !== undefined && groups === undefined) throw new InputError([NO_GROUPS])
    const group = groups?.make(job.scheduling)
    const start = { tools, counted, ...(group && { group }) }
    let over = () => {}
    try {
      return await runJob(job, {
        ...enclosure,
        started(child) {
          over = current.add(async () => {
            group?.kill()
            await enclosure.destroy(child)
          })
        },
        wrap: inner => started(enclosure.wrap(inner), start, job.scheduling),
        cpuSeconds: () => group?.cpuSeconds(),
        async destroy(child) {
          group?.kill()
          await enclosure.destroy(child)
        },
      })
    } finally {
      over()
      await group?.remove()
    }
  }
}
