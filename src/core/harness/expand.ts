import { METRICS } from '../model/metric.ts'
import type { BenchmarkPlan, HarnessFormat, RowRule } from '../model/report.ts'
import type { PerSide, Side } from '../model/side.ts'
import { readDuration, readPositive } from '../text/amounts.ts'
import { listed, quoted } from '../text/text.ts'
import type { HarnessResult, ResultsRead } from './result.ts'
import { betterOf, type Unit } from './units.ts'

/** One row of the table, and the sides on which it was seen. */
export interface ExpandedRow {
  readonly plan: BenchmarkPlan
  readonly on: readonly Side[]
}

/** What the first run of a harness showed on each side; absent where it gave no results. */
export type FirstResults = Partial<Readonly<PerSide<ResultsRead>>>

/** The rows of an entry, and what of its settings fits none of them. */
export interface Expansion {
  readonly rows: readonly ExpandedRow[]
  /** Settings that cannot be used, a sentence each. */
  readonly faults: readonly string[]
  /** Settings without an effect, a sentence each. */
  readonly notes: readonly string[]
}

const BOTH: readonly Side[] = ['base', 'head']

/**
 * A row for each result of a harness, matched by name over both sides. A side whose first run failed is taken to have what the other
 * one has: measuring will say how it fails. Without any result the entry stays one row, which will say why it has no value.
 */
export function expandRows(entry: BenchmarkPlan, format: HarnessFormat, first: FirstResults): Expansion {
  const [base, head] = [resultsOf(first.base, format), resultsOf(first.head, format)]
  const seen = new Map<string, HarnessResult>()
  for (const result of [...(base ?? []), ...(head ?? [])]) {
    const known = seen.get(result.name)
    // A result that failed on one side has its unit on the other.
    if (!known || (known.failed !== undefined && result.failed === undefined)) seen.set(result.name, result)
  }
  if (seen.size === 0) return { rows: [{ plan: { ...entry, format }, on: BOTH }], faults: [], notes: [] }
  const names = { base: namesOf(base), head: namesOf(head) }
  const faults = new Set<string>()
  const rows = [...seen.values()].flatMap((result): readonly ExpandedRow[] => {
    const plan = rowPlan(entry, { ...format, row: result.name, of: seen.size }, { result, faults })
    const on = BOTH.filter(side => names[side]?.has(result.name) ?? true)
    return plan ? [{ plan, on }] : []
  })
  const unused = (entry.rules ?? []).filter(({ match }) => ![...seen.keys()].some(name => fits(name, match)))
  const notes = unused.map(
    ({ match }) =>
      `${quoted(entry.name)} has no result that fits the pattern ${quoted(match)}; it has ${someOf([...seen.keys()])}.`,
  )
  return { rows, faults: [...faults], notes }
}

function resultsOf(
  read: ResultsRead | undefined,
  { only }: HarnessFormat,
): readonly HarnessResult[] | undefined {
  if (!read?.ok) return undefined
  return only ? read.value.filter(({ name }) => only.includes(name)) : read.value
}

const namesOf = (results: readonly HarnessResult[] | undefined) =>
  results && new Set(results.map(({ name }) => name))

interface OneRow {
  readonly result: HarnessResult
  readonly faults: Set<string>
}

function rowPlan(
  entry: BenchmarkPlan,
  format: HarnessFormat,
  { result, faults }: OneRow,
): BenchmarkPlan | undefined {
  const rule = ruleFor(result.name, entry.rules ?? [])
  if (rule?.skip) return undefined
  const metric = rule?.metric ?? entry.metric
  const unit = METRICS[metric].unit ?? result.unit
  const floor = rule?.floor === undefined ? undefined : readFloor(rule.floor, unit)
  if (rule?.floor !== undefined && floor === undefined)
    faults.add(
      `The floor of ${entry.name}: ${result.name} must be ${unit === 's' ? 'a time such as 1ms' : `a number in its unit (${unit || 'none'})`}, not ${JSON.stringify(rule.floor)}.`,
    )
  const { rules: _, floor: __, ...rest } = entry
  return {
    ...rest,
    name: `${entry.name}: ${result.name}`,
    format,
    unit,
    metric,
    better:
      metric === 'time' && entry.better === 'lower' ? betterOf(result.unit as Unit['base']) : entry.better,
    threshold: rule?.threshold ?? entry.threshold,
    ...(floor !== undefined && { floor }),
  }
}

/** The settings of all rules that fit a name; a later rule wins over an earlier one. */
function ruleFor(name: string, rules: readonly RowRule[]): RowRule | undefined {
  const fitting = rules.filter(({ match }) => fits(name, match))
  return fitting.length === 0 ? undefined : Object.assign({}, ...fitting)
}

/** Whether a name fits a pattern in which `*` stands for any text; in time linear in both. */
export function fits(name: string, pattern: string): boolean {
  const [head, ...tail] = pattern.split('*')
  if (tail.length === 0) return name === head
  if (!name.startsWith(head!)) return false
  const last = tail.pop()!
  let at = head!.length
  for (const part of tail) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

function readFloor(text: string, unit: string): number | undefined {
  return unit === 's' ? readDuration(text) : readPositive(text)
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(quoted)
  return names.length > shown.length
    ? `${shown.join(', ')} and ${names.length - shown.length} more`
    : listed(shown)
}

/** The entry that a row came out of, asked for that row alone; undefined when no entry has it. */
export function entryOfRow(entries: readonly BenchmarkPlan[], rowName: string): BenchmarkPlan | undefined {
  const same = entries.find(({ name }) => name === rowName)
  if (same) return same
  const entry = entries.find(({ name }) => rowName.startsWith(`${name}: `))
  if (!entry) return undefined
  const { format } = entry
  const only = [rowName.slice(entry.name.length + 2)]
  if (format.kind === 'harness') return { ...entry, format: { ...format, only } }
  return { ...entry, format: { kind: 'harness', harness: 'auto', only } }
}
