import { randomUUID } from 'node:crypto'
import { benchmarkWords } from '../../core/harness/arrange.ts'
import type { Around } from '../../core/model/around.ts'
import type { Side } from '../../core/model/side.ts'
import { exitedWith, killedBy } from '../../core/text/how-it-ended.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { readUntrusted } from '../files/untrusted-file.ts'
import type { Job, JobOutcome, SandboxPort } from '../ports/ports.ts'
import { runAround } from './run-around.ts'

/** One side of a benchmark as a command to run under a counting tool. */
export interface ProfiledWorkload {
  readonly side: Side
  /** The user's command line, one argument of `bash -c`. */
  readonly command: string
  readonly tree: string
  readonly env: Readonly<Record<string, string>>
  /** As anything else when absent. */
  readonly scheduling?: Scheduling | undefined
  readonly timeoutSeconds: number
  /** Commands around the run, which are not counted. */
  readonly around?: Around | undefined
}

/** How a workload under a tool ended: the job, and the workload's own exit code where it could still write it. */
export interface ProfiledOutcome {
  readonly job: JobOutcome
  readonly code?: number
}

/** Output of the workload is of no use here beyond its last lines. */
const OUTPUT_CAP_BYTES = 64 * 1024

/** Passes the arguments on and leaves their exit code in a file, because perf up to 6.12 says 0 for a workload that a signal killed. */
const KEEP_STATUS = 'file=$1; shift; "$@"; code=$?; echo "$code" >"$file"; exit "$code"'

/** A name for a file in the scratch folder that no earlier run has used. */
export const scratchName = (kind: string): string => `${kind}-${randomUUID()}`

/** Runs the workload under a tool that passes its exit code and its signal on. */
export async function runUnder(
  sandbox: SandboxPort,
  tool: readonly string[],
  workload: ProfiledWorkload,
): Promise<ProfiledOutcome> {
  const job = await runMeasured(sandbox, [...tool, ...benchmarkWords(workload.command)], workload)
  return { job, ...(job.code !== null && { code: job.code }) }
}

/** Runs the workload under a tool that does not: the workload's exit code comes out of a file. */
export async function runKeepingStatus(
  sandbox: SandboxPort,
  tool: readonly string[],
  workload: ProfiledWorkload,
): Promise<ProfiledOutcome> {
  const status = scratchName('status')
  const place = sandbox.placeOf(workload.tree)
  const kept = [
    'sh',
    '-c',
    KEEP_STATUS,
    'sh',
    `${place.inside.scratch}/${status}`,
    ...benchmarkWords(workload.command),
  ]
  const job = await runMeasured(sandbox, [...tool, ...kept], workload)
  const code = /^(\d{1,3})\n/.exec((await readUntrusted(place.scratch, status, 16)) ?? '')?.[1]
  return { job, ...(code !== undefined && { code: Number(code) }) }
}

/** Runs a command of the gate where and how the workload runs. */
export const runBeside = (
  sandbox: SandboxPort,
  argv: readonly string[],
  workload: Omit<ProfiledWorkload, 'command' | 'side'>,
): Promise<JobOutcome> => sandbox.run(jobOf(argv, workload))

/** Runs the workload itself, through a tool, between the commands that belong around it. */
export const runMeasured = (
  sandbox: SandboxPort,
  argv: readonly string[],
  workload: ProfiledWorkload,
): Promise<JobOutcome> => runAround(sandbox, jobOf(argv, workload), workload.around ?? {})

function jobOf(
  argv: readonly string[],
  { tree, env, scheduling, timeoutSeconds }: Omit<ProfiledWorkload, 'command' | 'side'>,
): Job {
  return { argv, tree, env, timeoutSeconds, outputCap: OUTPUT_CAP_BYTES, scheduling }
}

/** How it ended when that was not well, for example `exited with code 3`; undefined when it ended well. */
export function failureOf({ job, code }: ProfiledOutcome): string | undefined {
  if (job.failedStep !== undefined) return `could not be used, because its ${job.failedStep} command failed`
  if (job.timedOut) return `ran longer than its time limit (${Math.round(job.seconds)} s)`
  if (code !== undefined && code > 128) return killedBy(code - 128, job.ranOut)
  if (code !== undefined && code !== 0) return exitedWith(code, job.ranOut)
  if (code === 0) return undefined
  return job.signal === null ? `did not finish (code ${job.code})` : killedBy(job.signal, job.ranOut)
}
