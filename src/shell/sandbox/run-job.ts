import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { RunFault } from '../../core/model/errors.ts'
import type { Job, JobOutcome } from '../ports/ports.ts'

const OUTPUT_CAP = 10 * 1024 * 1024
const GRACE_SECONDS = 5
/** How long a pipe may stay open after the job has ended, for what is still in it. */
const DRAIN_SECONDS = 2

/** A job as it is started: where it begins is settled. */
export interface PlacedJob extends Omit<Job, 'tree' | 'cwd' | 'builds' | 'memoryBy'> {
  /** By the name that the job has for it. */
  readonly cwd: string
  /** The folders that it can write to and that stay after it, by our own names. */
  readonly folders: readonly string[]
  /** A program that starts the waiting job and stays until it ends; it has started before the clock does. */
  readonly under?: readonly string[]
}

/** How a sandbox level starts a job and ends what it left. */
export interface Enclosure {
  /** The whole argument vector, with whatever puts the job in its place. */
  wrap(job: PlacedJob): readonly string[]
  /** Where the wrapper is started; the job's own folder when absent. */
  readonly from?: string
  /** A file that the wrapper reads from descriptor 5. */
  readonly filter?: string | undefined
  /** Whether the wrapper says with its exit code, as shells do, which signal ended the job. */
  readonly tellsSignals?: boolean
  /** Told of the wrapper as soon as there is one. */
  started?(wrapper: ChildProcess): void
  /** Told once the job waits in its place. */
  placed?(wrapper: ChildProcess): Promise<void>
  /** CPU seconds that the job and everything it started have used so far, as far as the machine can tell. */
  cpuSeconds?(): number | undefined
  /** Threads of the job, not counting the first of each process, as far as the machine can tell. */
  extraThreads?(): number
  /** The job's own processes, for a signal it may answer; never the wrapper. */
  terminate(wrapper: ChildProcess): Promise<void>
  /** Ends every process of the job and what it started. */
  destroy(wrapper: ChildProcess): Promise<void>
}

/** The descriptor that a filter of system calls is read from. */
export const FILTER_DESCRIPTOR = 5

// The clock starts when the job is already in its place: this shell waits for one word, and the job replaces it. Entering namespaces and
// giving up rights takes milliseconds, which would thin every change of a short benchmark.
// An ordinary user's jobs are the first to be ended where memory runs out, unless they lower this again (proc_pid_oom_score_adj(5)).
const LOSE_FIRST = '{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null;'
const gateScript = (descriptors: readonly number[]) => {
  const closed = descriptors.map(descriptor => `${descriptor}<&-`).join(' ')
  return `${LOSE_FIRST} echo >&4; read -r go <&3 || exit 125; exec 3<&- 4>&- ${closed}; exec "$@"`
}

