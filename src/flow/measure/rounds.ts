import { type Round, runsPerRound } from '../../core/decision/rounds.ts'
import { type Part, ROUND_PARTS, roundOrders } from '../../core/decision/schedule.ts'
import { arrangementOf, benchmarkWords, onSide, selects } from '../../core/harness/arrange.ts'
import type { Matcher } from '../../core/harness/plain-values.ts'
import { newPrinted, notePrinted, type Printed, type PrintedContext } from '../../core/harness/printed.ts'
import { type OpenRun, openRun, type Reading } from '../../core/harness/read-run.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { Limitation } from '../../core/model/report.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { mappedFilesUnknown, notRewritten, tooLargeToRewrite } from '../../report/limitations/measuring.ts'
import type { Job, SandboxPort } from '../../shell/ports/ports.ts'
import { runAround } from '../../shell/profilers/run-around.ts'
import { type MappedFiles, mappedFiles } from '../trees/files-used.ts'
import { freshenPages, withinBytes } from '../trees/fresh-pages.ts'
import { note, steady, type Tracker } from './tracker.ts'

/** Where and how the parts of a round run. */
export interface MeasureSetup {
  readonly sandbox: Pick<SandboxPort, 'run'>
  readonly trees: Readonly<Record<Part, string>>
  readonly env: PerSide<Readonly<Record<string, string>>>
  readonly scheduling: Scheduling
  readonly match: Matcher
  /** What may differ in the outputs of the sides for its own reasons. */
  readonly printed: PrintedContext
  /** The path of GNU time, which tells the peak of memory; absent where nothing asks for it, or it is not installed. */
  readonly time?: string | undefined
}

/** One command with every row that is read from its output; it runs once a round for all of them. */
export interface Workload {
  /** How it is run, as any of its rows says. */
  readonly plan: BenchmarkPlan
  readonly trackers: readonly Tracker[]
  readonly orders: Iterator<readonly Part[], never>
  /** The files to rewrite before each run; none before the first warm-up has found them. */
  readonly mapped: Record<Part, readonly string[]>
  /** Whether its harness may be asked for fewer rows than all; false once that did not give them. */
  selects: boolean
  /** Whether a run has shown which files it maps. */
  seen: boolean
  /** What its runs printed. */
  readonly printed: Printed
  /** Whether what the sides print can be compared: a result that only one side has is printed by that side alone. */
  readonly comparesOutput: boolean
  /** Rounds that were run and not counted. */
  warmUps: number
  /** Seconds that its runs have taken so far, warm-up included. */
  spentSeconds: number
  /** Seconds of its fastest round, or of a round made of its first runs; 0 before any. */
  fastestRound: number
}

/** What a first run of a command on both sides showed before measuring. */
export interface FirstSeen {
  readonly mapped: PerSide<MappedFiles>
  /** How long it took on each side. */
  readonly seconds: PerSide<number>
}

/** Groups the rows by command and how it is run, in the order of their first appearance. */
export function workloadsOf(
  trackers: readonly Tracker[],
  seedFor: (index: number) => number,
  firstOf: (plan: BenchmarkPlan) => FirstSeen | undefined,
  /** Commands with results that only one side has. */
  unpaired: ReadonlySet<string> = new Set(),
): Workload[] {
  const groups = new Map<string, Tracker[]>()
  for (const tracker of trackers) {
    const key = JSON.stringify([arrangementOf(tracker.plan), tracker.plan.around])
    const group = groups.get(key)
    if (group) group.push(tracker)
    else groups.set(key, [tracker])
  }
  return [...groups.values()].map((group, index) => ({
    plan: group[0]!.plan,
    trackers: group,
    selects: selects(group[0]!.plan),
    orders: roundOrders(seedFor(index)),
    mapped: { base: [], head: [], control: [] },
    seen: false,
    warmUps: 0,
    printed: newPrinted(),
    comparesOutput: !unpaired.has(group[0]!.plan.command),
    spentSeconds: 0,
    fastestRound: roundSeconds(firstOf(group[0]!.plan)?.seconds),
  }))
}

function roundSeconds(seconds: PerSide<number> | undefined): number {
  if (!seconds) return 0
  return ROUND_PARTS.reduce((sum, part) => sum + seconds[part === 'head' ? 'head' : 'base'], 0)
}

/** The benchmarks of a workload that still want rounds. */
export function openTrackers({ trackers }: Workload): readonly Tracker[] {
  return trackers.filter(tracker => !tracker.ending)
}

/** At most so many bytes of a tree are rewritten before a run. */
const MOST_BYTES = 512 * 2 ** 20

/** Takes over what the first runs showed: the files whose pages have to be drawn anew before each run. */
export async function takeOver(
  workload: Workload,
  first: FirstSeen,
  setting: MeasureSetup,
): Promise<readonly Limitation[]> {
  const limitations: Limitation[] = []
  for (const side of SIDES) {
    const { files, exact } = first.mapped[side]
    const { files: kept, left } = await withinBytes(setting.trees[side], files, MOST_BYTES)
    workload.mapped[side] = kept
    if (!exact) limitations.push(mappedFilesUnknown)
    if (left.length > 0) limitations.push(tooLargeToRewrite(left, MOST_BYTES))
  }
  workload.mapped.control = workload.mapped.base
  workload.seen = true
  return limitations
}

/**
 * The first round of a workload that nobody has run yet: runs each part once, notes how it went, and finds the files that a run maps.
 * Returns what could not be done in full.
 */
