import { chmodSync, closeSync, constants, lstatSync, openSync, readSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RunFault } from '../../core/model/errors.ts'
import { isWithin } from '../../core/sandbox/toolchains.ts'
import { openPacer } from '../files/pacer.ts'
import type { Job } from '../ports/ports.ts'
import type { KnownPlace } from './places.ts'

/**
 * Where there are no mount namespaces, a file that names the user's work tree (an editable install of Python's, a build folder of CMake's, a search
 * path of libraries) leads both sides to the same files there. This watches builds, and the first run of each command, for it.
 */
export interface WorkTreeWatch {
  /** Runs a job, and throws a RunFault that names the first file of the user's work tree that was read meanwhile. */
  over<Outcome>(job: Job, place: KnownPlace, run: () => Promise<Outcome>): Promise<Outcome>
}

/** A work tree with more files than this is not watched. */
const MOST_FILES = 200_000

/** Access times are those of the kernel's last tick (100 to 1,000 a second): a read is to have another one than the read before. */
const TICKS_MILLISECONDS = 25

/** A watch over a work tree but for our own folder; or why there can be none, as a clause. */
export async function watchWorkTree(workTree: string, folder: string): Promise<WorkTreeWatch | string> {
  const first = await armed(workTree, folder)
  if (first === undefined) return `it has more than ${MOST_FILES} files`
  await sleep(TICKS_MILLISECONDS)
  if (first.size > 0 && !leavesTrace([...first.keys()])) return 'reading its files leaves no trace'
  const seen = new Set<string>()
  return {
    async over(job, place, run) {
      const key = JSON.stringify([place.tree, job.builds === true, job.argv])
      // The gate's own questions are about the work tree itself.
      if (job.literal === true || seen.has(key)) return run()
      const before = (await armed(workTree, folder)) ?? new Map<string, bigint>()
      await sleep(TICKS_MILLISECONDS)
      const outcome = await run()
      const pace = openPacer()
      for (const [path, accessed] of before) {
        await pace()
        const now = lstatSync(path, { throwIfNoEntry: false, bigint: true })?.atimeNs
        if (now !== undefined && now !== accessed) throw readThere(relative(workTree, path), job, place)
      }
      seen.add(key)
      return outcome
    },
  }
}

/**
 * The files with their access times, in a state in which the next read changes these: with `relatime` the kernel passes over it where the last read is
 * newer than the last change (mount(8)). A mode that is set to what it was counts as a change, and changes nothing else.
 */
async function armed(workTree: string, folder: string): Promise<ReadonlyMap<string, bigint> | undefined> {
  const files = new Map<string, bigint>()
  const folders = [workTree]
  const pace = openPacer()
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
      await pace()
      const path = join(at, entry.name)
      if (entry.isDirectory() && entry.name !== '.git' && !isWithin(path, folder)) folders.push(path)
      if (!entry.isFile()) continue
      const accessed = arm(path)
      if (accessed !== undefined) files.set(path, accessed)
      if (files.size > MOST_FILES) return undefined
    }
  }
  return files
}

function arm(path: string): bigint | undefined {
  try {
    const { atimeNs, mtimeNs, ctimeNs, mode } = lstatSync(path, { bigint: true })
    if (atimeNs > mtimeNs && atimeNs > ctimeNs) chmodSync(path, Number(mode) & 0o7777)
    return atimeNs
  } catch {
    // It is gone, or not ours.
    return undefined
  }
}

/** Whether a read is seen here, tried with one of the files. */
function leavesTrace(paths: readonly string[]): boolean {
  for (const path of paths) {
    const before = lstatSync(path, { throwIfNoEntry: false, bigint: true })
    if (before === undefined || before.size === 0n) continue
    try {
      const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
      readSync(file, Buffer.alloc(1))
      closeSync(file)
    } catch {
      continue
    }
    return lstatSync(path, { bigint: true }).atimeNs !== before.atimeNs
  }
  return true
}

function readThere(name: string, job: Job, { as }: KnownPlace): RunFault {
  const side = as === 'head' ? 'head' : 'base'
  const what = job.builds === true ? `The build of ${side}` : `A benchmark of ${side}`
  return new RunFault(
    `${what} read ${name} of the work tree instead of a file of its own side, so both sides may have used the same code; install bubblewrap, which gives each side that path, or find the file that names the work tree (an editable install, a build folder in bring).`,
  )
}
