import { success } from '../model/result.ts'
import type { Arrangement, Harness } from './harness.ts'
import { listAt, memberOf, membersOf, numberAt, textAt } from './json-members.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { escaped } from './select-names.ts'
import { withArguments } from './shell-line.ts'
import { throughFile } from './through-file.ts'
import { readNumber, readUnit } from './units.ts'

/** JMH: the JSON of `-rf json`, and the table at the end of its text. Parameters and modes are part of a row's name. */
export const jmh: Harness = {
  name: 'jmh',
  title: 'JMH',
  boundByTime: true,
  recognises: output => output.lines.some(line => HEADER.test(line)) || output.documents.some(isList),
  read(output) {
    const documents = output.documents.filter(isList)
    return documents.length > 0 ? readDocuments(documents.flat()) : readTable(output)
  },
  print: run =>
    /\s-rff?\b/.test(run.command) || !/\bjava\b/.test(run.command)
      ? undefined
      : throughFile(run, ['-rf', 'json', '-rff']),
  short: run =>
    withOptions(run, /\s-(?:f|wi|i|w|r)\b/, ['-f', '1', '-wi', '2', '-w', '200ms', '-i', '3', '-r', '200ms']),
  select: (run, names) =>
    withOptions(run, /(?!)/, [
      `(^|\\.)(${[...new Set(names.map(name => name.replace(/[ (].*$/s, '')))].map(escaped).join('|')})$`,
    ]),
}

function withOptions(run: Arrangement, given: RegExp, words: readonly string[]): Arrangement | undefined {
  if (given.test(run.command) || !/\bjava\b/.test(run.command)) return undefined
  const command = withArguments(run.command, words)
  return command === undefined ? undefined : { ...run, command }
}

function isList(document: unknown): document is readonly unknown[] {
  return (
    Array.isArray(document) &&
    document.length > 0 &&
    document.every(
      each => textAt(each, 'benchmark') !== undefined && memberOf(each, 'primaryMetric') !== undefined,
    )
  )
}

function readDocuments(rows: readonly unknown[]): ResultsRead {
  const results: HarnessResult[] = []
  const modes = new Set(rows.map(row => textAt(row, 'mode')))
  for (const row of rows) {
    const metric = memberOf(row, 'primaryMetric')
    const [value, unit] = [numberAt(metric, 'score'), scoreUnit(textAt(metric, 'scoreUnit') ?? '\0')]
    const parameters = Object.entries(membersOf(memberOf(row, 'params')) ?? {}).map(
      ([name, each]) => `${name}=${String(each)}`,
    )
    const name = rowName(
      textAt(row, 'benchmark')!,
      parameters,
      modes.size > 1 ? textAt(row, 'mode') : undefined,
    )
    if (value === undefined || !unit) return unread(quotedLine(name), 'score')
    const bytes = numberAt(
      memberOf(memberOf(row, 'secondaryMetrics'), '·gc.alloc.rate.norm') ??
        memberOf(memberOf(row, 'secondaryMetrics'), 'gc.alloc.rate.norm'),
      'score',
    )
    const samples = listAt(metric, 'rawData').flatMap(each => (Array.isArray(each) ? each : []))
    results.push({
      name,
      ...amountOf({ value: Number.isFinite(value) || samples.length === 0 ? value : Number.NaN }, unit),
      ...(bytes !== undefined && bytes >= 0 && { metrics: { 'allocated-bytes': bytes } }),
    })
  }
  return success(results)
}

/** `ops/ms` is a thousand operations a second; `ms/op` is a time. */
function scoreUnit(text: string): ReturnType<typeof readUnit> {
  const rate = /^ops\/(ns|us|ms|s|min|hr|day)$/.exec(text)
  if (!rate) return readUnit(text.replace(/^hr\//, 'h/'))
  const seconds = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, min: 60, hr: 3600, day: 86_400 }[rate[1]!]!
  return { base: 'ops/s', factor: 1 / seconds }
}

function rowName(benchmark: string, parameters: readonly string[], mode: string | undefined): string {
  const described = [...parameters, ...(mode === undefined ? [] : [mode])]
  return described.length === 0 ? benchmark : `${benchmark} (${described.join(', ')})`
}

/** Secondary metrics repeat the parameters and the mode of their benchmark, in front of count, score and unit. */
const keyOf = (benchmark: string, cells: readonly string[]): string =>
  [benchmark, ...cells.slice(0, -3)].join(' ')

const HEADER = /^Benchmark\s+(?:\(\S+\)\s+)*Mode\s+Cnt\s+Score\s+(?:Error\s+)?Units\s*$/

function readTable({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  let parameters: readonly string[] | undefined
  const rows: string[][] = []
  for (const line of lines) {
    if (HEADER.test(line)) {
      parameters = [...line.matchAll(/\((\S+)\)/g)].map(found => found[1]!)
      continue
    }
    if (parameters === undefined) continue
    if (line.trim() === '') break
    rows.push(
      line
        .replace(/ ±\s*\S+/, '')
        .trim()
        .split(/\s+/),
    )
  }
  const names = parameters ?? []
  const allocated = new Map(
    rows.flatMap(([benchmark = '', ...cells]): readonly (readonly [string, number])[] => {
      const of = /^(.+):·?gc\.alloc\.rate\.norm$/.exec(benchmark)?.[1]
      const bytes = readNumber((cells.at(-2) ?? '').replace(',', '.'))
      return of === undefined || bytes === undefined || bytes < 0 ? [] : [[keyOf(of, cells), bytes]]
    }),
  )
  const modes = new Set(rows.map(cells => cells[1 + names.length]))
  for (const cells of rows) {
    const [benchmark, ...rest] = cells
    const given = rest.slice(0, names.length)
    // Secondary metrics have names of their own: `Text.sort:·gc.alloc.rate.norm`; percentiles too.
    if (benchmark!.includes(':')) continue
    const [mode] = rest.slice(names.length)
    // In the locale of the machine, and never with thousands separators (org.openjdk.jmh.util.ScoreFormatter).
    const digits = (rest.at(-2) ?? '').replace(',', '.')
    const [value, unit] = [readNumber(digits), scoreUnit(rest.at(-1) ?? '')]
    const described = names.map((name, at) => `${name}=${given[at]}`).filter(each => !each.endsWith('=N/A'))
    const name = rowName(benchmark!, described, modes.size > 1 ? mode : undefined)
    if (!unit) return unread(quotedLine(cells.join(' ')), 'score-in-table')
    // `≈ 10⁻³` is below what it prints; the other rows are as good as ever.
    if (value === undefined) {
      const failed = { rule: 'unread', text: quotedLine(cells.join(' ')), lacks: 'score-in-table' } as const
      results.push({ name, value: 0, unit: unit.base, failed })
      continue
    }
    const bytes = allocated.get(keyOf(benchmark!, rest))
    const metrics = bytes !== undefined && { metrics: { 'allocated-bytes': bytes } }
    results.push({ name, ...amountOf({ value, digits }, unit), ...metrics })
  }
  return success(results)
}
