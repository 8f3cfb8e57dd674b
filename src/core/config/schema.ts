import { z } from 'zod'
import { type Acceptance, readAcceptance } from '../decision/acceptance.ts'
import { parseJsonPath } from '../harness/json-path.ts'
import type { Against } from '../history/against.ts'
import { HARNESS_NAMES } from '../model/harness-name.ts'
import type { ValueFormat } from '../model/plan.ts'
import { parseGeometry } from '../processor/geometry.ts'
import { readDuration, readPercent, readShard, readWhole } from '../text/amounts.ts'
import { KNOB_NAMES } from '../tuning/knobs/table.ts'
import { metrics, perMetric } from './metric-settings.ts'
import { pathPatternFault, pathPatternsIn } from './path-patterns.ts'
import { scalar } from './scalar.ts'

/** What inputs, options and the configuration file may say, as zod schemas over scalars: one row per setting. */

function text<T>(
  expected: string,
  read: (given: string) => T | undefined,
  explain: (given: string) => string | undefined = () => undefined,
) {
  return scalar.transform((given, context) => {
    const value = read(given)
    if (value !== undefined) return value
    const message = explain(given) ?? `must be ${expected}, not ${JSON.stringify(given.slice(0, 80))}`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

function oneOf<const T extends string>(...choices: readonly T[]) {
  return text(`one of ${choices.join(', ')}`, given => choices.find(choice => choice === given))
}

const line = text('a command that is not empty', given => (given === '' ? undefined : given))
function readThreshold(given: string): number | undefined {
  const value = readPercent(given)
  return value !== undefined && value > 0 && value <= 10 ? value : undefined
}

const duration = text('a time such as 90s, 10m or 1h', given => {
  const value = readDuration(given)
  return value !== undefined && value > 0 ? value : undefined
})
const whole = (least: number) => text(`a whole number of at least ${least}`, given => readWhole(given, least))
const flag = text('true or false', given => ({ true: true, false: false })[given])

/** `seconds`, `milliseconds`, `json:PATH`, `regex:PATTERN`, or `wall` for the clock around the command. */
function readFormat(given: string): ValueFormat | undefined {
  if (given === 'wall' || given === 'seconds' || given === 'milliseconds') return { kind: given }
  if (/^json:\s*\S/.test(given))
    return parseJsonPath(given.slice(5)) ? { kind: 'json', path: given.slice(5) } : undefined
  if (!/^regex:./s.test(given)) return undefined
  const pattern = given.slice(6)
  try {
    const groups = new RegExp(`${pattern}|`).exec('')!
    // A group for the unit alone reads no value.
    return groups.length > ('unit' in (groups.groups ?? {}) ? 2 : 1) ? { kind: 'regex', pattern } : undefined
  } catch {
    return undefined
  }
}

const format = text(
  'wall, seconds, milliseconds, json:PATH or regex:PATTERN with one group',
  readFormat,
  given =>
    given.startsWith('json:')
      ? `has the JSON path ${JSON.stringify(given.slice(5, 85))}, which cannot be read; write results[0].median or benchmarks[name=BM_x].real_time`
      : undefined,
)

const harness = oneOf('auto', ...HARNESS_NAMES)

/** A list, or a text with one pattern a line. */
const paths = z
  .union([z.array(scalar).max(1000), scalar])
  .transform(given => (typeof given === 'string' ? pathPatternsIn(given) : given.flatMap(pathPatternsIn)))
  .superRefine((given, context) => {
    const fault = pathPatternFault(given)
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
  })

/** Settings of one benchmark that can also be given for all of them. */
const perBenchmark = {
  threshold: perMetric('a percentage above zero such as 5%', readThreshold).optional(),
  floor: perMetric('an amount above zero such as 1ms', given =>
    /^\d/.test(given) ? given : undefined,
  ).optional(),
  format: format.optional(),
  harness: harness.optional(),
  unit: text('a unit of at most 16 characters', given => (given.length <= 16 ? given : undefined)).optional(),
  better: oneOf('lower', 'higher').optional(),
  metric: metrics.optional(),
  'count-with': line.optional(),
  'bench-budget': duration.optional(),
  timeout: duration.optional(),
  paths: paths.optional(),
  prepare: line.optional(),
  conclude: line.optional(),
}

/** What is asked of some of a harness's rows. */
const rowRule = z.strictObject({
  match: text('a name, in which * stands for any text', given => (given === '' ? undefined : given)),
  threshold: perBenchmark.threshold,
  floor: perBenchmark.floor,
  metric: perBenchmark.metric,
  skip: flag.optional(),
})

const benchmark = z
  .strictObject({
    name: text('a name of 1 to 200 characters on one line', given =>
      /^[^\n\r]{1,200}$/.test(given) ? given : undefined,
    ),
    command: line.optional(),
    size: text(
      'paths inside the work tree, a line each, in which * stands for any text',
      readBrought,
    ).optional(),
    ...perBenchmark,
    rows: z.array(rowRule).min(1, 'must list at least one pattern').max(1000).optional(),
  })
  .check(({ value, issues }) => {
    if (value.command !== undefined || value.size !== undefined) return
    issues.push({ code: 'custom', message: 'is missing; add it', path: ['command'], input: value })
  })

/** The keys of one benchmark, and of one rule for its rows. */
export const BENCHMARK_KEYS: readonly string[] = [
  'name',
  'command',
  'size',
  ...Object.keys(perBenchmark),
  'rows',
]
export const ROW_KEYS: readonly string[] = Object.keys(rowRule.shape)

const tune = text(`auto, off, required or a list of knobs (${KNOB_NAMES.join(', ')})`, given => {
  if (given === 'auto' || given === 'off' || given === 'required') return given
  const names = given.split(/[\s,]+/).filter(name => name !== '')
  return names.length > 0 && names.every(name => KNOB_NAMES.some(knob => knob === name)) ? names : undefined
})

const layouts = text('auto, off, rounds or a whole number of at least 4', given =>
  given === 'auto' || given === 'off' || given === 'rounds' ? given : readWhole(given, 4),
)

const cpus = text('all or a whole number of at least 1', given =>
  given === 'all' ? given : readWhole(given, 1),
)

/** Settings that the configuration file may give and that an input or option overrides. */
export const configShape = {
  build: line.optional(),
  ...perBenchmark,
  budget: duration.optional(),
  'build-timeout': duration.optional(),
  alpha: text('an error rate such as 1%, above zero and of at most 20%', given => {
    const value = readPercent(given)
    return value !== undefined && value > 0 && value <= 0.2 ? value : undefined
  }).optional(),
  warmup: whole(0).optional(),
  counters: oneOf('auto', 'perf', 'simulated', 'off').optional(),
  cpus: cpus.optional(),
  layouts: layouts.optional(),
  'gate-on': oneOf('as-built', 'layouts', 'both').optional(),
  'layout-budget': duration.optional(),
  tune: tune.optional(),
  isolation: oneOf('auto', 'required', 'off').optional(),
  network: oneOf('builds', 'none', 'all').optional(),
  share: text('absolute paths, or paths that begin with ~/, a line each', readShared).optional(),
  bring: text('paths inside the work tree, a line each', readBrought).optional(),
  l1i: text('SIZE,WAYS,LINE in bytes such as 32768,8,64', readGeometry).optional(),
  'on-undecided': oneOf('fail', 'warn', 'pass').optional(),
  'on-unmeasured': oneOf('fail', 'warn', 'pass').optional(),
  'on-base-broken': oneOf('fail', 'warn', 'pass').optional(),
  'on-removed': oneOf('fail', 'warn', 'pass').optional(),
  'on-masked': oneOf('fail', 'warn', 'pass').optional(),
  'on-placement': oneOf('fail', 'warn', 'pass').optional(),
  'on-codegen': oneOf('fail', 'warn', 'pass').optional(),
  accept: text('lines of NAME=12%: reason, or NAME=12% until 2027-01-31: reason', readAcceptances).optional(),
  comment: oneOf('always', 'on-change', 'on-breach', 'never').optional(),
  env: text('names or NAME=VALUE lines', readEnvironment).optional(),
} as const

export const configSchema = z.strictObject({
  ...configShape,
  benchmarks: z.array(benchmark).min(1, 'must list at least one benchmark').max(10_000).optional(),
})

/** All settings of the configuration file, and those that only inputs and options give. */
export const invocationSchema = z.strictObject({
  ...configShape,
  bench: text('lines of NAME=COMMAND', readBenchLines).optional(),
  only: line.optional(),
  base: line.optional(),
  against: text('previous, release, release:PATTERN of tags, or an age such as 30d', readAgainst).optional(),
  history: line.optional(),
  bisect: flag.optional(),
  'accept-label': line.optional(),
  head: line.optional(),
  config: line.optional(),
  out: line.optional(),
  seed: whole(0).optional(),
  'working-directory': line.optional(),
  shard: text('INDEX/OF such as 2/5', readShard).optional(),
  cache: flag.optional(),
  key: text('letters, digits and dashes', given =>
    /^[\w-]{1,40}$/.test(given) ? given : undefined,
  ).optional(),
  check: flag.optional(),
})

export type ConfigFile = z.output<typeof configSchema>
export type InvocationOptions = z.output<typeof invocationSchema>
export type PerBenchmark = z.output<typeof benchmark>

/** `NAME=COMMAND` lines; undefined when one of them is neither that nor empty. */
function readBenchLines(given: string): readonly PerBenchmark[] | undefined {
  const lines = given.split('\n').map(row => row.trim())
  const parsed = lines.filter(row => row !== '').map(row => /^([^=\n]{1,200}?)\s*=\s*(.+)$/.exec(row))
  if (parsed.length === 0 || parsed.some(found => found === null)) return undefined
  return parsed.map(found => ({ name: found![1]!, command: found![2]! }))
}

/** `NAME` takes the caller's value, `NAME=VALUE` sets one; an entry a line or separated by commas. */
/** Paths, one a line or with commas or blanks between. */
const pathsIn = (given: string): readonly string[] => given.split(/[\s,]+/).filter(path => path !== '')

const isTidy = (path: string): boolean =>
  !path.includes('\0') && path.split('/').every(step => step !== '..' && step !== '.' && step !== '')

function readShared(given: string): readonly string[] | undefined {
  const paths = pathsIn(given).map(path => path.replace(/\/+$/, ''))
  return paths.every(path => /^(?:~?\/)/.test(path) && isTidy(path.replace(/^~?\//, ''))) ? paths : undefined
}

function readBrought(given: string): readonly string[] | undefined {
  const paths = pathsIn(given).map(path => path.replace(/\/+$/, ''))
  return paths.every(path => isTidy(path) && path.split('/')[0] !== '.git') ? paths : undefined
}

function readEnvironment(
  given: string,
): readonly { readonly name: string; readonly value?: string }[] | undefined {
  const entries = given
    .split(/[\n,]/)
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
  const parsed = entries.map(entry => /^([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?$/.exec(entry))
  if (parsed.some(found => found === null)) return undefined
  return parsed.map(found => ({ name: found![1]!, ...(found![2] === undefined ? {} : { value: found![2] }) }))
}

/** What a timeline's commit is compared with; see core/history. */
function readAgainst(given: string): Against | undefined {
  if (given === 'previous' || given === 'release') return { kind: given }
  const pattern = /^release:([^\s:~^\\-][^\s:~^\\]{0,99})$/.exec(given)?.[1]
  if (pattern !== undefined) return { kind: 'release', pattern }
  const days = Number(/^([1-9]\d{0,3})d$/.exec(given)?.[1])
  return Number.isFinite(days) ? { kind: 'age', days } : undefined
}

/** Acceptances as lines; undefined when one of them is none. */
function readAcceptances(given: string): readonly Acceptance[] | undefined {
  const lines = given.split('\n').filter(line => line.trim() !== '')
  const read = lines.map(line => readAcceptance(line, 'the configuration'))
  return read.flatMap(one => one ?? []).length === lines.length ? read.flatMap(one => one ?? []) : undefined
}

function readGeometry(given: string) {
  const geometry = parseGeometry(given)
  return geometry.ok ? geometry.value : undefined
}
