import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SLOTS = 100

/**
 * Takes a working folder with a name that repeats from run to run (builds put their path into what they build), the
 * first that no living process holds; what a killed run left in it is removed.
 */
export async function takeWorkFolder(parent = tmpdir()): Promise<string> {
  for (let slot = 0; slot < SLOTS; slot++) {
    const folder = folderOf(parent, slot)
    if (await take(folder)) return folder
  }
  throw new Error(`All ${SLOTS} working folders below ${parent} are held by running processes.`)
}

/** Removes a folder of ours: its name is free at once, and what a kill leaves of the rest is told by its new name. */
export async function removeWorkFolder(folder: string): Promise<void> {
  const leaving = leavingName(folder)
  if (await succeeds(rename(folder, leaving))) await rm(leaving, { recursive: true, force: true })
}

/** Removes the folders that killed runs of ours left behind, and what is left of those that were being removed. */
export async function sweepWorkFolders(parent = tmpdir()): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    if (!/^perf-verdict-\d\d(?:\.|$)/.test(name)) continue
    const folder = join(parent, name)
    if (name.includes('.')) await succeeds(rm(folder, { recursive: true, force: true }))
    else if (await isStale(folder)) await succeeds(removeWorkFolder(folder))
  }
}

/** Whether no living process holds it. One without an owner is either being taken this very moment, or was left half removed. */
async function isStale(folder: string): Promise<boolean> {
  const first = await ownerOf(folder)
  if (first !== undefined) return !lives(first)
  await new Promise(resolve => setTimeout(resolve, TAKING_MILLISECONDS))
  const second = await ownerOf(folder)
  return second === undefined || !lives(second)
}

const TAKING_MILLISECONDS = 500

async function ownerOf(folder: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(folder, 'owner'), 'utf8').catch(() => ''))
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

async function take(folder: string): Promise<boolean> {
  if (!(await create(folder))) {
    const pid = await ownerOf(folder)
    // A folder of another user, or one whose run still lives, is not ours to take.
    if (pid === undefined || lives(pid)) return false
    const leaving = leavingName(folder)
    // Of several that want it, one rename succeeds.
    if (!(await succeeds(rename(folder, leaving)))) return false
    await rm(leaving, { recursive: true, force: true })
    if (!(await create(folder))) return false
  }
  await writeFile(join(folder, 'owner'), `${process.pid}`, { flag: 'wx' })
  return true
}

const leavingName = (folder: string) => `${folder}.${randomUUID()}`

const folderOf = (parent: string, slot: number) =>
  join(parent, `perf-verdict-${String(slot).padStart(2, '0')}`)

const create = (folder: string) => succeeds(mkdir(folder, { mode: 0o711 }))

async function succeeds(done: Promise<unknown>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  )
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
