import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JobLimits, RanOut } from '../../core/sandbox/limits.ts'
import { namesIn, textOf } from './readings.ts'

/** How the kernel limits and counts one kind of thing in a group: cgroup-v2.rst, and cgroup-v1/memory.rst and pids.rst. */
interface Controller {
  readonly name: 'memory' | 'pids'
  readonly of: 'memory' | 'processes'
  readonly limit: { readonly v2: string; readonly v1: string }
  /** The file and the word in it that counts how often the limit cost something. */
  readonly hits: { readonly v2: string; readonly v1: string; readonly word: string }
  readonly value: (limits: JobLimits) => number
}

const CONTROLLERS: readonly Controller[] = [
  {
    name: 'memory',
    of: 'memory',
    limit: { v2: 'memory.max', v1: 'memory.limit_in_bytes' },
    hits: { v2: 'memory.events', v1: 'memory.oom_control', word: 'oom_kill' },
    value: ({ memoryBytes }) => memoryBytes,
  },
  {
    name: 'pids',
    of: 'processes',
    limit: { v2: 'pids.max', v1: 'pids.max' },
    hits: { v2: 'pids.events', v1: 'pids.events', word: 'max' },
    // A little less than each job's own limit, which would be reached first and counted by nobody.
    value: ({ processes }) => Math.max(1, processes - 16),
  },
]

/** The groups that hold all jobs of a gate to its limits. */
export interface LimitedGroups {
  /** Further files that move a process into its groups: those of cgroup v1. */
  readonly procs: readonly string[]
  /** Whether the kernel holds jobs to a limit of memory, and says when it was reached. */
  readonly holdMemory: boolean
  /** Looks at the counters; called again, it says what was reached since. */
  look(): () => RanOut | undefined
  close(): void
}

/** A controller that limits something. */
interface Held {
  readonly controller: Controller
  readonly value: number
  /** The file with its counter. */
  readonly hits: string
  /** Of cgroup v1: its own group. */
  readonly folder?: string
}

/** Where the controllers of cgroup v1 are mounted. */
const V1 = '/sys/fs/cgroup'

/**
 * Limits the gate's own group, in which every job has one of its own: one group per gate, because one per job would cost each run, and leave
 * hundreds of dying groups with the files that they have read. A controller is in cgroup v2 or in v1, and where neither is ours to write it limits nothing.
 */
export function limitGroups(own: string, limits: JobLimits, v1 = V1): LimitedGroups {
  const held = CONTROLLERS.flatMap((controller): readonly Held[] => {
    const value = controller.value(limits)
    if (isSet(join(own, controller.limit.v2), value))
      return [{ controller, value, hits: join(own, controller.hits.v2) }]
    const folder = makeV1(controller, { value, name: own.slice(own.lastIndexOf('/') + 1), v1 })
    return folder === undefined ? [] : [{ controller, value, hits: join(folder, controller.hits.v1), folder }]
  })
  const count = () => held.map(({ hits, controller }) => counted(hits, controller.hits.word))
  return {
    procs: held.flatMap(({ folder }) => (folder === undefined ? [] : [join(folder, 'cgroup.procs')])),
    holdMemory: held.some(({ controller }) => controller.name === 'memory'),
    look() {
      const before = count()
      return () => {
        const now = count()
        const at = held.findIndex((_, index) => now[index]! > before[index]!)
        return at < 0 ? undefined : { of: held[at]!.controller.of, limit: held[at]!.value }
      }
    },
    close() {
      for (const { folder } of held) if (folder !== undefined) removed(folder)
    },
  }
}

/** Removes the groups of cgroup v1 that runs have left which are no longer there. */
export function sweepLimitedGroups(v1 = V1): void {
  for (const { name } of CONTROLLERS)
    for (const parent of parentsOf(name, v1))
      for (const child of namesIn(parent)) {
        const pid = /^perf-verdict-(\d+)\.\d+$/.exec(child)?.[1]
        if (pid !== undefined && !existsSync(`/proc/${pid}`)) removed(join(parent, child))
      }
}

function makeV1(
  { name, limit }: Controller,
  made: { readonly value: number; readonly name: string; readonly v1: string },
): string | undefined {
  const parent = parentsOf(name, made.v1)[0]
  if (parent === undefined) return undefined
  const folder = join(parent, made.name)
  try {
    mkdirSync(folder)
  } catch {
    return undefined
  }
  if (isSet(join(folder, limit.v1), made.value)) return folder
  removed(folder)
  return undefined
}

/** The group of cgroup v1 that we are in, whose own limits hold for the jobs too, and the top of all. */
function parentsOf(name: string, v1: string): readonly string[] {
  const top = join(v1, name)
  if (!existsSync(join(top, 'cgroup.procs'))) return []
  const line = new RegExp(`^\\d+:(?:[^:]*,)?${name}(?:,[^:]*)?:(.*)$`, 'm').exec(textOf('/proc/self/cgroup'))
  const own = join(top, line?.[1] ?? '')
  return own !== top && existsSync(join(own, 'cgroup.procs')) ? [own, top] : [top]
}

function isSet(file: string, value: number): boolean {
  try {
    writeFileSync(file, `${value}`, { flag: 'r+' })
    return true
  } catch {
    return false
  }
}

function counted(file: string, word: string): number {
  return Number(new RegExp(`^${word} (\\d+)$`, 'm').exec(textOf(file))?.[1] ?? 0)
}

function removed(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // What is still in it is swept by the next run.
  }
}
