import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from './proc.ts'

/** What a gate in this folder may have left on the machine and that is nobody else's. */
export function leftoversOf(root: string) {
  return {
    workFolders: readdirSync(join(root, 'tmp')),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter(line => line.includes(root)),
    groups: ['.', 'unified', 'memory', 'pids'].flatMap(orphanGroups),
    processes: orphanProcesses(root),
    rules: orphanRules(),
    memory: readFileSync('/proc/sysvipc/shm', 'utf8')
      .split('\n')
      .filter(line => line.split(/\s+/).some(word => isOrphan(Number(word)))),
  }
}

const isJobUser = (uid: number) => uid >= 60_706 && uid <= 61_165

/** Groups of gates that are gone; other tests may run gates of their own meanwhile. */
function orphanGroups(name: string): readonly string[] {
  const folder = join('/sys/fs/cgroup', name)
  return (existsSync(folder) ? readdirSync(folder) : []).filter(each => {
    const pid = /^perf-verdict-(\d+)\./.exec(each)?.[1]
    return pid !== undefined && !existsSync(`/proc/${pid}`)
  })
}

function orphanRules(): readonly string[] {
  const { stdout } = spawnSync('ip', ['rule', 'show'], { encoding: 'utf8' })
  return (stdout ?? '').split('\n').filter(line => isOrphan(Number(/uidrange (\d+)-/.exec(line)?.[1])))
}

/** Whether it is a user of jobs whose gate is gone. */
function isOrphan(uid: number): boolean {
  if (!isJobUser(uid)) return false
  const entry = join('/run/perf-verdict-users', `${Math.floor((uid - 60_706) / 4)}`)
  return !existsSync(entry) || !existsSync(`/proc/${readText(entry)}`)
}

/** Processes that name a folder, and what runs as a user of jobs whose gate is gone. */
function orphanProcesses(folder: string): readonly string[] {
  return [...processesOf(folder), ...pids().filter(isOfOrphan)]
}

/** Processes, other than this one, with a text in their words, which are set apart by blanks and have one at their end. */
export function processesOf(text: string): readonly string[] {
  return pids().filter(pid => readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').includes(text))
}

const pids = () => readdirSync('/proc').filter(pid => /^\d+$/.test(pid) && pid !== `${process.pid}`)

function isOfOrphan(pid: string): boolean {
  const status = readText(`/proc/${pid}/status`)
  // One that has ended and waits for the first process of the machine to notice is nobody's any more.
  if (/^State:\t[ZX]/m.test(status)) return false
  return isOrphan(Number(/^Uid:\t(\d+)/m.exec(status)?.[1]))
}

/** A digest of a folder's files, but for what the gate is there to write. */
export function digestOf(workspace: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(workspace, { recursive: true }).map(String).sort()) {
    if (/^(?:\.git|perf-verdict)(?:\/|$)/.test(name)) continue
    hash.update(name)
    const path = join(workspace, name)
    try {
      hash.update(readFileSync(path))
    } catch {
      // A folder has its name alone.
    }
  }
  return hash.digest('hex')
}