export async function findMapped(workload: Workload, setting: MeasureSetup): Promise<readonly Limitation[]> {
  const mapped: Partial<Record<Side, MappedFiles>> = {}
  for (const side of SIDES)
    mapped[side] = await mappedFiles(setting.trees[side], () => runPart(workload, side, setting))
  await runPart(workload, 'control', setting)
  const both = { base: mapped.base!, head: mapped.head! }
  return takeOver(workload, { mapped: both, seconds: { base: 0, head: 0 } }, setting)
}

/**
 * One round in its random order, each run on fresh pages. It is kept for the benchmarks that got a value from every run
 * of it, and broken off when none can. Returns what could not be done in full.
 */
export async function runRound(
  workload: Workload,
  setting: MeasureSetup,
  keep: boolean,
): Promise<readonly Limitation[]> {
  const stale: string[] = []
  const values = new Map<Tracker, Record<Part, number[]>>(
    openTrackers(workload).map(tracker => [tracker, { base: [], head: [], control: [] }]),
  )
  const used: Record<Part, number[]> = { base: [], head: [], control: [] }
  for (const part of workload.orders.next().value) {
    stale.push(...(await freshenPages(setting.trees[part], workload.mapped[part])))
    const { readings, cpuSeconds } = await runPart(workload, part, setting)
    if (cpuSeconds !== undefined) used[part].push(cpuSeconds)
    for (const [tracker, reading] of readings) {
      if (reading.ok) values.get(tracker)?.[part].push(reading.value)
      else if (values.delete(tracker) && keep) tracker.lostRounds++
    }
    if (values.size === 0) break
  }
  if (keep)
    for (const [tracker, round] of values) {
      tracker.rounds.push(round)
      if (tracker.plan.format.kind === 'wall' && isWhole(used)) tracker.cpuRounds.push(used)
    }
  return stale.length > 0 ? [notRewritten([...new Set(stale)])] : []
}

/** Whether every run of the round has a value. */
function isWhole(round: Round): boolean {
  return ROUND_PARTS.every(part => round[part].length === runsPerRound(part))
}

/** Output beyond this is dropped, and a value that would be read from it is a fault. */
const OUTPUT_CAP = 64 * 2 ** 20

/** Runs one part and notes for each open row what it yielded. */
async function runPart(
  workload: Workload,
  part: Part,
  setting: MeasureSetup,
): Promise<{ readonly readings: ReadonlyMap<Tracker, Reading>; readonly cpuSeconds: number | undefined }> {
  const open = openTrackers(workload)
  const side = part === 'head' ? 'head' : 'base'
  const wanted = rowsToSelect(workload, open, side)
  let run = await runOnce(workload, { part, open, wanted }, setting)
  if (wanted && !gaveOnly(run, wanted, workload)) {
    // Said nowhere: all rows are measured as they would be without selecting, it only takes longer.
    workload.selects = false
    if (!gaveAll(run, wanted, workload)) run = await runOnce(workload, { part, open }, setting)
  }
  if (run.printed !== undefined && workload.comparesOutput)
    notePrinted(workload.printed, part, run.printed, setting.printed)
  const readings = new Map(
    open.map(tracker => [tracker, steady(tracker, run.read(onSide(tracker.plan, side)))]),
  )
  for (const [tracker, reading] of readings) note(tracker, part, reading)
  return { readings, cpuSeconds: run.cpuSeconds }
}

interface PartRun {
  readonly part: Part
  readonly open: readonly Tracker[]
  readonly wanted?: readonly string[] | undefined
}

async function runOnce(
  { plan, trackers }: Workload,
  { part, open, wanted }: PartRun,
  { sandbox, trees, env, scheduling, match, time }: MeasureSetup,
): Promise<OpenRun> {
  const arranged = arrangementOf(plan, wanted ? { rows: wanted } : {})
  const job: Job = {
    argv: benchmarkWords(arranged.command),
    tree: trees[part],
    env: { ...env[part === 'head' ? 'head' : 'base'], ...arranged.env },
    timeoutSeconds: Math.max(...open.map(each => each.plan.timeoutSeconds)),
    outputCap: OUTPUT_CAP,
    scheduling,
    ...(trackers.some(tracker => tracker.plan.metric === 'memory') && { memoryBy: time }),
  }
  return openRun(await runAround(sandbox, job, plan.around ?? {}), match)
}

/** The names of the open rows where the command would run others too, and its harness can leave those out. */
function rowsToSelect(
  { plan, selects }: Workload,
  open: readonly Tracker[],
  side: Side,
): readonly string[] | undefined {
  if (!selects || plan.format.kind !== 'harness') return undefined
  const rows = new Set(
    open.flatMap(({ plan: each }) => {
      const { format } = onSide(each, side)
      return format.kind === 'harness' ? [format.row ?? ''] : []
    }),
  )
  return rows.has('') || rows.size >= (plan.format.of ?? 0) ? undefined : [...rows]
}

function gaveAll(run: OpenRun, wanted: readonly string[], { plan: { format } }: Workload): boolean {
  const read = format.kind === 'harness' ? run.results(format.harness) : undefined
  const names = read?.ok ? new Set(read.value.map(({ name }) => name)) : undefined
  return names !== undefined && wanted.every(name => names.has(name))
}

/** Some harnesses can only be asked for a few more than are wanted; what matters is that it is fewer than all. */
function gaveOnly(run: OpenRun, wanted: readonly string[], workload: Workload): boolean {
  const { format } = workload.plan
  if (format.kind !== 'harness') return false
  const read = run.results(format.harness)
  if (!read.ok || !gaveAll(run, wanted, workload)) return false
  return new Set(read.value.map(({ name }) => name)).size < (format.of ?? Number.POSITIVE_INFINITY)
}
