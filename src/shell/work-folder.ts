import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { lstat, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InputError } from '../core/model/errors.ts'
import { removeTree } from './files/remove-tree.ts'

const SLOTS = 100
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

/**
 * Takes a working folder with a name that repeats from run to run (builds put their path into what they build), the
 * first that no living process holds; what a killed run left in it is removed. Anybody may have put anything under these
 * names: what is not a folder of this user is left alone.
 */
export async function takeWorkFolder(parent = tmpdir()): Promise<string> {
  for (let slot = 0; slot < SLOTS; slot++) {
    const folder = folderOf(parent, slot)
    if (await take(folder)) return folder
  }
  throw new InputError([await sayNoneFree(parent)])
}

/** Removes our own folder: its name is free at once, and its new name marks what a kill leaves of the rest. */
export async function removeWorkFolder(folder: string): Promise<void> {
  const leaving = leavingName(folder)
  if (await succeeds(rename(folder, leaving))) await removeTree(leaving)
}

/**
 * Removes at the end of the process what a signal left of our own folder, or what was written under its name again after that. Another
 * process may have taken the name since, and what it holds is left alone.
 */
export function removeAtExit(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  // A planted link leads to a folder of another user, where we write nothing either.
  if (!found?.isDirectory() || !isOurs(found)) return
  const ownerNow = () => textOf(join(folder, 'owner'))
  const remove = () => void spawnSync('rm', ['-rf', '--', folder], { timeout: 500, stdio: 'ignore' })
  const own = `${process.pid} ${startIn(textOf('/proc/self/stat') ?? '')}`
  const owner = ownerNow()
  if (owner === own) remove()
  if (owner !== undefined) return
  try {
    writeFileSync(join(folder, 'claimed'), '', { flag: 'wx' })
  } catch {
    // It is gone, or somebody else removes it.
    return
  }
  if (ownerNow() === undefined) remove()
  else unlinkSync(join(folder, 'claimed'))
}

/** The beginning of a file, whatever it is: nothing here can block. */
function textOf(path: string): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const text = Buffer.alloc(4096)
    return text.toString('utf8', 0, readSync(file, text))
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Removes the folders that killed runs left behind, and what is left of those that were being removed. */
export async function sweepWorkFolders(parent = tmpdir()): Promise<void> {
  const names = (await readdir(parent).catch(() => [])).filter(name => NAME.test(name)).slice(0, MOST_SWEPT)
  const left = await Promise.all(names.map(async name => ((await isLeft(parent, name)) ? [name] : [])))
  for (const name of left.flat()) {
    const folder = join(parent, name)
    if (name.includes('.')) await removeTree(folder)
    else if (await claim(folder, await ownerOf(folder))) await removeWorkFolder(folder)
  }
}

const NAME = /^perf-verdict-\d\d(?:\.|$)/
/** The gate never leaves more; a folder full of such names must not keep a job's last step busy. */
const MOST_SWEPT = 1_000

async function isLeft(parent: string, name: string): Promise<boolean> {
  const folder = join(parent, name)
  if (!(await isOurFolder(folder))) return false
  return name.includes('.') || (await isStale(folder))
}

/** Whether no living process holds it. One without an owner is either being taken this very moment, or was left half removed. */
async function isStale(folder: string): Promise<boolean> {
  const first = await ownerOf(folder)
  if (first !== undefined) return !(await lives(first))
  await new Promise(resolve => setTimeout(resolve, TAKING_MILLISECONDS))
  const second = await ownerOf(folder)
  return second === undefined || !(await lives(second))
}

const TAKING_MILLISECONDS = 500

/** A process: its number, and when it started, because numbers are used again. */
interface Owner {
  readonly pid: number
  readonly started?: string
}

const LONGEST_OWNER_BYTES = 64

