import { readFileSync, statfsSync, statSync } from 'node:fs'
import { readFile, statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import {
  type JobLimits,
  keptOfDisk,
  limitsOf,
  type RanOut,
  readHardLimits,
} from '../../core/sandbox/limits.ts'

/** The limits of jobs on this machine, whose work trees are in a folder. */
export function machineLimits(folder: string): JobLimits {
  const { bavail, bsize } = statfsSync(folder)
  // What our own group may take is less than the machine has, in a container.
  const own = process.constrainedMemory()
  return limitsOf({
    cpus: availableParallelism(),
    memoryBytes: own > 0 ? Math.min(own, totalmem()) : totalmem(),
    diskBytes: bavail * bsize,
    hard: readHardLimits(readFileSync('/proc/self/limits', 'utf8')),
  })
}

/** A disk that jobs can write to, and what of it has to stay free. */
export interface WatchedDisk {
  readonly folder: string
  readonly kept: { readonly bytes: number; readonly files: number }
}

/** The disks that some folders are on, each once. */
export function disksOf(folders: readonly string[]): readonly WatchedDisk[] {
  const disks = new Map<number, WatchedDisk>()
  for (const folder of folders) {
    const found = statSync(folder, { throwIfNoEntry: false })
    if (!found || disks.has(found.dev)) continue
    const { bavail, bsize, ffree } = statfsSync(folder)
    disks.set(found.dev, { folder, kept: keptOfDisk({ bytes: bavail * bsize, files: ffree }) })
  }
  return [...disks.values()]
}

/** What is watched while a job runs. */
export interface Watched {
  readonly disks: readonly WatchedDisk[]
  /** Whether the machine's memory is watched too, because no group holds the job to a limit of its own. */
  readonly memory: boolean
  readonly limits: JobLimits
}

const EVERY_MILLISECONDS = 250

/** Watches what a job leaves of the disk and of memory, and calls back once when it is too little. Costs some 0.1 ms each quarter of a second. */
export function watchRoom(watched: Watched, tooLittle: (what: RanOut) => void): () => void {
  let looking = false
  const timer = setInterval(async () => {
    if (looking) return
    looking = true
    const what = await shortOf(watched).catch(() => undefined)
    looking = false
    if (what === undefined || stopped) return
    stop()
    tooLittle(what)
  }, EVERY_MILLISECONDS)
  let stopped = false
  const stop = () => {
    stopped = true
    clearInterval(timer)
  }
  return stop
}

async function shortOf({ disks, memory, limits }: Watched): Promise<RanOut | undefined> {
  for (const { folder, kept } of disks) {
    const { bavail, bsize, ffree } = await statfs(folder)
    if (bavail * bsize < kept.bytes) return { of: 'disk', limit: kept.bytes }
    if (ffree < kept.files) return { of: 'disk files' }
  }
  if (memory && availableBytes(await readFile('/proc/meminfo', 'utf8')) < limits.keptMemoryBytes)
    return { of: 'machine memory', limit: limits.keptMemoryBytes }
  return undefined
}

function availableBytes(meminfo: string): number {
  const kibibytes = /^MemAvailable:\s*(\d+) kB$/m.exec(meminfo)?.[1]
  return kibibytes === undefined ? Number.POSITIVE_INFINITY : Number(kibibytes) * 1024
}
