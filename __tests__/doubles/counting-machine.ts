import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { eventName } from '../../src/core/counters/pmu.ts'
import type { Side } from '../../src/core/model/side.ts'
import type { ClockPort, Job, JobOutcome, SandboxPort, ToolPort } from '../../src/shell/ports/ports.ts'

/** What the machine counts for one event: a number on each side, and for how much of the run. */
export type EventModel =
  | 'not-supported'
  | 'not-counted'
  | 'left-out'
  | { readonly base: number; readonly head: number; readonly percent?: number }

/**
 * A machine with a perf on it. Events are listed by perf's name (in small letters), or by number (`event=0x83,umask=0x02`) where perf's tables
 * have no name for them; an event that is not listed is unknown to perf, which then refuses the whole run.
 */
export interface MachineModel {
  readonly events: Readonly<Record<string, EventModel>>
  /** How many hardware events find a counter at once; beyond them all share. */
  readonly counters?: number
  /** Whether perf adds `:u` to what was asked for without it, as it does for ordinary users. */
  readonly userOnly?: boolean
  /** Exit code of the workload on a side; 0 when absent. */
  readonly exit?: Partial<Record<Side, number>>
  /** Whether perf refuses every event, as it does under a strict paranoid setting. */
  readonly refused?: boolean
  /** What `perf script` prints after a recording. */
  readonly script?: Partial<Record<Side, string>>
  /** What `perf evlist` prints; what was asked for when absent. */
  readonly recordedEvent?: string
  /** Tools on PATH beside perf. */
  readonly tools?: readonly string[]
  /** What GNU time leaves. */
  readonly time?: string
  /** What a run in callgrind leaves, by side and by how many ran on it before. */
  readonly simulation?: (side: Side, before: number) => SimulationModel
}

/** A run in callgrind: the text of each process's file, of the log, and how the run ended when not with 0. */
export interface SimulationModel {
  readonly files: readonly string[]
  readonly log?: string
  readonly ended?: Partial<JobOutcome>
}

export interface CountingMachine {
  readonly sandbox: SandboxPort
  readonly tools: ToolPort
  readonly clock: ClockPort
  /** The events of every `perf stat`, and the side it ran on; `probe` for busy loops. */
  readonly stats: { readonly events: readonly string[]; readonly place: Side | 'probe' }[]
  readonly jobs: Job[]
}

const SOFTWARE = new Set(['task-clock', 'page-faults', 'context-switches', 'migrations'])
const RUN_SECONDS = 1

