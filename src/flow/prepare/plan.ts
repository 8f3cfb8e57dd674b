import { judgedAsToday } from '../../core/config/branch-policy.ts'
import { readConfig } from '../../core/config/config-file.ts'
import { describeGateChanges } from '../../core/config/gate-changes.ts'
import { type ConfigFile, configSchema, type InvocationOptions } from '../../core/config/schema.ts'
import { type Settings, selectShard, settle } from '../../core/config/settings.ts'
import { InputError } from '../../core/model/errors.ts'
import { isNoisy } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { Side } from '../../core/model/side.ts'
import { nearest } from '../../core/text/nearest.ts'
import { listed, quoted } from '../../core/text/text.ts'
import {
  configurationEdit,
  configurationToday,
  itsDifference,
  partOfTable,
  removedAreMeasured,
} from '../../report/notes/plan.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import type { History } from '../history/history.ts'

/** Where the configuration is looked for. */
export const CONFIG_FILE = '.github/perf-verdict.yml'

/** A benchmark, and the sides that run it. */
export interface Planned {
  readonly plan: BenchmarkPlan
  readonly on: readonly Side[]
  /** Whether head's table lacks it: it runs there with base's command all the same. */
  readonly gone?: true
  /** Why it needs no measuring: its `paths` did not change. */
  readonly untouched?: string
}

export interface GatePlan {
  readonly settings: Settings
  /** This run's share of the benchmarks. */
  readonly benchmarks: readonly Planned[]
  /** Rows of the whole table that are timed on both sides: the error rate is for all of them. */
  readonly tableRows: number
  readonly notes: readonly string[]
  /** What the change does to the gate's own configuration, a sentence each. */
  readonly gateChanges: readonly string[]
}

interface Configurations {
  readonly file: string
  /** At the merge base, or of the base branch as it is now where the merge base has none. */
  readonly base: string | undefined
  readonly head: string | undefined
  /** Of the base branch as it is now. */
  readonly today: string | undefined
  /** Whether the merge base is from before the first one. */
  readonly late: boolean
}

/**
 * Settles what will be measured: options over the base side's configuration over defaults. A pull request cannot loosen
 * its own gate, neither by an edit nor by starting from an old commit; only one that brings the first configuration is judged by
 * it, and all of that is reported.
 */
export async function makePlan(
  invocation: InvocationOptions,
  history: History,
  repository: string,
  tools: ToolPort,
): Promise<GatePlan> {
  const found = await findConfigurations(invocation, history, repository, tools)
  const { file, base, head, today } = found
  const text = base ?? head
  const own: ConfigFile = text === undefined ? configSchema.parse({}) : readConfig(text, file)
  const config = today === undefined || today === base ? own : judgedAsToday(own, readConfig(today, file))
  if (text === undefined && invocation.bench === undefined)
    throw new InputError([await whereIsIt(file, history, repository, tools)])
  const settings = settle(invocation, config)
  const theirs = base === undefined || base === head ? undefined : readHead(invocation, found)
  const whole = theirs && !invocation.bench ? compareTables(settings, theirs) : onBoth(settings)
  const all = invocation.only === undefined ? whole : onlyNamed(whole, invocation.only)
  const share =
    invocation.shard &&
    selectShard(
      all.map(({ plan }) => plan.name),
      invocation.shard,
    )
  const benchmarks = share ? all.filter(({ plan }) => share.includes(plan.name)) : all
  const rows = { here: benchmarks.length, all: all.length }
  const says = share ? [partOfTable(invocation.shard!, rows)] : []
  const tableRows = all.filter(({ plan, on }) => isNoisy(plan.metric) && on.length === BOTH.length).length
  return {
    settings,
    benchmarks,
    tableRows,
    notes: [...describeToday(found, history), ...says],
    gateChanges: [
      ...describeChange(found, theirs && describeGateChanges(settle(invocation, own), theirs)),
      ...describeGone(all),
    ],
  }
}

/** The benchmarks that somebody asks for by name; throws an InputError for a name that none has. */
function onlyNamed(all: readonly Planned[], only: string): readonly Planned[] {
  const names = only.split('\n').map(name => name.trim())
  const known = all.map(({ plan }) => plan.name)
  const faults = names
    .filter(name => !known.includes(name))
    .map(name => {
      const close = nearest(name, known)
      return `only names ${JSON.stringify(name)}, which is no benchmark${close === undefined ? '' : ` (did you mean ${close}?)`}; there are ${listed(known.map(quoted), 10)}.`
    })
  if (faults.length > 0) throw new InputError(faults)
  return all.filter(({ plan }) => names.includes(plan.name))
}

/** Beyond what the reader of configurations takes, so that it refuses what is put in the place of such a file. */
const LARGEST_CONFIG_BYTES = 2 ** 20

