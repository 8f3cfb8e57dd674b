import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CodeAddress } from '../../core/counters/call-table.ts'
import { type PerfScript, perfScriptReader } from '../../core/counters/perf-script.ts'
import { type PerfOutput, readPerfStat, withPointDecimals } from '../../core/counters/perf-stat.ts'
import type { Pmu } from '../../core/counters/pmu.ts'
import { type ResourceUse, readResourceUse, TIME_FORMAT } from '../../core/counters/rusage.ts'
import { benchmarkWords } from '../../core/harness/arrange.ts'
import { outsideOf } from '../../core/sandbox/place.ts'
import { eachUntrustedLine, readUntrusted } from '../files/untrusted-file.ts'
import type { SandboxPort, ToolPort } from '../ports/ports.ts'
import {
  type ProfiledOutcome,
  type ProfiledWorkload,
  runBeside,
  runKeepingStatus,
  runMeasured,
  runUnder,
  scratchName,
} from './run-under.ts'

const STAT_CAP_BYTES = 256 * 1024
const SCRIPT_CAP_BYTES = 256 * 1024 * 1024
const LINE_CAP_CHARACTERS = 8192

/**
 * Jobs see only parts of sysfs, each a mount of its own. perf takes the first of these for the whole of it (fs__read_mounts in the kernel's
 * tools/lib/api/fs/fs.c), and then finds neither a unit that an event names nor its tables of the processor's events. This variable of
 * perf's own names the right place.
 */
const withSysfs = <const W extends { readonly env: Readonly<Record<string, string>> }>(workload: W): W => ({
  ...workload,
  env: { ...workload.env, SYSFS_PATH: '/sys' },
})

export interface PerfStatRun extends ProfiledOutcome {
  readonly output: PerfOutput
}

/** Counts events over one run of the workload. The format is CSV with `;`: event names may hold commas, and JSON breaks where decimals are written with one. */
export async function perfStat(
  sandbox: SandboxPort,
  { perf, events }: { readonly perf: string; readonly events: readonly string[] },
  workload: ProfiledWorkload,
): Promise<PerfStatRun> {
  const seen = withSysfs(workload)
  const file = scratchName('stat')
  const place = sandbox.placeOf(workload.tree)
  const tool = [perf, 'stat', '-x;', '-o', `${place.inside.scratch}/${file}`, '-e', events.join(','), '--']
  const ended = await runKeepingStatus(sandbox, tool, { ...seen, env: withPointDecimals(seen.env) })
  const text = await readUntrusted(place.scratch, file, STAT_CAP_BYTES)
  return { ...ended, output: readPerfStat(text ?? '') }
}

/** What the kernel accounts to one run of the workload; undefined when GNU time left nothing. */
export async function resourceUse(
  sandbox: SandboxPort,
  time: string,
  workload: ProfiledWorkload,
): Promise<ResourceUse | undefined> {
  const file = scratchName('time')
  const place = sandbox.placeOf(workload.tree)
  const argv = [
    time,
    '-f',
    TIME_FORMAT,
    '-o',
    `${place.inside.scratch}/${file}`,
    ...benchmarkWords(workload.command),
  ]
  await runMeasured(sandbox, argv, workload)
  return readResourceUse((await readUntrusted(place.scratch, file, 4096)) ?? '')
}

export interface Recording extends ProfiledOutcome {
  /** What perf really recorded, for example `cpu-clock:u`: it may differ from what was asked for. */
  readonly event: string
  readonly script: PerfScript
}

interface RecordOptions {
  readonly perf: string
  readonly event: string
  readonly hertz: number
  /** The last branches of each sample with the cycles between them, and no call chains; not every processor records them. */
  readonly branches?: boolean
}

/**
 * Samples one run of the workload. perf.data is read back inside the sandbox too: it comes from a tool around hostile code,
 * and perf's reader is no better than any other large parser of binary files.
 */
