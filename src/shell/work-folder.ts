import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SLOTS = 100

/**
 * Takes a working folder with a name that repeats from run to run (builds put their path into what they build), the
 * first that no living process holds; what a killed run left in it is removed.
 */
export async function takeWorkFolder(parent = tmpdir()): Promise<string> {
  for (let slot = 0; slot < SLOTS; slot++) {
    const folder = join(parent, `perf-verdict-${String(slot).padStart(2, '0')}`)
    if (await take(folder)) return folder
  }
  throw new Error(`All ${SLOTS} working folders below ${parent} are held by running processes.`)
}

async function take(folder: string): Promise<boolean> {
  const owner = join(folder, 'owner')
  if (!(await create(folder))) {
    const pid = Number(await readFile(owner, 'utf8').catch(() => ''))
    // A folder of another user, or one whose run still lives, is not ours to take.
    if (!Number.isInteger(pid) || pid <= 0 || lives(pid)) return false
    const stale = `${folder}.${randomUUID()}`
    // Of several that want it, one rename succeeds.
    if (!(await succeeds(rename(folder, stale)))) return false
    await rm(stale, { recursive: true, force: true })
    if (!(await create(folder))) return false
  }
  await writeFile(owner, `${process.pid}`, { flag: 'wx' })
  return true
}

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