/** Who holds a folder; undefined for anything that we did not write: a pipe, a link, a large file. Nothing here can block. */
async function ownerOf(folder: string): Promise<Owner | undefined> {
  const file = await open(join(folder, 'owner'), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => undefined)
  if (!file) return undefined
  try {
    const found = await file.stat()
    if (!found.isFile() || found.size > LONGEST_OWNER_BYTES || !isOurs(found)) return undefined
    const [, pid, started] = /^(\d{1,10})(?: (\d{1,20}))?$/.exec(await file.readFile('utf8')) ?? []
    if (pid === undefined || Number(pid) === 0) return undefined
    return { pid: Number(pid), ...(started !== undefined && { started }) }
  } finally {
    await file.close()
  }
}

async function take(folder: string): Promise<boolean> {
  if (!(await create(folder))) {
    if (!(await isOurFolder(folder))) return false
    const owner = await ownerOf(folder)
    if (owner === undefined || (await lives(owner))) return false
    const leaving = leavingName(folder)
    if (!(await claim(folder, owner)) || !(await succeeds(rename(folder, leaving)))) return false
    await removeTree(leaving)
    if (!(await create(folder))) return false
  }
  const file = await open(join(folder, 'owner'), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644).catch(
    () => undefined,
  )
  // Swept away before it had an owner, on a machine that stood still for that long.
  if (!file) return false
  const own = { pid: process.pid, started: await startOf(process.pid) }
  try {
    await file.writeFile(`${own.pid} ${own.started}`)
  } finally {
    await file.close()
  }
  // Whoever sweeps claims before looking for an owner, and we look for claims after writing ours: one of both sees the other.
  if (await succeeds(lstat(join(folder, 'claimed')))) return false
  const owner = await ownerOf(folder)
  return owner?.pid === own.pid && owner.started === own.started
}

async function sayNoneFree(parent: string): Promise<string> {
  const folders = Array.from({ length: SLOTS }, (_, slot) => folderOf(parent, slot))
  const ours = await Promise.all(folders.map(isOurFolder))
  const held = ours.filter(own => own).length
  if (held === 0 && !(await succeeds(lstat(folders[0]!))))
    return `No working folder can be made in ${parent}; name a folder that you may write to with TMPDIR.`
  return `No working folder is free in ${parent}: running gates hold ${held} of ${SLOTS}, and something else takes the other ${SLOTS - held}. Remove ${parent}/perf-verdict-*, or name another folder with TMPDIR.`
}

/**
 * Whether this process alone may move away what a dead owner, or nobody, left. Several see a dead owner at once, and the slower of them would otherwise move
 * away the folder that the faster has made anew under that name: one claims, and looks again. The claim of a process that was killed in that
 * moment lasts a minute.
 */
async function claim(folder: string, dead: Owner | undefined): Promise<boolean> {
  const path = join(folder, 'claimed')
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644).catch(() => undefined)
  await file?.close()
  const claimed = file !== undefined || (await ageOf(path)) > CLAIM_MILLISECONDS
  if (!claimed) return false
  const owner = await ownerOf(folder)
  const isSame = owner?.pid === dead?.pid && owner?.started === dead?.started
  if (isSame && (owner === undefined || !(await lives(owner)))) return true
  await unlink(path).catch(() => undefined)
  return false
}

const CLAIM_MILLISECONDS = 60_000

const ageOf = async (path: string) =>
  lstat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )

const leavingName = (folder: string) => `${folder}.${randomUUID()}`

const folderOf = (parent: string, slot: number) =>
  join(parent, `perf-verdict-${String(slot).padStart(2, '0')}`)

const create = (folder: string) => succeeds(mkdir(folder, { mode: 0o711 }))

async function isOurFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isDirectory() === true && isOurs(found)
}

const isOurs = ({ uid }: Stats): boolean => uid === process.geteuid?.()

async function succeeds(done: Promise<unknown>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  )
}

async function lives({ pid, started }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = await startOf(pid)
  return started === undefined || now === undefined || now === started
}

/** When a process started, in the kernel's ticks since boot: field 22 of its `stat` (proc_pid_stat(5)), after a name that may hold anything. */
async function startOf(pid: number): Promise<string | undefined> {
  return startIn(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
}

const startIn = (stat: string): string | undefined => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
