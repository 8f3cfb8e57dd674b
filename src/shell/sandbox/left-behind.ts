import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { removeTree } from '../files/remove-tree.ts'
import type { JobUser } from '../jobs/job-user.ts'
import { namesIn, textOf } from '../jobs/readings.ts'
import { tools } from '../tools/tools.ts'

/** Folders of the machine that everybody may write to: where jobs see them, what they leave there is the machine's. */
export const OPEN_TO_ALL: readonly string[] = ['/tmp', '/var/tmp', '/dev/shm', '/run/lock', '/dev/mqueue']

/** Removes what a user, of whom nothing runs any more, has left at the top of these folders, and its shared memory, semaphores and queues. */
export async function removeLeftBehind({ uid }: JobUser): Promise<void> {
  for (const folder of OPEN_TO_ALL)
    for (const name of namesIn(folder)) {
      const path = join(folder, name)
      if (lstatSync(path, { throwIfNoEntry: false })?.uid === uid) await removeTree(path)
    }
  for (const [file, column, option] of IPC)
    for (const id of ownedIn(file, column, uid))
      await tools.run({ file: 'ipcrm', args: [option, id], timeoutSeconds: 2 }).catch(() => undefined)
}

/** Looks further down, once: in folders of others that everybody may write to. Our own folder goes anyway. */
export async function removeLeftDeep(users: readonly JobUser[], own: string): Promise<void> {
  const there = OPEN_TO_ALL.filter(folder => lstatSync(folder, { throwIfNoEntry: false })?.isDirectory())
  const theirs = users.flatMap(({ uid }, index) => [...(index > 0 ? ['-o'] : []), '-uid', `${uid}`])
  const args = [...there, '-xdev', '-path', own, '-prune', '-o', '(', ...theirs, ')']
  const remove = ['-exec', 'rm', '-rf', '--', '{}', '+']
  // A machine may have millions of files there; the run has been asked to end, so there is little time.
  await tools.run({ file: 'find', args: [...args, ...remove], timeoutSeconds: 3 }).catch(() => undefined)
}

/** What is left of System V's IPC: the file in /proc/sysvipc with the name of its column, and the option of ipcrm(1). */
const IPC = [
  ['shm', 'shmid', '--shmem-id'],
  ['sem', 'semid', '--semaphore-id'],
  ['msg', 'msqid', '--queue-id'],
] as const

/** The numbers of what a user owns, by the columns that the first line names (proc_sysvipc(5)). */
function ownedIn(file: string, column: string, uid: number): readonly string[] {
  const [head = [], ...rows] = textOf(`/proc/sysvipc/${file}`)
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  const [id, owner] = [head.indexOf(column), head.indexOf('uid')]
  return rows.flatMap(row => (row[owner] === `${uid}` ? (row[id] ?? []) : []))
}