async function findConfigurations(
  invocation: InvocationOptions,
  history: History,
  repository: string,
  tools: ToolPort,
): Promise<Configurations> {
  const file = invocation.config ?? CONFIG_FILE
  if (file.startsWith('/') || file.split('/').includes('..') || file.includes('\0')) {
    throw new InputError([`config must be a path inside the repository, not ${JSON.stringify(file)}.`])
  }
  const show = async (sha: string) => {
    const sized = await git(tools, repository, ['cat-file', '-s', `${sha}:${file}`])
    // What is too large to be read is not even fetched.
    if (sized.ok && Number(sized.out) > LARGEST_CONFIG_BYTES) return ' '.repeat(LARGEST_CONFIG_BYTES)
    const shown = await git(tools, repository, ['show', '--no-textconv', `${sha}:${file}`])
    return shown.ok ? shown.out : undefined
  }
  const base = await show(history.base.sha)
  const head = await show(history.head.sha)
  const today = history.baseTip === history.base.sha ? base : await show(history.baseTip)
  if (base === undefined && head === undefined && invocation.config !== undefined) {
    throw new InputError([
      `config names ${file}, which neither the base nor the head has; correct the path or leave it out.`,
    ])
  }
  return { file, base: base ?? today, head, today, late: base === undefined && today !== undefined }
}

/** What somebody who believes that there is a configuration must know: it is not committed, or has another name. */
async function whereIsIt(
  file: string,
  { head }: History,
  repository: string,
  tools: ToolPort,
): Promise<string> {
  const nothing = `No benchmark is given: name one as NAME=COMMAND with bench, or list benchmarks in ${file}.`
  const top = ['--full-name', '--', ...LOOK_ALIKES.map(path => `:(top)${path}`), `:(top)${file}`]
  const listed = async (...args: readonly string[]) => {
    const { ok, out } = await git(tools, repository, args)
    return ok ? out.split('\0').filter(path => path !== '') : []
  }
  const tracked = await listed(
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    '--full-tree',
    head.sha,
    '--',
    ...LOOK_ALIKES,
  )
  const own = await listed('ls-files', '-z', '--cached', '--others', ...top)
  if (own.includes(file))
    return `${nothing} It is in the work tree, but neither base nor head has it: commit it, or git add it and give --head worktree.`
  const alike = [...tracked, ...own].find(path => path !== file)
  return alike === undefined
    ? nothing
    : `${nothing} There is ${alike}, which is not read: rename it, or name it with config.`
}

/** Where others keep such a file. */
const LOOK_ALIKES: readonly string[] = [
  ...['.github/perf-verdict.yaml', '.github/perf_verdict.yml', '.github/workflows/perf-verdict.yml'],
  ...['perf-verdict.yml', 'perf-verdict.yaml', '.perf-verdict.yml', '.perf-verdict.yaml'],
]

const BOTH: readonly Side[] = ['base', 'head']

function onBoth(settings: Settings): readonly Planned[] {
  return settings.benchmarks.map(plan => ({ plan, on: BOTH }))
}

/** The base's benchmarks, on both sides although the head may list them no longer, and those that only the head lists. */
function compareTables(settings: Settings, theirs: Settings): readonly Planned[] {
  const kept = new Set(theirs.benchmarks.map(plan => plan.name))
  const known = new Set(settings.benchmarks.map(plan => plan.name))
  return [
    ...settings.benchmarks.map(
      (plan): Planned => ({ plan, on: BOTH, ...(!kept.has(plan.name) && { gone: true }) }),
    ),
    ...theirs.benchmarks
      .filter(plan => !known.has(plan.name))
      .map((plan): Planned => ({ plan, on: ['head'] })),
  ]
}

/** Undefined when the head's configuration is broken or gone: the base's counts, and the head's own gate will say it. */
function readHead(invocation: InvocationOptions, { head, file }: Configurations): Settings | undefined {
  if (head === undefined) return undefined
  try {
    return settle(invocation, readConfig(head, file))
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}

function describeGone(all: readonly Planned[]): readonly string[] {
  const names = all.flatMap(({ plan, gone }) => (gone ? [plan.name] : []))
  return names.length === 0 ? [] : [removedAreMeasured(names)]
}

function describeToday(
  { file, base, today, late }: Configurations,
  { baseName }: History,
): readonly string[] {
  if (late) return [configurationToday(file, baseName, 'late')]
  if (base === today) return []
  return [configurationToday(file, baseName, today === undefined ? 'gone' : 'changed')]
}

/** What the change does to the configuration: what differs, where both sides' can be read. */
function describeChange(
  { file, base, head, late }: Configurations,
  differences: readonly string[] | undefined,
): readonly string[] {
  if (base === head) return []
  if (base === undefined) return [configurationEdit(file, 'new')]
  if (head === undefined) return late ? [] : [configurationEdit(file, 'removed')]
  if (differences === undefined) return [configurationEdit(file, 'broken')]
  return differences.length === 0
    ? []
    : [configurationEdit(file, 'edited'), ...differences.map(itsDifference)]
}