const scratches: string[] = []
afterAll(() => {
  for (const folder of scratches.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A scripted machine: it runs nothing, and writes what perf would have written. Time passes one second a job. */
export function countingMachine(model: MachineModel): CountingMachine {
  const scratch = mkdtempSync(join(tmpdir(), 'perf-verdict-machine-'))
  scratches.push(scratch)
  const jobs: Job[] = []
  const stats: { events: readonly string[]; place: Side | 'probe' }[] = []
  let seconds = 0
  let recording = ''
  const simulated = { base: 0, head: 0 }
  const run = async (job: Job): Promise<JobOutcome> => {
    jobs.push(job)
    seconds += RUN_SECONDS
    const place = job.tree.endsWith('/base') ? 'base' : job.tree.endsWith('/head') ? 'head' : 'probe'
    const outcome = {
      seconds: RUN_SECONDS,
      signal: null,
      timedOut: false,
      truncated: false,
      stdout: '',
      stderr: '',
    }
    if (job.argv.includes('stat')) {
      const events = ungrouped(valueBehind(job.argv, '-e')).match(/(?:[^,/]|\/[^/]*\/)+/g) ?? []
      stats.push({ events, place })
      return { ...outcome, ...runStat(model, { job, events, place }) }
    }
    if (job.argv.includes('--tool=callgrind')) {
      const side = place === 'head' ? 'head' : 'base'
      return { ...outcome, code: 0, ...runSimulation(model.simulation!(side, simulated[side]++), job) }
    }
    if (job.argv.includes('record')) recording = valueBehind(job.argv, '-e')
    return { ...outcome, code: 0, stdout: runOther({ recordedEvent: recording, ...model }, job, place) }
  }
  return {
    stats,
    jobs,
    clock: { now: () => seconds, date: () => '2026-11-22T00:00:00Z' },
    tools: toolsOf(model),
    sandbox: {
      isolation: 'none',
      network: 'all',
      spare: scratch,
      quotable: [],
      weaknesses: [],
      placeOf: tree => {
        const own = { tree, home: scratch, scratch }
        return { ...own, inside: own }
      },
      adopt: async () => {},
      seal: async () => {},
      run,
      end: async () => rmSync(scratch, { recursive: true, force: true }),
    },
  }
}

/** Groups as perf prints their events: `{slots,topdown-retiring}:u` as `slots:u,topdown-retiring:u`. */
const ungrouped = (events: string): string =>
  events.replace(/\{([^}]*)\}:u/g, (_, group: string) =>
    group
      .split(',')
      .map(event => (event.endsWith('/') ? `${event}u` : `${event}:u`))
      .join(','),
  )

const valueBehind = (argv: readonly string[], option: string): string => argv[argv.indexOf(option) + 1]!

function toolsOf(model: MachineModel): ToolPort {
  const present = ['perf', ...(model.tools ?? [])]
  return {
    find: async name => (present.includes(name) ? `/usr/bin/${name}` : undefined),
    run: async ({ file }) => ({
      code: 0,
      stdout: file.endsWith('perf') ? 'perf version 6.1.187\n' : 'valgrind-3.24.0\n',
      stderr: '',
    }),
  }
}

const keyOf = (event: string): string => /(event=[^/]*),name=/.exec(event)?.[1] ?? eventName(event)

interface StatJob {
  readonly job: Job
  readonly events: readonly string[]
  readonly place: Side | 'probe'
}

function runStat(model: MachineModel, { job, events, place }: StatJob): { code: number; stderr: string } {
  const file = valueBehind(job.argv, '-o')
  const side = place === 'head' ? 'head' : 'base'
  const unknown = events.find(event => model.events[keyOf(event)] === undefined)
  writeFileSync(file, '# started on Sun Nov 22 08:45:04 2026\n\n')
  if (unknown !== undefined)
    return { code: 129, stderr: `event syntax error: '${unknown}'\n \\___ parser error\n` }
  if (model.refused) return { code: 255, stderr: 'Error:\nAccess to performance monitoring is limited.\n' }
  const hardware = events.filter(event => !SOFTWARE.has(eventName(event))).length
  const shared = hardware > (model.counters ?? 4) ? 47 : 100
  const code = place === 'probe' ? 0 : (model.exit?.[side] ?? 0)
  const lines = events.flatMap(event => lineOf(model, { event, side, shared }))
  writeFileSync(file, `# started on Sun Nov 22 08:45:04 2026\n\n${lines.join('\n')}\n`)
  writeFileSync(job.argv[job.argv.lastIndexOf('sh') + 1]!, `${code}\n`)
  // Up to 6.12 perf says 0 for a workload that a signal killed.
  return { code: code > 128 ? 0 : code, stderr: '' }
}

function lineOf(
  model: MachineModel,
  { event, side, shared }: { readonly event: string; readonly side: Side; readonly shared: number },
): readonly string[] {
  const behaviour = model.events[keyOf(event)]!
  const asPrinted = model.userOnly && !/[:/]u$/.test(event) ? `${event}:u` : event
  if (behaviour === 'left-out') return []
  if (behaviour === 'not-supported') return [`<not supported>;;${asPrinted};0;100.00;;`]
  if (behaviour === 'not-counted') return [`<not counted>;;${asPrinted};0;0.00;;`]
  const clock = eventName(event) === 'task-clock'
  const value = clock ? `${behaviour[side]};msec` : `${behaviour[side]};`
  const run = clock ? Math.round(behaviour[side] * 1e6) : 20_000_000
  const percent = Math.min(behaviour.percent ?? 100, SOFTWARE.has(eventName(event)) ? 100 : shared)
  return [`${value};${asPrinted};${run};${percent}.00;;`]
}

function runSimulation({ files, log, ended }: SimulationModel, { argv }: Job): Partial<JobOutcome> {
  const file = (option: string) => argv.find(word => word.startsWith(option))!.slice(option.length)
  for (const [index, text] of files.entries()) {
    writeFileSync(file('--callgrind-out-file=').replace('%p', `${1000 + index}`), text)
  }
  writeFileSync(file('--log-file=').replace('%p', '1000'), log ?? '')
  return ended ?? {}
}

function runOther(model: MachineModel, job: Job, place: Side | 'probe'): string {
  if (job.argv.includes('evlist')) return `${model.recordedEvent}\n`
  if (job.argv.includes('script')) {
    const file = job.argv[job.argv.lastIndexOf('sh') + 1]!
    writeFileSync(file, place === 'probe' ? '' : (model.script?.[place] ?? ''))
  }
  if (job.argv.some(word => word.endsWith('/time')) && model.time !== undefined) {
    writeFileSync(valueBehind(job.argv, '-o'), model.time)
  }
  return ''
}
