import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { endChild } from './processes.ts'

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
}

/** The outermost process of a job, which has started and waits in its place for the word to begin. */
export interface Wrapper {
  /** The program that was started, for messages. */
  readonly file: string
  /** Undefined as long as there is none. */
  readonly pid: number | undefined
  readonly stdout: Readable
  readonly stderr: Readable
  /** Whether the job waits in its place; false when it ended before. */
  readonly ready: Promise<boolean>
  readonly ended: Promise<ProcessEnd>
  go(): void
  /** Ends it with SIGKILL, unless it has ended, and waits until it is gone. */
  kill(): Promise<void>
  /** Closes what it was spoken to through. */
  close(): void
}

/** The descriptor that a filter of system calls is read from. */
export const FILTER_DESCRIPTOR = 5

// The clock starts when the job is already in its place: this shell waits for one word, and the job replaces it. Entering namespaces and
// giving up rights takes milliseconds, which would thin every change of a short benchmark.
// An ordinary user's jobs are the first to be ended where memory runs out, unless they lower this again (proc_pid_oom_score_adj(5)).
const LOSE_FIRST = '{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null;'

/** The job behind the shell that waits, which closes what it must not pass on. Descriptors of two digits only bash knows. */
export function gated(
  { argv, under = [] }: { readonly argv: readonly string[]; readonly under?: readonly string[] },
  descriptors: readonly number[],
): readonly string[] {
  const shell = descriptors.some(descriptor => descriptor > 9) ? '/bin/bash' : '/bin/sh'
  const script = `${LOSE_FIRST} echo >&4; read -r go <&3 || exit 125; exec 3<&- 4>&- ${closing([FILTER_DESCRIPTOR, ...descriptors])}; exec "$@"`
  return [...under, shell, '-c', script, 'gate', ...argv]
}

/** Descriptors in a shell's words for closing them. */
export const closing = (descriptors: readonly number[]): string =>
  descriptors.map(descriptor => `${descriptor}<&-`).join(' ')

/** Descriptors that whoever started us left open to be inherited; node closes its own (proc_pid_fdinfo(5), O_CLOEXEC). */
export function inheritable(): readonly number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter(descriptor => {
      if (descriptor <= FILTER_DESCRIPTOR) return false
      try {
        const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1]
        return flags !== undefined && (Number.parseInt(flags, 8) & 0o2000000) === 0
      } catch {
        return false
      }
    })
}

/** What a process is started with. */
export interface SpawnOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** A file that it reads from the filter's descriptor. */
  readonly filter?: string | undefined
}

/** A child of ours as the wrapper: descriptor 3 is what it waits for, and 4 is where it says that it does. */
export function spawnWrapper(
  [file, ...args]: readonly string[],
  { cwd, env, filter }: SpawnOptions,
): Wrapper {
  const opened = filter === undefined ? undefined : openSync(filter, 'r')
  const child = spawn(file!, args, {
    cwd,
    env,
    // Its own session: no terminal to ask, and a process group that can be signalled.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', ...(opened === undefined ? [] : [opened])],
  })
  if (opened !== undefined) closeSync(opened)
  const streams = child.stdio as unknown as [null, Readable, Readable, Writable, Readable]
  const [, stdout, stderr, go, ready] = streams
  go.on('error', () => {})
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  return {
    file: file!,
    pid: child.pid,
    stdout,
    stderr,
    ready: Promise.race([once(ready, 'data').then(() => true), ended.then(() => false)]),
    ended,
    go: () => void go.end('go\n'),
    kill: () => endChild(child),
    close: () => {
      for (const stream of [stdout, stderr, go, ready]) stream.destroy()
    },
  }
}
