import { createHash } from 'node:crypto'
import { basename } from 'node:path'

/** A user that jobs run as; it needs no entry in the system's list of users. */
export interface JobUser {
  readonly uid: number
  readonly gid: number
}

// Between the users that systems and systemd-homed hand out and the dynamic users of systemd (systemd.io/UIDS-GIDS).
const FIRST = 60_706
const SLOTS = 100
const OTHERS = 370

/**
 * The jobs' user for a working folder: another one for each folder, because where there are no namespaces everything that this user
 * runs is ended after a job, and two gates on one machine must not end each other's.
 */
export function jobUserOf(folder: string): JobUser {
  const slot = /^perf-verdict-(\d\d)$/.exec(basename(folder))
  const hash = createHash('sha256').update(folder).digest().readUInt32LE()
  const uid = slot ? FIRST + Number(slot[1]) : FIRST + SLOTS + (hash % OTHERS)
  return { uid, gid: uid }
}
