import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job, JobOutcome, SandboxPort } from './world.ts'

const OUTPUT_CAP = 10 * 1024 * 1024
const GRACE_SECONDS = 5

/** Runs jobs as ourselves, in a process group of their own: no boundary, and said so. */
export async function openSandbox(folder: string): Promise<SandboxPort> {
  const scratch = join(folder, 'scratch')
  await mkdir(scratch, { recursive: true })
  return {
    isolation: 'none',
    scratch,
    limitations: [
      {
        what: 'Code of the pull request ran as the same user as the runner.',
        instead:
          'It was given a clean environment only; run the gate as root or allow user namespaces to part them.',
      },
    ],
    adopt: async () => {},
    run: runJob,
    end: () => rm(scratch, { recursive: true, force: true }),
  }
}

async function runJob(job: Job): Promise<JobOutcome> {
  const started = process.hrtime.bigint()
  const child = spawn(job.argv[0]!, job.argv.slice(1), {
    cwd: job.cwd,
    env: job.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out = collect(child.stdout!, job.outputCap ?? OUTPUT_CAP)
  const err = collect(child.stderr!, job.outputCap ?? OUTPUT_CAP)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    void endGroup(child)
  }, job.timeoutSeconds * 1000)
  const { code, signal } = await ended(child)
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  clearTimeout(timer)
  killGroup(child, 'SIGKILL')
  await Promise.race([Promise.all([out.done, err.done]), new Promise(done => setTimeout(done, 2000))])
  child.stdout!.destroy()
  child.stderr!.destroy()
  return {
    seconds,
    code,
    signal,
    timedOut,
    stdout: out.text(),
    stderr: err.text(),
    truncated: out.truncated() || err.truncated(),
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

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

async function endGroup(child: ChildProcess): Promise<void> {
  killGroup(child, 'SIGTERM')
  setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_SECONDS * 1000).unref()
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // The group is gone already, which is what we want.
  }
}
