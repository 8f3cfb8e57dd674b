import { RunFault } from '../../core/model/errors.ts'
import type { Job, JobOutcome } from '../ports/ports.ts'
import { gated, inheritable, type ProcessEnd, spawnWrapper, type Wrapper } from './wrapper.ts'

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
  /** Words in front of it that make what does not depend on the job, and that several jobs can have in common. */
  readonly around?: readonly string[]
  /** The same for a server that stays `around`; absent where each job needs a place of its own from the ground up. */
  serve?(job: PlacedJob): Served
  /** Where the wrapper is started; the job's own folder when absent. */
  readonly from?: string
  /** A file that the wrapper reads from the filter's descriptor. */
  readonly filter?: string | undefined
  /** Whether the wrapper says with its exit code, as shells do, which signal ended the job. */
  readonly tellsSignals?: boolean
  /** Told of the wrapper as soon as there is one. */
  started?(wrapper: Wrapper): void
  /** Told once the job waits in its place. */
  placed?(wrapper: Wrapper): Promise<void>
  /** CPU seconds that the job and everything it started have used so far, as far as the machine can tell. */
  cpuSeconds?(): number | undefined
  /** Threads of the job, not counting the first of each process, as far as the machine can tell. */
  extraThreads?(): number
  /** The job's own processes, for a signal it may answer; never the wrapper. */
  terminate(wrapper: Wrapper): Promise<void>
  /** Ends every process of the job and what it started. */
  destroy(wrapper: Wrapper): Promise<void>
}

/** What a server starts a job with: an argument vector, and what its first word reads from a descriptor, each ended by a null byte. */
export interface Served {
  readonly words: readonly string[]
  readonly options: readonly string[]
}

/** Starts a job, which then waits. */
export type Begin = (job: PlacedJob) => Wrapper

/** As a child of ours. */
export const asChild =
  ({ around = [], wrap, from, filter }: Enclosure, start = (argv: readonly string[]) => argv): Begin =>
  job => {
    const argv = start([...around, ...wrap({ ...job, argv: gated(job, inheritable()) })])
    return spawnWrapper(argv, { cwd: from ?? job.cwd, env: job.env, filter })
  }

/** Runs one job to its end, its limit, or its enclosure's, and returns how it ended; throws when it cannot be started. */
export async function runJob(
  job: PlacedJob,
  enclosure: Enclosure,
  begin: Begin = asChild(enclosure),
): Promise<JobOutcome> {
  const wrapper = begin(job)
  enclosure.started?.(wrapper)
  const out = collect(wrapper.stdout, job.outputCap ?? OUTPUT_CAP, job.onOutput)
  const err = collect(wrapper.stderr, job.outputCap ?? OUTPUT_CAP)
  const isReady = await wrapper.ready
  if (isReady) await enclosure.placed?.(wrapper)
  // What putting it in its place has used is not the job's.
  const usedBefore = enclosure.cpuSeconds?.()
  const started = process.hrtime.bigint()
  const limit = limited(wrapper, job.timeoutSeconds, enclosure)
  const threads = job.countsThreads ? countThreads(enclosure) : undefined
  wrapper.go()
  try {
    const { code, signal } = await wrapper.ended
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    limit.stop()
    const most = threads?.stop() ?? 0
    const used = enclosure.cpuSeconds?.()
    await enclosure.destroy(wrapper)
    await Promise.race([Promise.all([out.done, err.done]), pause(DRAIN_SECONDS)])
    if (!isReady) throw new RunFault(sayFault(wrapper.file, { code, signal }, err.text()))
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
    wrapper.close()
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

function sayFault(file: string, { code, signal }: ProcessEnd, text: string): string {
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
function limited(wrapper: Wrapper, seconds: number, enclosure: Enclosure) {
  let reached = false
  let timer = setTimeout(() => {
    reached = true
    void enclosure.terminate(wrapper)
    timer = setTimeout(() => void enclosure.destroy(wrapper), GRACE_SECONDS * 1000)
  }, seconds * 1000)
  return { reached: () => reached, stop: () => clearTimeout(timer) }
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
