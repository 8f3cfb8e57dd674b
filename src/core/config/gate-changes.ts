import type { Around } from '../model/around.ts'
import type { BenchmarkPlan } from '../model/plan.ts'
import { quoted } from '../text/text.ts'
import type { Settings } from './settings.ts'

/** As many as a reviewer reads. */
const MOST_CHANGES = 30

/**
 * What a change does to the gate's own configuration, a clause each (`raises the threshold of parse from 5 % to 50 %`), so that a reviewer
 * sees it although it takes effect only once it is merged.
 */
export function describeGateChanges(base: Settings, head: Settings): readonly string[] {
  const changes = [...tableChanges(ownRows(base), ownRows(head)), ...settingChanges(base, head)]
  const rest = changes.length - MOST_CHANGES
  return rest > 0 ? [...changes.slice(0, MOST_CHANGES), `makes ${rest} more changes to it`] : changes
}

/** The table without the budgets that are only the whole run's. */
function ownRows({ benchmarks, budgetSeconds }: Settings): readonly Listed[] {
  return benchmarks.map(({ budgetSeconds: own, around, ...row }) => {
    const listed = { ...row, ...around }
    return own === budgetSeconds ? listed : { ...listed, budgetSeconds: own }
  })
}

type Listed = Omit<BenchmarkPlan, 'budgetSeconds' | 'around'> &
  Partial<Pick<BenchmarkPlan, 'budgetSeconds'>> &
  Around

/** For each benchmark that only head lists and that runs a command of one that head no longer lists: the old name by the new one. */
function renamedBenchmarks(base: readonly Listed[], head: readonly Listed[]): ReadonlyMap<string, string> {
  const known = new Set(base.map(({ name }) => name))
  const kept = new Set(head.map(({ name }) => name))
  const gone = base.filter(({ name }) => !kept.has(name))
  const renamed = new Map<string, string>()
  for (const { name, command } of head.filter(plan => !known.has(plan.name))) {
    const old = gone.find(plan => plan.command === command && ![...renamed.values()].includes(plan.name))
    if (old) renamed.set(name, old.name)
  }
  return renamed
}

function tableChanges(base: readonly Listed[], head: readonly Listed[]): readonly string[] {
  const renamed = renamedBenchmarks(base, head)
  const moved = new Set(renamed.values())
  const theirs = new Map(head.map(plan => [plan.name, plan]))
  const known = new Set(base.map(({ name }) => name))
  return [
    ...base
      .filter(({ name }) => !theirs.has(name) && !moved.has(name))
      .map(({ name }) => `removes the benchmark ${quoted(name)}`),
    ...[...renamed].map(([name, old]) => `renames the benchmark ${quoted(old)} to ${quoted(name)}`),
    ...base.flatMap(plan => {
      const other = theirs.get(plan.name)
      return other ? rowChanges(plan, other) : []
    }),
    ...head
      .filter(({ name }) => !known.has(name) && !renamed.has(name))
      .map(({ name }) => `adds the benchmark ${quoted(name)}`),
  ]
}

function rowChanges(base: Listed, head: Listed): readonly string[] {
  return differing(base, head).map(([key, before, after]) => {
    const of = `${label(key)} of ${quoted(base.name)}`
    if (key === 'threshold') {
      const verb = Number(after) > Number(before) ? 'raises' : 'lowers'
      return `${verb} the ${of} from ${percentage(before)} to ${percentage(after)}`
    }
    if (key === 'floor') return `changes the ${of} from ${amount(before, base)} to ${amount(after, head)}`
    return `changes the ${of} from ${shown(key, before)} to ${shown(key, after)}`
  })
}

function settingChanges(base: Settings, head: Settings): readonly string[] {
  const { benchmarks: _, ...own } = base
  const { benchmarks: __, ...theirs } = head
  return differing(flat(own), flat(theirs)).map(
    ([key, before, after]) => `changes ${label(key)} from ${shown(key, before)} to ${shown(key, after)}`,
  )
}

/** Settings within a record of settings count as settings of their own. */
function flat(settings: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]): [string, unknown][] =>
      key === 'policies' && typeof value === 'object' && value !== null
        ? Object.entries(value)
        : [[key, value]],
    ),
  )
}

function differing(base: object, head: object): readonly (readonly [string, unknown, unknown])[] {
  const [own, theirs] = [new Map(Object.entries(base)), new Map(Object.entries(head))]
  return [...new Set([...own.keys(), ...theirs.keys()])]
    .filter(key => JSON.stringify(own.get(key)) !== JSON.stringify(theirs.get(key)))
    .map(key => [key, own.get(key), theirs.get(key)] as const)
}

/** `budgetSeconds` as `budget`, `onPlacement` as `on-placement`. */
function label(key: string): string {
  return key.replace(/Seconds$/, '').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

function shown(key: string, value: unknown): string {
  if (value === undefined) return 'nothing'
  if (key.endsWith('Seconds')) return `${String(value)} s`
  if (key === 'alpha') return percentage(value)
  if (typeof value === 'number') return String(value)
  return quoted(typeof value === 'string' ? value : JSON.stringify(value))
}

const amount = (value: unknown, { unit }: Listed) =>
  value === undefined ? 'nothing' : `${String(value)} ${unit}`.trimEnd()

const percentage = (value: unknown): string => `${Number((Number(value) * 100).toPrecision(6))} %`
