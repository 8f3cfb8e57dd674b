import { posix } from 'node:path'
import { HOST_FOLDER } from './folder.ts'
import type { FileSystem } from './ports.ts'
import { errorCode } from './settings.ts'

/** Who holds the machine; everybody may read it, and nothing depends on it but what is reported. */
export interface Holder {
  readonly pid: number
  readonly user: string
  /** Wall-clock time, ISO 8601. */
  readonly since: string
}

/** Leaves our name for those who wait; it is only for reading, so that failing to write it is no fault. */
export function writeHolder(root: string, fs: FileSystem): void {
  const user = process.env.SUDO_USER ?? `user ${process.getuid?.() ?? '?'}`
  const holder: Holder = { pid: process.pid, user: user.slice(0, 64), since: new Date().toISOString() }
  const path = holderPath(root)
  try {
    const file = fs.openSync(`${path}.new`, 'w', 0o644)
    fs.writeSync(file, `${JSON.stringify(holder)}\n`)
    fs.fchmodSync(file, 0o644)
    fs.closeSync(file)
    fs.renameSync(`${path}.new`, path)
  } catch {
    // Those who wait will then not hear for whom.
  }
}

/** Removes our name. */
export function removeHolder(root: string, fs: FileSystem): void {
  try {
    fs.unlinkSync(holderPath(root))
  } catch {
    // It was not there.
  }
}

/** The last one that took the lock, if it is still alive. */
export function readHolder(root: string, fs: FileSystem): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(fs.readFileSync(holderPath(root), 'utf8').slice(0, 1000))
    return isHolder(holder) && isAlive(holder.pid) ? holder : undefined
  } catch {
    return undefined
  }
}

/** For example `process 812 of bench since 14:03:22 UTC`. */
export function describeHolder(holder: Holder | undefined): string {
  if (!holder) return 'another process'
  return `process ${holder.pid} of ${holder.user} since ${holder.since.slice(11, 19)} UTC`
}

function holderPath(root: string): string {
  return posix.join(root, HOST_FOLDER, 'holder')
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false
  if (!('pid' in value && 'user' in value && 'since' in value)) return false
  const { pid, user, since } = value
  return (
    Number.isSafeInteger(pid) &&
    typeof user === 'string' &&
    /^[\w. -]{1,64}$/.test(user) &&
    typeof since === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(since)
  )
}

/** A process that we may not signal is alive too. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
