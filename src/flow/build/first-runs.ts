import { arrangementOf, benchmarkWords } from '../../core/harness/arrange.ts'
import { outputOf } from '../../core/harness/output.ts'
import type { Matcher } from '../../core/harness/plain-values.ts'
import { openRun } from '../../core/harness/read-run.ts'
import type { ResultsRead } from '../../core/harness/result.ts'
import { ownerOf, recognise } from '../../core/harness/table.ts'
import type { HarnessVerb } from '../../core/model/harness-name.ts'
import type { BenchmarkPlan, HarnessFormat, ValueFormat } from '../../core/model/plan.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import type { Job, JobOutcome } from '../../shell/ports/ports.ts'
import { runAround } from '../../shell/profilers/run-around.ts'
import type { GateContext } from '../run/gate-context.ts'
import { type MappedFiles, mappedFiles, type UnreadFiles } from '../trees/files-used.ts'

/** What one run of a command on one side showed. */
export interface FirstRun {
  readonly outcome: JobOutcome
  readonly mapped: MappedFiles
  /** Seconds that starting and ending it took in addition. */
  readonly aroundSeconds: number
}

/** The first run of a command on both sides, and how its output turned out to be read. */
export interface FirstRuns {
  readonly format: ValueFormat
  readonly runs: PerSide<FirstRun>
  /** Of a harness: its results on each side. */
  readonly results: Partial<PerSide<ResultsRead>>
}

/**
 * Runs a command once on both sides, and finds out what its output is and which arrangements of its harness the command takes. Both
 * sides are run in one and the same way: the one that gives results on the side that has some.
 */
export async function runFirst(
  entry: BenchmarkPlan,
  context: GateContext,
  match: Matcher,
  unread?: UnreadFiles,
): Promise<FirstRuns> {
  const runs: Partial<Record<Side, FirstRun>> = {}
  let format = entry.format
  for (const side of SIDES) {
    const tried = await runFirstOn({ ...entry, format }, side, { context, match, unread })
    runs[side] = tried.run
    if (!tried.known) continue
    const before = side === 'head' ? runs.base : undefined
    const changed = JSON.stringify(tried.format) !== JSON.stringify(format)
    format = tried.format
    // Head told how to run it, so base, which told nothing, is run that way too.
    if (before && changed) runs.base = await runOnce({ ...entry, format }, 'base', { context, unread })
    if (side === 'base') {
      runs.head = await runOnce({ ...entry, format }, 'head', { context, unread })
      break
    }
  }
  const both = { base: runs.base!, head: runs.head! }
  return { format, runs: both, results: resultsOf(format, both, match) }
}

function resultsOf(format: ValueFormat, runs: PerSide<FirstRun>, match: Matcher): FirstRuns['results'] {
  if (format.kind !== 'harness') return {}
  const read = (side: Side) => openRun(runs[side].outcome, match).results(format.harness)
  return { base: read('base'), head: read('head') }
}

interface Tried {
  readonly run: FirstRun
  readonly format: ValueFormat
  /** Whether this side told how the output is read. */
  readonly known: boolean
}

interface Trying {
  readonly context: GateContext
  readonly match: Matcher
  readonly unread?: UnreadFiles | undefined
}

/** The first run of a command on one side, and how its output turned out to be read. */
export async function runFirstOn(entry: BenchmarkPlan, side: Side, trying: Trying): Promise<Tried> {
  const { format } = entry
  if (format.kind === 'harness' && format.harness !== 'auto')
    return tryArrangements(entry, format, { side, ...trying })
  const asks = format.kind === 'harness' || (format.kind === 'wall' && format.recognise === true)
  if (!asks) return { run: await runOnce(entry, side, trying), format, known: true }
  const owner = ownerOf(entry.command)
  if (owner) return tryArrangements(entry, harnessFormat(format, owner.name), { side, ...trying })
  const run = await runOnce(entry, side, trying)
  const found = run.outcome.code === 0 ? recognise(outputOf(run.outcome.stdout)) : undefined
  if (!found) return { run, format, known: run.outcome.code === 0 }
  return tryArrangements(entry, harnessFormat(format, found.name), { side, ...trying })
}

function harnessFormat(format: ValueFormat, harness: HarnessFormat['harness']): HarnessFormat {
  return { ...(format.kind === 'harness' ? format : { kind: 'harness' }), harness }
}

/** What a command may be unable to take, beginning with nothing. */
const WITHOUT: readonly (readonly HarnessVerb[])[] = [
  [],
  ['short'],
  ['print', 'short'],
  ['print', 'short', 'select'],
]

async function tryArrangements(
  entry: BenchmarkPlan,
  format: HarnessFormat,
  { side, ...trying }: Trying & { readonly side: Side },
): Promise<Tried> {
  const tried = new Set<string>()
  let last: Tried | undefined
  for (const without of WITHOUT) {
    const own: HarnessFormat = without.length === 0 ? format : { ...format, without }
    const plan = { ...entry, format: own }
    const words = JSON.stringify(arrangementOf(plan))
    if (tried.has(words)) continue
    tried.add(words)
    const run = await runOnce(plan, side, trying)
    const read = openRun(run.outcome, trying.match).results(format.harness)
    if (read.ok) return { run, format: own, known: true }
    last = { run, format: own, known: false }
  }
  // What it says without any arrangement is what is wrong with it.
  return last!
}

async function runOnce(
  plan: BenchmarkPlan,
  side: Side,
  { context, unread }: Pick<Trying, 'context' | 'unread'>,
): Promise<FirstRun> {
  const { checkout, env, ports } = context
  const arranged = arrangementOf(plan)
  const job: Job = {
    argv: benchmarkWords(arranged.command),
    tree: checkout.trees[side],
    env: { ...env[side], ...arranged.env },
    timeoutSeconds: plan.timeoutSeconds,
    outputCap: FIRST_OUTPUT_BYTES,
    countsThreads: true,
  }
  // What its prepare reads the benchmark may read in another shape.
  let took = 0
  const run = async () => {
    const started = ports.clock.now()
    const outcome = await runAround(ports.sandbox, job, plan.around ?? {})
    took = ports.clock.now() - started
    return outcome
  }
  const { outcome, ...mapped } = await mappedFiles(job.tree, run, unread)
  // A command may build what it runs; from its first run on that is what it runs.
  await ports.sandbox.seal(checkout.trees[side], mapped.files)
  return { outcome, mapped, aroundSeconds: Math.max(0, took - outcome.seconds) }
}

/** Output of a run is kept up to here. */
const FIRST_OUTPUT_BYTES = 64 * 2 ** 20