export async function perfRecord(
  sandbox: SandboxPort,
  { perf, event, hertz, branches = false }: RecordOptions,
  workload: ProfiledWorkload,
): Promise<Recording> {
  const seen = withSysfs(workload)
  const place = sandbox.placeOf(workload.tree)
  const data = `${place.inside.scratch}/${scratchName('record')}`
  // -g: by frame pointers, which costs little and tells who called whom where the program keeps them.
  // -N: no copies of the binaries; --no-bpf-event: no helper thread, which lets every recording end a second late.
  const what = branches ? ['-j', 'any,u'] : ['-g']
  const options = ['-q', '-N', '--no-bpf-event', ...what, '-e', event, '-F', String(hertz), '-o', data]
  const ended = await runUnder(sandbox, [perf, 'record', ...options, '--'], seen)
  const recorded = await runBeside(sandbox, [perf, 'evlist', '-i', data], seen)
  const script = await readRecording(sandbox, { perf, data, branches }, seen)
  await runBeside(sandbox, ['rm', '-f', data], workload)
  // The recording names files as jobs see them.
  const named = (path: string): string => (path.startsWith('/') ? outsideOf(place, path) : path)
  const files = new Map([...script.files].map(([path, positions]) => [named(path), positions]))
  const at = ({ object, address }: CodeAddress): CodeAddress => ({ object: named(object), address })
  const calls = script.calls.map(({ from, to, cost }) => ({ from: at(from), to: at(to), cost }))
  const blocks = script.blocks.map(block => ({ ...block, object: named(block.object) }))
  return {
    ...ended,
    event: recorded.stdout.trim().split('\n')[0] ?? '',
    script: { ...script, files, calls, blocks },
  }
}

/** Has perf print the samples into a file, since they may be more than a job's output is kept of. */
async function readRecording(
  sandbox: SandboxPort,
  { perf, data, branches }: { readonly perf: string; readonly data: string; readonly branches: boolean },
  workload: ProfiledWorkload,
): Promise<PerfScript> {
  const name = scratchName('script')
  const place = sandbox.placeOf(workload.tree)
  const print = 'out=$1; shift; exec "$@" >"$out"'
  const fields = [
    '-F',
    branches ? 'pid,tid,brstack' : 'pid,tid,ip,dso',
    '--show-mmap-events',
    '--show-task-events',
  ]
  const script = [perf, 'script', '-i', data, ...fields]
  await runBeside(sandbox, ['sh', '-c', print, 'sh', `${place.inside.scratch}/${name}`, ...script], workload)
  const reader = perfScriptReader()
  const caps = { bytes: SCRIPT_CAP_BYTES, lineCharacters: LINE_CAP_CHARACTERS }
  await eachUntrustedLine({ folder: place.scratch, name }, caps, reader.line)
  await runBeside(sandbox, ['rm', '-f', `${place.inside.scratch}/${name}`], workload)
  return reader.end()
}

/** perf's version, or undefined when it does not run: distributions ship a wrapper that fails without the kernel's own package. */
export async function perfVersion(tools: ToolPort, path: string): Promise<string | undefined> {
  const result = await tools
    .run({ file: path, args: ['--version'], timeoutSeconds: 20 })
    .catch(() => undefined)
  return result?.code === 0 ? /perf version (\S+)/.exec(result.stdout)?.[1] : undefined
}

/** The counting units the kernel knows, from `bus/event_source/devices` of sysfs. */
export async function readPmus(sysfs: string): Promise<readonly Pmu[]> {
  const folder = join(sysfs, 'bus/event_source/devices')
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names.sort().map(async name => {
      const cpus = await readFile(join(folder, name, 'cpus'), 'utf8').catch(() => undefined)
      const slots = Number(
        (await readFile(join(folder, name, 'caps/slots'), 'utf8').catch(() => '')).trim() || Number.NaN,
      )
      return {
        name,
        ...(cpus !== undefined && { cpus: cpus.trim() }),
        ...(slots > 0 && { slots }),
      }
    }),
  )
}

/** A number out of `/proc/sys/kernel`, or undefined. */
export async function kernelNumber(procfs: string, name: string): Promise<number | undefined> {
  const text = await readFile(join(procfs, 'sys/kernel', name), 'utf8').catch(() => '')
  const value = Number(text.trim())
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined
}
