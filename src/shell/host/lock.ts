import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:fs'
import { posix } from 'node:path'
import { failed, type Result, success } from '../../core/model/result.ts'
import { HOST_FOLDER, openHostFolder } from './folder.ts'
import { describeHolder, readHolder, removeHolder, writeHolder } from './holder.ts'
import type { FileSystem, LockOutcome, LockPort } from './ports.ts'
import { errorCode } from './settings.ts'

/** Where util-linux has it; never looked up on PATH, because we may be root. */
const FLOCK = ['/usr/bin/flock', '/bin/flock']

/**
 * The machine-wide lock: flock(2) on a file that only its owner may open, taken by flock(1) on a descriptor that it shares with
 * us. The lock belongs to the open file, so it stays with this process when flock(1) has gone, and the kernel frees it when this
 * process ends, however it ends. (An abstract socket would be no lock: anybody may bind its name.)
 */
export function lockUnder(root: string, fs: FileSystem): LockPort {
  const path = posix.join(root, HOST_FOLDER, 'lock')
  let opened: OpenLock | undefined
  const open = (): Result<OpenLock, string> => {
    const outcome = opened ? success(opened) : openLock(root, path, fs)
    if (outcome.ok) opened = outcome.value
    return outcome
  }
  const settle = (status: number | null): LockOutcome => {
    // flock(1): 1 is a lock held by another, null an end of our patience; anything else is a file system without locks.
    if (status !== 0 && status !== 1 && status !== null) {
      return { kind: 'unavailable', why: `flock(1) failed on ${path} with code ${status}` }
    }
    if (status !== 0) return { kind: 'busy', holder: describeHolder(readHolder(root, fs)) }
    writeHolder(root, fs)
    return { kind: 'held' }
  }
  return {
    tryTake: () => {
      const lock = open()
      return lock.ok ? settle(lockNow(lock.value)) : { kind: 'unavailable', why: lock.fault }
    },
    take: async until => {
      const lock = open()
      return lock.ok ? settle(await lockLater(lock.value, until)) : { kind: 'unavailable', why: lock.fault }
    },
    holder: () => {
      const holder = readHolder(root, fs)
      return holder && describeHolder(holder)
    },
    leave: () => removeHolder(root, fs),
  }
}

/** The lock's file, open for as long as this process lives, and the program that locks it. */
interface OpenLock {
  readonly file: number
  readonly flock: string
}

function openLock(root: string, path: string, fs: FileSystem): Result<OpenLock, string> {
  const flock = FLOCK.find(candidate => fs.existsSync(candidate))
  if (flock === undefined) return failed('flock(1) of util-linux is not installed')
  const trouble = openHostFolder(root, fs)
  if (trouble !== undefined) return failed(trouble)
  try {
    return success({ file: openOurs(path, fs), flock })
  } catch (error) {
    return failed(`${path} cannot be opened (${errorCode(error)})`)
  }
}

/** Only its owner may open it: whoever may open a file, even for reading, may lock it. */
function openOurs(path: string, fs: FileSystem): number {
  const file = fs.openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  const stat = fs.fstatSync(file)
  if (!stat.isFile() || stat.uid !== process.geteuid?.() || (stat.mode & 0o077) !== 0) {
    fs.closeSync(file)
    throw new Error('it must be a plain file that only this user may open; remove it')
  }
  return file
}

function lockNow({ flock, file }: OpenLock): number | null {
  return spawnSync(flock, ['--exclusive', '--nonblock', '3'], { stdio: stdio(file), env: {} }).status
}

/** A blocked flock(1) costs the holder's measurement nothing, as asking again and again would. */
function lockLater({ flock, file }: OpenLock, until: AbortSignal): Promise<number | null> {
  return new Promise(resolve => {
    if (until.aborted) return resolve(null)
    const child = spawn(flock, ['--exclusive', '3'], { stdio: stdio(file), env: {} })
    const stop = () => child.kill('SIGKILL')
    until.addEventListener('abort', stop)
    const end = (status: number | null) => {
      until.removeEventListener('abort', stop)
      resolve(status)
    }
    child.on('error', () => end(null))
    child.on('exit', status => end(status))
  })
}

function stdio(file: number): ['ignore', 'ignore', 'ignore', number] {
  return ['ignore', 'ignore', 'ignore', file]
}
