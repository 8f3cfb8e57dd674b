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
import { tools } from '../tools/tools.ts'

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

/** A disk that jobs can write to, what of it was free before the first job, and what has to stay free. */
export interface WatchedDisk {
  readonly folder: string
  readonly freeBytes: number
  readonly kept: { readonly bytes: number; readonly files: number }
}

/** The disks that some folders are on, each once. */
export function disksOf(folders: readonly string[]): readonly WatchedDisk[] {
  const disks = new Map<number, WatchedDisk>()
  for (const folder of folders) {
    const found = statSync(folder, { throwIfNoEntry: false })
    if (!found || disks.has(found.dev)) continue
    const { bavail, bsize, ffree } = statfsSync(folder)
    const freeBytes = bavail * bsize
    disks.set(found.dev, { folder, freeBytes, kept: keptOfDisk({ bytes: freeBytes, files: ffree }) })
  }
  return [...disks.values()]
}

/** What is watched while a job runs. */
export interface Watched {
  readonly disks: readonly WatchedDisk[]
  /** The folders that the job can write to and that stay after it. */
  readonly folders: readonly string[]
  /** Whether the machine's memory is watched too, because no group holds the job to a limit of its own. */
  readonly memory: boolean
  readonly limits: JobLimits
}

const EVERY_MILLISECONDS = 250

/**
 * Watches what a job takes and leaves of the disk, and leaves of memory, and calls back once when it is too much or too little. Costs some 0.1 ms
 * each quarter of a second; how much the job's own folders hold is asked only once the disk has lost as much as they may.
 */
export function watchRoom(watched: Watched, tooLittle: (what: RanOut) => void): () => void {
  const isOverfull = openOverfull(watched)
  let looking = false
  const timer = setInterval(async () => {
    if (looking) return
    looking = true
    const what = await shortOf(watched, isOverfull).catch(() => undefined)
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

async function shortOf(
  { disks, memory, limits }: Watched,
  isOverfull: Overfull,
): Promise<RanOut | undefined> {
  for (const disk of disks) {
    const { bavail, bsize, ffree } = await statfs(disk.folder)
    if (bavail * bsize < disk.kept.bytes) return { of: 'disk', limit: disk.kept.bytes }
    if (ffree < disk.kept.files) return { of: 'disk files' }
    if (await isOverfull(disk, bavail * bsize)) return { of: 'disk use', limit: limits.diskBytes }
  }
  if (memory && availableBytes(await readFile('/proc/meminfo', 'utf8')) < limits.keptMemoryBytes)
    return { of: 'machine memory', limit: limits.keptMemoryBytes }
  return undefined
}

/** Between two sums of the same folders, the disk loses this part of what they may hold. */
const SUM_AGAIN = 1 / 16

/** Asked with what was free of a disk before the gate and what is now: whether the job's folders hold more than they may. */
type Overfull = (disk: WatchedDisk, freeNow: number) => Promise<boolean>

function openOverfull({ folders, limits: { diskBytes } }: Watched): Overfull {
  // Each disk by itself: what is free of one says nothing of what another one has lost.
  const seen = new Map<WatchedDisk, { readonly from: number; readonly most: number }>()
  return async (disk, freeNow) => {
    const { from, most: before } = seen.get(disk) ?? { from: diskBytes, most: disk.freeBytes }
    // What others give back while the job writes must not hide what it takes.
    const most = Math.max(before, freeNow)
    const lostBytes = most - freeNow
    const isDue = lostBytes >= from
    seen.set(disk, { most, from: isDue ? lostBytes + diskBytes * SUM_AGAIN : from })
    if (!isDue) return false
    const args = ['--summarize', '--one-file-system', '--block-size=1', '--', ...folders]
    const { stdout } = await tools.run({ file: 'du', args, timeoutSeconds: SUM_SECONDS })
    return [...stdout.matchAll(/^(\d+)\t/gm)].reduce((sum, [, bytes]) => sum + Number(bytes), 0) > diskBytes
  }
}

const SUM_SECONDS = 20

function availableBytes(meminfo: string): number {
  const kibibytes = /^MemAvailable:\s*(\d+) kB$/m.exec(meminfo)?.[1]
  return kibibytes === undefined ? Number.POSITIVE_INFINITY : Number(kibibytes) * 1024
}
