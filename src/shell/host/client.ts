import { spawnSync } from 'node:child_process'
import type { ClientPort, Right, SettingsPort } from './ports.ts'

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }

/** How far up the chain of sudo processes the client may be: sudo, and its monitor where it makes a terminal (sudo(8), use_pty). */
const MOST_HOPS = 3

const NICE = 19
const START = 22
const REAL_TIME_PRIORITY = 40

interface Client {
  readonly pid: number
  /** Ticks between the boot and its start: with the number, it names a process once and for all. */
  readonly startedAt: string
}

interface Lent {
  readonly option: string
  readonly before: string
}

/**
 * The process that asked: our parent, or the one above sudo. It is lent a right by a higher limit (getrlimit(2)), which it can use
 * for its children and never gives to others; root needs no limit. Nothing of what it says is used to find it.
 */
export function clientOf(
  files: Pick<SettingsPort, 'read'>,
  asker = process.ppid,
  tools = '/usr/bin',
): ClientPort {
  const lent: Lent[] = []
  let found: Client | undefined
  const find = () => (found ??= findClient(files, asker))
  return {
    value: right => {
      const client = find()
      return client && readStat(files, client.pid, right === 'nice' ? NICE : REAL_TIME_PRIORITY)
    },
    lend(right, value) {
      const client = find()
      if (client === undefined) return 'the process that asked is gone'
      const asRoot = readUid(files, client.pid) === 0
      const refused =
        right === 'real-time' ? tryRealTime(tools, value) : asRoot ? tryNice(tools, value) : undefined
      if (refused !== undefined || asRoot) return refused
      const option = right === 'nice' ? '--nice' : '--rtprio'
      const before = readLimit(files, client.pid, right)
      // A nice value of n is the limit 20 - n (getrlimit(2), RLIMIT_NICE).
      const failed = setLimit({ tools, pid: client.pid }, option, `${right === 'nice' ? 20 - value : value}`)
      if (failed === undefined && before !== undefined) lent.push({ option, before })
      return failed
    },
    isRoot: () => {
      const client = find()
      return client !== undefined && readUid(files, client.pid) === 0
    },
    takeBack() {
      if (found === undefined || readStat(files, found.pid, START) !== found.startedAt) return
      for (const { option, before } of lent.splice(0)) setLimit({ tools, pid: found.pid }, option, before)
    },
  }
}

function findClient(files: Pick<SettingsPort, 'read'>, asker: number): Client | undefined {
  let pid = asker
  for (let hops = 0; hops < MOST_HOPS && isSudo(files, pid); hops++) pid = parentOf(files, pid) ?? 0
  const startedAt = readStat(files, pid, START)
  return pid <= 1 || startedAt === undefined ? undefined : { pid, startedAt }
}

/** The name alone would not do: anyone may give a process this name. */
function isSudo(files: Pick<SettingsPort, 'read'>, pid: number): boolean {
  return textOf(files, `/proc/${pid}/comm`).trim() === 'sudo' && readUid(files, pid) === 0
}

/** Whether the kernel allows it at all: with groups that have no share of real time it does not, even to root. */
function tryRealTime(tools: string, priority: number): string | undefined {
  return run(`${tools}/chrt`, ['--rr', `${priority}`, `${tools}/true`])
}

/** Root may be without this right too, as in most containers; a program that asks in vain is run all the same (nice(1)). */
function tryNice(tools: string, value: number): string | undefined {
  return run('/bin/sh', ['-c', '"$1" -n "$2" -p $$', 'try', `${tools}/renice`, `${value}`])
}

interface Limited {
  readonly tools: string
  readonly pid: number
}

function setLimit({ tools, pid }: Limited, option: string, value: string): string | undefined {
  return run(`${tools}/prlimit`, ['--pid', `${pid}`, `${option}=${value}`])
}

function run(tool: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(tool, args, {
    encoding: 'utf8',
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 10_000,
  })
  return status === 0 ? undefined : (error?.message ?? (stderr.trim().split('\n')[0] || `${tool} failed`))
}

/** Soft and hard limit as prlimit(1) reads them, for example `0:0`. */
function readLimit(files: Pick<SettingsPort, 'read'>, pid: number, right: Right): string | undefined {
  const label = right === 'nice' ? 'Max nice priority' : 'Max realtime priority'
  const row = new RegExp(`^${label}\\s+(\\d+|unlimited)\\s+(\\d+|unlimited)`, 'm').exec(
    textOf(files, `/proc/${pid}/limits`),
  )
  return row ? `${row[1]}:${row[2]}` : undefined
}

function parentOf(files: Pick<SettingsPort, 'read'>, pid: number): number | undefined {
  const parent = /^PPid:\s+(\d+)$/m.exec(textOf(files, `/proc/${pid}/status`))?.[1]
  return parent === undefined ? undefined : Number(parent)
}

/** The effective user. */
function readUid(files: Pick<SettingsPort, 'read'>, pid: number): number | undefined {
  const uid = /^Uid:\s+\d+\s+(\d+)\s/m.exec(textOf(files, `/proc/${pid}/status`))?.[1]
  return uid === undefined ? undefined : Number(uid)
}

/** A field of proc_pid_stat(5) by its number there; the name before them may hold anything, so they count from its end. */
function readStat(files: Pick<SettingsPort, 'read'>, pid: number, field: number): string | undefined {
  const stat = textOf(files, `/proc/${pid}/stat`)
  return stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ')[field - 3] // the third is the first after the name
}

function textOf(files: Pick<SettingsPort, 'read'>, path: string): string {
  const read = files.read(path)
  return read.ok ? read.value : ''
}
