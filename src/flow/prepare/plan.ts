import { readConfig } from '../../core/config/config-file.ts'
import { type ConfigFile, configSchema, type Door } from '../../core/config/schema.ts'
import { type Settings, selectShard, settle } from '../../core/config/settings.ts'
import { InputError } from '../../core/model/errors.ts'
import { isNoisy } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/world.ts'
import type { History } from '../history/history.ts'

export const CONFIG_FILE = '.github/perf-verdict.yml'

/** A benchmark, and the sides that have it. */
export interface Planned {
  readonly plan: BenchmarkPlan
  readonly on: readonly Side[]
}

export interface Plan {
  readonly settings: Settings
  /** This run's share of the benchmarks. */
  readonly benchmarks: readonly Planned[]
  /** Rows of the whole table that are timed on both sides: the error rate is for all of them. */
  readonly tableRows: number
  readonly notes: readonly string[]
}

interface Configurations {
  readonly file: string
  readonly base: string | undefined
  readonly head: string | undefined
}

/**
 * Settles what will be measured: door over the base side's configuration over defaults. A pull request cannot loosen
 * its own gate; only one that brings the first configuration is judged by it, and both are said.
 */
export async function makePlan(
  door: Door,
  history: History,
  repository: string,
  tools: ToolPort,
): Promise<Plan> {
  const found = await findConfigurations(door, history, repository, tools)
  const { file, base, head } = found
  const text = base ?? head
  const config: ConfigFile = text === undefined ? configSchema.parse({}) : readConfig(text, file)
  const settings = settle(door, config)
  const all = door.bench ? onBoth(settings) : compareTables(settings, door, found)
  const share =
    door.shard &&
    selectShard(
      all.map(({ plan }) => plan.name),
      door.shard,
    )
  const benchmarks = share ? all.filter(({ plan }) => share.includes(plan.name)) : all
  const says = share
    ? [
        `This is shard ${door.shard!.index} of ${door.shard!.of}: ${benchmarks.length} of ${all.length} benchmarks.`,
      ]
    : []
  const tableRows = all.filter(({ plan, on }) => isNoisy(plan.metric) && on.length === BOTH.length).length
  return { settings, benchmarks, tableRows, notes: [...describeChange(found), ...says] }
}

async function findConfigurations(
  door: Door,
  history: History,
  repository: string,
  tools: ToolPort,
): Promise<Configurations> {
  const file = door.config ?? CONFIG_FILE
  if (file.startsWith('/') || file.split('/').includes('..') || file.includes('\0')) {
    throw new InputError([`config must be a path inside the repository, not ${JSON.stringify(file)}.`])
  }
  const show = async (sha: string) => {
    const shown = await git(tools, repository, ['show', '--no-textconv', `${sha}:${file}`])
    return shown.ok ? shown.out : undefined
  }
  const base = await show(history.base.sha)
  const head = await show(history.head.sha)
  if (base === undefined && head === undefined && door.config !== undefined) {
    throw new InputError([
      `config names ${file}, which neither the base nor the head has; correct the path or leave it out.`,
    ])
  }
  return { file, base, head }
}

const BOTH: readonly Side[] = ['base', 'head']

function onBoth(settings: Settings): readonly Planned[] {
  return settings.benchmarks.map(plan => ({ plan, on: BOTH }))
}

/** The base's benchmarks, those that the head no longer lists, and those that only the head lists. */
function compareTables(
  settings: Settings,
  door: Door,
  { file, base, head }: Configurations,
): readonly Planned[] {
  if (base === undefined || head === undefined || base === head) return onBoth(settings)
  const theirs = headBenchmarks(door, head, file)
  if (!theirs) return onBoth(settings)
  const kept = new Set(theirs.map(plan => plan.name))
  const known = new Set(settings.benchmarks.map(plan => plan.name))
  return [
    ...settings.benchmarks.map((plan): Planned => ({ plan, on: kept.has(plan.name) ? BOTH : ['base'] })),
    ...theirs.filter(plan => !known.has(plan.name)).map((plan): Planned => ({ plan, on: ['head'] })),
  ]
}

/** Undefined when the head's configuration is broken: the base's counts, and the head's own gate will say it. */
function headBenchmarks(door: Door, head: string, file: string): readonly BenchmarkPlan[] | undefined {
  try {
    return settle(door, readConfig(head, file)).benchmarks
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}

function describeChange({ file, base, head }: Configurations): readonly string[] {
  if (base === head) return []
  if (base === undefined) {
    return [`${file} is new in this change; it was used as it stands, because the base has none.`]
  }
  if (head === undefined) return [`This change removes ${file}; the base's version was used.`]
  return [
    `This change edits ${file}; the base's version was used, and the edit takes effect once it is merged.`,
  ]
}
