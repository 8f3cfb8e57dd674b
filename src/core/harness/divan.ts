import type { Metric } from '../model/metric.ts'
import { success } from '../model/result.ts'
import type { Arrangement, Harness } from './harness.ts'
import type { Output } from './output.ts'
import { amountOf } from './printed-step.ts'
import { type HarnessResult, quotedLine, type ResultsRead, unread } from './result.ts'
import { escaped } from './select-names.ts'
import { withArgumentsAfterDashes } from './shell-line.ts'
import { readNumber, readUnit } from './units.ts'

/**
 * Divan: its tree of names with a column each for fastest, slowest, median and mean. A row's name is the path of its branches; further
 * lines of a row hold throughput or allocations. Settings can be given as variables (docs.rs/divan, "CLI").
 */
export const divan: Harness = {
  name: 'divan',
  title: 'Divan',
  boundByTime: true,
  recognises: output => output.lines.some(line => HEADER.test(line)),
  read: readTree,
  short: run =>
    withVariables(run, /--(?:max-time|sample-count)\b/, { DIVAN_MAX_TIME: '0.1', DIVAN_SAMPLE_COUNT: '50' }),
  select(run, names) {
    // A path begins with the crate's name, which a row's name has only where there are several.
    const paths = names.map(name => escaped(name.replaceAll(SEPARATOR, '::'))).join('|')
    const command = withArgumentsAfterDashes(run.command, [`^([^:]+::)?(${paths})$`])
    return command === undefined ? undefined : { ...run, command }
  },
  exactly: (run, count) =>
    withVariables(run, /--(?:sample-count|sample-size)\b/, {
      DIVAN_SAMPLE_COUNT: '1',
      DIVAN_SAMPLE_SIZE: `${count}`,
    }),
}

const SEPARATOR = '/'

function withVariables(
  run: Arrangement,
  given: RegExp,
  variables: Readonly<Record<string, string>>,
): Arrangement | undefined {
  return given.test(run.command) ? undefined : { ...run, env: { ...run.env, ...variables } }
}

const HEADER = /^(\S+)\s+fastest\s+│\s*slowest\s+│\s*median\s+│\s*mean\s+│\s*samples\s+│\s*iters/
const BRANCH = /^((?:│ {2}| {3})*)(?:├─|╰─) (.*)$/

function readTree({ lines }: Output): ResultsRead {
  const results: HarnessResult[] = []
  // `cargo bench` runs several programs, which may each have a `sort`.
  const crates = new Set(lines.flatMap(line => HEADER.exec(line)?.[1] ?? []))
  let path: string[] = []
  let open = false
  let about: Metric | undefined
  for (const line of lines) {
    const header = HEADER.exec(line)
    if (header) {
      path = [header[1]!]
      open = true
      continue
    }
    const branch = open ? BRANCH.exec(line) : undefined
    if (!branch) {
      const last = results.at(-1)
      if (open && last) {
        const more = allocatedIn(line, about)
        about = more.about
        if (more.metric)
          results[results.length - 1] = { ...last, metrics: { ...last.metrics, ...more.metric } }
      }
      continue
    }
    about = undefined
    const depth = branch[1]!.length / 3
    const [first, ...columns] = branch[2]!.split('│')
    const cell = /^(.*?)(?:\s{2,}(\S+(?: \S+)?)\s*)?$/.exec(first!.trimEnd())!
    path = [...path.slice(0, depth + 1), cell[1]!.trim()]
    if (cell[2] === '(ignored)') continue
    if (cell[2] === undefined || columns.length < 4) continue
    const [, median, , , iters] = columns.map(column => column.trim())
    const [number, unitText] = (median ?? '').split(' ')
    const [value, unit] = [readNumber(number ?? ''), readUnit(unitText ?? '\0')]
    if (value === undefined || !unit) return unread(quotedLine(line), 'median-time')
    const iterations = readNumber(iters ?? '')
    results.push({
      name: (crates.size > 1 ? path : path.slice(1)).join(SEPARATOR),
      ...amountOf({ value, digits: number! }, unit),
      ...(iterations !== undefined && iterations > 0 && { iterations }),
    })
  }
  return success(results)
}

/**
 * What a line below a row tells of its allocations: a title `alloc:`, then a line of their number and one of their bytes, in the column of the
 * median. Bars of the tree stand in front of the columns.
 */
function allocatedIn(
  line: string,
  about: Metric | undefined,
): { readonly about?: Metric | undefined; readonly metric?: Partial<Record<Metric, number>> } {
  const cells = line.split('│').map(cell => cell.trim())
  if (cells.length < COLUMNS) return {}
  if (cells.at(-COLUMNS) === 'alloc:') return { about: 'allocations' }
  if (about === undefined) return {}
  const [digits = '', unitText = ''] = cells.at(MEDIAN - COLUMNS)!.split(' ')
  const [value, unit] = [readNumber(digits), readUnit(unitText)]
  if (value === undefined || unit?.base !== (about === 'allocations' ? '' : 'B')) return {}
  return {
    metric: { [about]: value * unit.factor },
    about: about === 'allocations' ? 'allocated-bytes' : undefined,
  }
}

const COLUMNS = 6
/** Behind the fastest and the slowest. */
const MEDIAN = 2
