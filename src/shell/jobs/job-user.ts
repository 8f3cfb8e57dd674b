import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '../../core/decision/schedule.ts'

/** A user that jobs run as; it needs no entry in the system's list of users. */
export interface JobUser {
  readonly uid: number
  readonly gid: number
}

/** The users of one gate, each another one: nobody's files are another's to write. */
export interface JobUsers {
  readonly all: readonly JobUser[]
  of(part: Part | 'spare'): JobUser
  /** Gives them back. */
  release(): void
}

// Between the users that systems and systemd-homed hand out and the dynamic users of systemd (systemd.io/UIDS-GIDS).
const FIRST = 60_706
const PARTS = ['base', 'head', 'control', 'spare'] as const
const BLOCKS = 115

/** All users that gates may ever have. */
export const ALL_JOB_USERS = { first: FIRST, last: FIRST + PARTS.length * BLOCKS - 1 }

/** Where it is written down who has which; on every Linux gone with a reboot, and root's alone. */
const REGISTER = '/run/perf-verdict-users'

/**
 * Takes users that no other gate on this machine has: where there are no namespaces everything that such a user runs is ended after a job, and two
 * gates must not end each other's.
 */
export function takeJobUsers(register = REGISTER): JobUsers {
  mkdirSync(register, { recursive: true, mode: 0o700 })
  for (let tried = 0; tried < 2 * BLOCKS; tried++) {
    const block = (process.pid + tried) % BLOCKS
    const entry = join(register, `${block}`)
    if (take(entry)) return usersFrom(FIRST + PARTS.length * block, () => rmSync(entry, { force: true }))
  }
  throw new Error(`All users for jobs are taken; see ${register}.`)
}

function usersFrom(first: number, release: () => void): JobUsers {
  const at = (index: number): JobUser => ({ uid: first + index, gid: first + index })
  return {
    all: PARTS.map((_, index) => at(index)),
    of: part => at(PARTS.indexOf(part)),
    release,
  }
}

/** One entry is one file: it is made whole or not at all, and that of a process that is gone is removed for the next try. */
function take(entry: string): boolean {
  try {
    writeFileSync(entry, `${process.pid}`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (isStale(entry)) rmSync(entry, { force: true })
    return false
  }
}

/** Whether a gate that runs has a user. */
export function isTaken(uid: number, register = REGISTER): boolean {
  const entry = join(register, `${Math.floor((uid - FIRST) / PARTS.length)}`)
  return existsSync(entry) && !isStale(entry)
}

const TAKING_MILLISECONDS = 10_000

/** Whether its owner is gone; one without an owner may be being written this very moment. */
function isStale(entry: string): boolean {
  try {
    const pid = Number(readFileSync(entry, 'utf8'))
    return pid > 0 ? !lives(pid) : Date.now() - statSync(entry).mtimeMs > TAKING_MILLISECONDS
  } catch {
    return false
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
