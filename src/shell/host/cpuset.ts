import { posix } from 'node:path'
import type { FileSystem, GroupPort } from './ports.ts'
import { errorCode, writeOnce } from './settings.ts'

const TRIES = 50
const PAUSE_MILLISECONDS = 20

/** Groups of cgroup v2 under a root folder (Documentation/admin-guide/cgroup-v2.rst). */
export function groupsUnder(root: string, fs: FileSystem, pause: (milliseconds: number) => void): GroupPort {
  const at = (path: string) => posix.join(root, path)
  return {
    state: path => {
      if (!fs.existsSync(at(posix.join(posix.dirname(path), 'cgroup.controllers')))) return undefined
      return fs.existsSync(at(path)) ? readState(fs, at(path)) : 'absent'
    },
    make: (path, cpus) => {
      const failed = attempt(() => makePartition(fs, at(path), cpus))
      if (failed !== undefined) attempt(() => fs.rmdirSync(at(path)))
      return failed
    },
    isWhole: path => partitionState(fs, at(path)) === 'isolated',
    remove: path => {
      let failed: string | undefined
      // What is ended (cgroup.kill, Linux 5.14) is in it until it is gone.
      for (let tries = 0; tries < TRIES; tries++) {
        if (tries > 0) pause(PAUSE_MILLISECONDS)
        // A kernel too old to end them says so by the group that stays busy.
        attempt(() => writeOnce(fs, `${at(path)}/cgroup.kill`, '1'))
        failed = attempt(() => removeGroup(fs, at(path)))
        if (failed === undefined || failed === 'ENOENT') return undefined
        if (failed !== 'EBUSY') return failed
      }
      return failed
    },
  }
}

/** What is there counts as made by us whatever it is: between making the folder and giving it CPUs it has none yet. */
function readState(fs: FileSystem, folder: string): string {
  return readLine(fs, `${folder}/cpuset.cpus`) || 'empty'
}

function makePartition(fs: FileSystem, folder: string, cpus: string): void {
  fs.mkdirSync(folder, { mode: 0o755 })
  writeOnce(fs, `${folder}/cpuset.cpus`, cpus)
  writeOnce(fs, `${folder}/cpuset.cpus.partition`, 'isolated')
  const state = partitionState(fs, folder)
  if (state !== 'isolated') throw new Error(`the kernel says: ${state}`)
}

/** `isolated`, or `isolated invalid` with the kernel's reason; an error's code when it cannot be read. */
function partitionState(fs: FileSystem, folder: string): string {
  return readLine(fs, `${folder}/cpuset.cpus.partition`)
}

function readLine(fs: FileSystem, path: string): string {
  try {
    return fs.readFileSync(path, 'utf8').trim()
  } catch (error) {
    return errorCode(error)
  }
}

/** From the inside out; a partition gives its CPUs back when it is removed. */
function removeGroup(fs: FileSystem, folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) fs.rmdirSync(`${folder}/${entry.name}`)
  fs.rmdirSync(folder)
}

function attempt(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Error && !('code' in error) ? error.message : errorCode(error)
  }
}
