import { createHash } from 'node:crypto'
import { closeSync, constants, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { RunFault } from '../../core/model/errors.ts'
import type { KnownPlace } from './places.ts'

/** What was built, taken down before any code of another side runs: a job that would run something else is not started. */
export interface Seals {
  /** Takes down every program in a tree and its home; or, of a tree that is sealed, those of the named files that are new. */
  seal(place: KnownPlace, files?: readonly string[]): void
  /** Throws a RunFault that names the first program that is no longer what it was. */
  check(place: KnownPlace): void
  /** Forgets a tree, because it is about to be something else. */
  forget(place: KnownPlace): void
}

/** One program: the cheap look at it, and its content. */
interface Sealed {
  stamp: string
  readonly digest: string
}

/** More files than this are not looked through for programs. */
const MOST_FILES = 500_000

export function openSeals(): Seals {
  const sealed = new Map<string, Map<string, Sealed>>()
  const takeDown = (programs: Map<string, Sealed>, path: string) => {
    const stamp = stampOf(path)
    const digest = stamp === undefined ? undefined : digestOf(path)
    if (stamp !== undefined && digest !== undefined) programs.set(path, { stamp, digest })
  }
  return {
    seal(place, files) {
      const known = sealed.get(place.tree)
      const programs = known ?? new Map<string, Sealed>()
      const found =
        files === undefined
          ? [...programsIn(place.tree), ...programsIn(place.home)]
          : files.map(file => join(place.tree, file)).filter(path => !programs.has(path) && isProgram(path))
      if (files === undefined) programs.clear()
      for (const path of found) takeDown(programs, path)
      if (files === undefined || known) sealed.set(place.tree, programs)
    },
    check(place) {
      for (const [path, program] of sealed.get(place.tree) ?? []) {
        const stamp = stampOf(path)
        if (stamp === program.stamp) continue
        if (stamp === undefined || digestOf(path) !== program.digest) throw changed(path, place)
        program.stamp = stamp
      }
    },
    forget: place => void sealed.delete(place.tree),
  }
}

function changed(path: string, place: KnownPlace): RunFault {
  const side = place.as === 'head' ? 'head' : 'base'
  const name = path.startsWith(`${place.tree}/`)
    ? path.slice(place.tree.length + 1)
    : `~${path.slice(place.home.length)}`
  const whose = place.as === 'control' ? "base's control" : side
  return new RunFault(
    `${name} of ${whose} is no longer what was built, so nothing that it runs can be trusted; let only the build command write programs.`,
    side,
  )
}

/** Programs below a folder: what may be run, and what is linked; `.git` is left out and links are not followed. */
function programsIn(root: string): readonly string[] {
  const found: string[] = []
  const folders = [root]
  let seen = 0
  for (let folder = folders.pop(); folder !== undefined && seen < MOST_FILES; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name)
      seen += 1
      if (entry.isDirectory() && entry.name !== '.git') folders.push(path)
      else if (entry.isFile() && isProgram(path)) found.push(path)
    }
  }
  return found
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

const ELF_MAGIC = 0x7f454c46
const LINKED_TYPES = [2, 3]

/** A file that may be run, or a linked ELF file such as a library. */
function isProgram(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found?.isFile()) return false
  if ((found.mode & 0o111) !== 0) return true
  const start = Buffer.alloc(18)
  const read = withFile(path, descriptor => readSync(descriptor, start, 0, 18, 0))
  return read === 18 && start.readUInt32BE(0) === ELF_MAGIC && LINKED_TYPES.includes(start.readUInt16LE(16))
}

/** What changes whenever a file does: its change time cannot be set by anybody but the kernel's clock. */
function stampOf(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true })
  if (!found?.isFile()) return undefined
  return [found.dev, found.ino, found.size, found.mode, found.mtimeNs, found.ctimeNs].join(' ')
}

const CHUNK = 2 ** 20

function digestOf(path: string): string | undefined {
  return withFile(path, descriptor => {
    const hash = createHash('sha256')
    const chunk = Buffer.allocUnsafe(CHUNK)
    for (;;) {
      const length = readSync(descriptor, chunk, 0, CHUNK, null)
      if (length === 0) return hash.digest('hex')
      hash.update(chunk.subarray(0, length))
    }
  })
}

/** Opens a file that hostile code may have replaced: neither a link is followed nor a pipe waited for. */
function withFile<T>(path: string, use: (descriptor: number) => T): T | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    return use(descriptor)
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
