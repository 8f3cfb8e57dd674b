import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Job, JobOutcome } from '../ports/world.ts'

const OUTPUT_CAP = 10 * 1024 * 1024
const GRACE_SECONDS = 5
/** How long a pipe may stay open after the job has ended, for what is still in it. */
const DRAIN_SECONDS = 2

/** How a sandbox level starts a job and ends what it left. */
export interface Enclosure {
  /** The whole argument vector, with whatever puts the job in its place. */
  wrap(job: Job): readonly string[]
  /** The job's own processes, for a signal it may answer; never the wrapper. */
  terminate(wrapper: ChildProcess): Promise<void>
  /** Ends every process of the job and what it started. */
  destroy(wrapper: ChildProcess): Promise<void>
}

// The clock starts when the job is already in its place: this shell waits for one word, and the job replaces it. Entering namespaces and
// giving up rights takes milliseconds, which would thin every change of a short benchmark.
const GATE = 'echo >&4; read -r go <&3 || exit 125; exec 3<&- 4>&-; exec "$@"'

/** Runs one job to its end, its limit, or its enclosure's, and yields how it ended; throws when it cannot be started. */
export async function runJob(job: Job, enclosure: Enclosure): Promise<JobOutcome> {
  const [file, ...args] = enclosure.wrap({ ...job, argv: ['/bin/sh', '-c', GATE, 'gate', ...job.argv] })
  const child = spawn(file!, args, {
    cwd: job.cwd,
    env: job.env,
    // Its own session: no terminal to ask, and a process group that can be signalled.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  const [, stdout, stderr, go, ready] = child.stdio as unknown as [
    null,
    Readable,
    Readable,
    Writable,
    Readable,
  ]
  const out = collect(stdout, job.outputCap ?? OUTPUT_CAP)
  const err = collect(stderr, job.outputCap ?? OUTPUT_CAP)
  const end = ended(child)
  go.on('error', () => {})
  await Promise.race([once(ready, 'data'), end])
  const started = process.hrtime.bigint()
  const limit = limited(child, job.timeoutSeconds, enclosure)
  go.end('go\n')
  try {
    const { code, signal } = await end
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    limit.stop()
    await enclosure.destroy(child)
    await Promise.race([Promise.all([out.done, err.done]), pause(DRAIN_SECONDS)])
    return {
      seconds,
      code,
      signal,
      timedOut: limit.reached(),
      stdout: out.text(),
      stderr: err.text(),
      truncated: out.truncated(),
    }
  } finally {
    limit.stop()
    for (const stream of [stdout, stderr, go, ready]) stream.destroy()
  }
}

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
function collect(stream: NodeJS.ReadableStream, cap: number) {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size < cap) chunks.push(chunk.subarray(0, cap - size))
    size += chunk.length
  })
  const done = new Promise<void>(resolve => stream.once('close', () => resolve()))
  return { done, text: () => Buffer.concat(chunks).toString('utf8'), truncated: () => size > cap }
}

function pause(seconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, seconds * 1000).unref()
  })
}
