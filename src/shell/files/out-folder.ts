import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path'
import { InputError } from '../../core/model/errors.ts'

/** The folder that reports are written to. The repository, or an earlier job, may have put anything in its place. */
export interface OutFolder {
  /** Its absolute path. */
  readonly path: string
  /** Replaces files in one step each, once all of them have been written in full; throws an InputError when it cannot. */
  write(files: Readonly<Record<string, string>>): Promise<void>
}

/** Which folder, and how to speak of it. */
export interface OutPlace {
  /** As it was given; relative to the root. */
  readonly path: string
  /** The workspace: nothing below it is trusted, so no link there is followed. */
  readonly root: string
  /** Names of the files that will be written. */
  readonly files: readonly string[]
  /** Only to see whether it can be written to: its files stay, and a folder that was made for the test is removed. */
  readonly dry?: boolean
}

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants
/** Linux' O_PATH: a handle to look up names in, which needs no right to read the folder. Node has no name for it. */
const O_PATH = 0o10000000
const DRAFT = /^\.perf-verdict-draft-[0-9a-f-]{36}$/

/**
 * Makes and checks the folder before anything is built, so that a fault shows at once, and removes the reports of an earlier run: a stale
 * report must not be taken for this run's. Throws an InputError that names what is in the way.
 */
export async function openOutFolder(place: OutPlace): Promise<OutFolder> {
  const path = resolve(place.root, place.path)
  const root = resolve(place.root)
  const within = async <T>(work: (folder: string, made: boolean) => Promise<T>): Promise<T> => {
    const { handle, made } = await enter(path, root)
    try {
      return await work(`/proc/self/fd/${handle.fd}`, made)
    } catch (error) {
      throw error instanceof InputError ? error : cannotWrite(path, error)
    } finally {
      await handle.close()
    }
  }
  if (path.split(sep).includes('.git')) throw new InputError([amongGit(place.path)])
  const check = async (folder: string, made: boolean) => {
    if (await lstat(join(folder, '.git')).catch(() => undefined))
      throw new InputError([amongSources(place.path)])
    await checkNames(folder, path, place.files)
    await rm(await draft(folder, ''))
    if (place.dry) return made ? await rmdir(path).catch(() => {}) : undefined
    await removeStale(folder, place.files)
    // Only the gate writes here, so git need not list it.
    if (made) await create(join(folder, '.gitignore'), '*\n').catch(ignoreExisting)
  }
  for (let tried = 1; ; tried++) {
    try {
      await within(check)
      break
    } catch (error) {
      // A dry run that looks at the same folder takes away what it made for that.
      if (tried >= MOST_TRIES || !wasRemoved(error)) throw error
    }
  }
  return { path, write: async files => await within(async folder => await replaceAll(folder, files)) }
}

async function replaceAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const drafts: (readonly [name: string, draft: string])[] = []
  try {
    for (const [name, text] of Object.entries(files)) drafts.push([name, await draft(folder, text)])
    for (const [name, written] of drafts) await rename(written, join(folder, name))
  } catch (error) {
    for (const [, written] of drafts) await rm(written, { force: true })
    throw error
  }
}

/** Writes a new file whose name nobody can guess, and returns its path. */
async function draft(folder: string, text: string): Promise<string> {
  const path = join(folder, `.perf-verdict-draft-${randomUUID()}`)
  await create(path, text)
  return path
}

async function create(path: string, text: string): Promise<void> {
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_NONBLOCK, 0o644)
  try {
    await file.writeFile(text)
    await file.close()
  } catch (error) {
    await file.close().catch(() => {})
    await rm(path, { force: true })
    throw error
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

const amongGit = (path: string): string =>
  `${path} is inside git's own folder, where no report belongs; name another folder with out.`

const amongSources = (path: string): string =>
  `${path} is the top of a repository, where reports would mix with its files and replace those of the same names; name a folder of their own with out.`

/** A rename replaces a file, a link or a pipe, but not a folder. */
async function checkNames(folder: string, shown: string, names: readonly string[]): Promise<void> {
  const faults: string[] = []
  for (const name of names) {
    const found = await lstat(join(folder, name)).catch(() => undefined)
    if (found?.isDirectory())
      faults.push(
        `${join(shown, name)} is a folder, where a report goes; remove it, or name another folder with out.`,
      )
  }
  if (faults.length > 0) throw new InputError(faults)
}

async function removeStale(folder: string, names: readonly string[]): Promise<void> {
  const drafts = (await readdir(folder)).filter(name => DRAFT.test(name))
  // Removing a name never follows a link.
  for (const name of [...names, ...drafts]) await rm(join(folder, name), { force: true })
}

interface Entered {
  readonly handle: FileHandle
  /** Whether it was not there before. */
  readonly made: boolean
}

/** Opens a folder step by step, each relative to the one before, so that none can be exchanged in between. */
async function enter(path: string, root: string): Promise<Entered> {
  const start = parse(path).root
  const steps = path
    .slice(start.length)
    .split(sep)
    .filter(step => step !== '')
  let at: Entered = { handle: await open(start, O_PATH | O_DIRECTORY), made: false }
  let shown = start
  for (const [index, step] of steps.entries()) {
    const parent = at.handle
    shown = join(shown, step)
    const trusted = index < steps.length - 1 && !isWithin(root, shown)
    try {
      at = await enterStep(parent, step, { shown, trusted })
    } finally {
      await parent.close()
    }
  }
  return at
}

async function enterStep(
  parent: FileHandle,
  step: string,
  { shown, trusted }: { readonly shown: string; readonly trusted: boolean },
): Promise<Entered> {
  const path = `/proc/self/fd/${parent.fd}/${step}`
  try {
    // What everybody may write to is nobody's: there a link may be anybody's.
    const { mode } = await lstat(`/proc/self/fd/${parent.fd}/.`)
    const follow = trusted && (mode & 0o002) === 0
    const refused = await mkdir(path).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error,
    )
    const handle = await open(path, O_PATH | O_DIRECTORY | (follow ? 0 : O_NOFOLLOW)).catch(fault => {
      // What could not be made is not there, for the first reason.
      throw fault.code === 'ENOENT' && refused ? refused : fault
    })
    return { handle, made: refused === undefined }
  } catch (error) {
    const found = await lstat(path).catch(() => undefined)
    if (found?.isSymbolicLink()) {
      throw new InputError([
        `${shown} is a symbolic link, and reports are not written through one; remove it, or name another folder with out.`,
      ])
    }
    if (found && !found.isDirectory()) {
      throw new InputError([
        `${shown} is not a folder, so no report can be written into it; remove it, or name another folder with out.`,
      ])
    }
    throw cannotWrite(shown, error)
  }
}

/** Whether a path is the root or is below it; the root itself is the caller's own. */
function isWithin(root: string, path: string): boolean {
  const way = relative(root, path)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

function cannotWrite(shown: string, cause: unknown): InputError {
  const { code = 'unknown fault' } = cause as NodeJS.ErrnoException
  const why = WHY[code] ?? code
  const error = new InputError([
    `Reports cannot be written to ${shown}: ${why}. Name another folder with out.`,
  ])
  error.cause = cause
  return error
}

const MOST_TRIES = 20
const wasRemoved = (error: unknown): boolean =>
  error instanceof InputError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the path is too long',
  ENOENT: 'it was removed, or nothing can be made there',
  EISDIR: 'a folder is where a report goes',
}