/** Descriptors that whoever started us left open to be inherited; node closes its own (proc_pid_fdinfo(5), O_CLOEXEC). */
function inheritable(): readonly number[] {
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

/** Whether the gate needs a shell that knows descriptors of two digits. */
function gateFor(job: PlacedJob): readonly string[] {
  const descriptors = [FILTER_DESCRIPTOR, ...inheritable()]
  const shell = descriptors.some(descriptor => descriptor > 9) ? '/bin/bash' : '/bin/sh'
  return [...(job.under ?? []), shell, '-c', gateScript(descriptors), 'gate', ...job.argv]
}

/** Runs one job to its end, its limit, or its enclosure's, and returns how it ended; throws when it cannot be started. */
export async function runJob(job: PlacedJob, enclosure: Enclosure): Promise<JobOutcome> {
  const [file, ...args] = enclosure.wrap({ ...job, argv: gateFor(job) })
  const filter = enclosure.filter === undefined ? undefined : openSync(enclosure.filter, 'r')
  const child = spawn(file!, args, {
    cwd: enclosure.from ?? job.cwd,
    env: job.env,
    // Its own session: no terminal to ask, and a process group that can be signalled.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', ...(filter === undefined ? [] : [filter])],
  })
  if (filter !== undefined) closeSync(filter)
  enclosure.started?.(child)
  const [, stdout, stderr, go, ready] = child.stdio as unknown as [
    null,
    Readable,
    Readable,
    Writable,
    Readable,
  ]
  const out = collect(stdout, job.outputCap ?? OUTPUT_CAP, job.onOutput)
  const err = collect(stderr, job.outputCap ?? OUTPUT_CAP)
  const end = ended(child)
  go.on('error', () => {})
  const isReady = await Promise.race([once(ready, 'data').then(() => true), end.then(() => false)])
  if (isReady) await enclosure.placed?.(child)
  // What putting it in its place has used is not the job's.
  const usedBefore = enclosure.cpuSeconds?.()
  const started = process.hrtime.bigint()
  const limit = limited(child, job.timeoutSeconds, enclosure)
  const threads = job.countsThreads ? countThreads(enclosure) : undefined
  go.end('go\n')
  try {
    const { code, signal } = await end
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    limit.stop()
    const most = threads?.stop() ?? 0
    const used = enclosure.cpuSeconds?.()
    await enclosure.destroy(child)
    await Promise.race([Promise.all([out.done, err.done]), pause(DRAIN_SECONDS)])
    if (!isReady) throw new RunFault(sayFault(file!, { code, signal }, err.text()))
    const bySignal = enclosure.tellsSignals && signal === null ? signalOf(code) : undefined
    return {
      seconds,
      code: bySignal === undefined ? code : null,
      signal: bySignal ?? signal,
      timedOut: limit.reached(),
      stdout: out.text(),
      stderr: err.text(),
      truncated: out.truncated(),
      ...(used !== undefined && usedBefore !== undefined && { cpuSeconds: used - usedBefore }),
      ...(most > 0 && { threads: most + 1 }),
    }
  } finally {
    limit.stop()
    threads?.stop()
    for (const stream of [stdout, stderr, go, ready]) stream.destroy()
  }
}

const LOOK_MILLISECONDS = 10

/** Looks at a job's threads now and then, and returns the most that were there at once, not counting the first ones. */
function countThreads({ extraThreads }: Enclosure): { stop(): number } {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, extraThreads?.() ?? 0)
  }, LOOK_MILLISECONDS)
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

function sayFault(
  file: string,
  { code, signal }: { readonly code: number | null; readonly signal: string | null },
  text: string,
): string {
  const [first = ''] = text.trim().split('\n').slice(-1)
  const said = first === '' ? `${file} ended with ${signal ?? `exit code ${code}`}` : first
  return sayNoPlace(said)
}

/** That nothing of a job has run, with the words of the tool that could not start it. */
export const sayNoPlace = (said: string): string =>
  `The place for a job could not be made: ${said.replace(/\.$/, '')}. Nothing of the job has run; see perf-verdict doctor.`

/** Names by number, as far as they end a process on both machines that we know. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
}

const signalOf = (code: number | null): string | undefined =>
  code !== null && code > 128 ? SIGNALS[code - 128] : undefined

/** At the limit the job is asked to end, and a little later it is ended. */
function limited(child: ChildProcess, seconds: number, enclosure: Enclosure) {
  let reached = false
  let timer = setTimeout(() => {
    reached = true
    void enclosure.terminate(child)
    timer = setTimeout(() => void enclosure.destroy(child), GRACE_SECONDS * 1000)
  }, seconds * 1000)
  return { reached: () => reached, stop: () => clearTimeout(timer) }
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

/** Keeps the first bytes of a stream and reads on without keeping, so that the writer never waits for us. */
function collect(stream: NodeJS.ReadableStream, cap: number, tell?: (chunk: Buffer) => void) {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size < cap) chunks.push(chunk.subarray(0, cap - size))
    size += chunk.length
    tell?.(chunk)
  })
  const done = new Promise<void>(resolve => stream.once('close', () => resolve()))
  return { done, text: () => Buffer.concat(chunks).toString('utf8'), truncated: () => size > cap }
}

function pause(seconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, seconds * 1000).unref()
  })
}
