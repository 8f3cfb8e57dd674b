/** What perf printed for one event; the value is already scaled up where the event ran only part of the time. */
export interface PerfLine {
  /** As printed, with whatever perf added to the name that was asked for. */
  readonly event: string
  readonly value: number | 'not-supported' | 'not-counted'
  readonly unit: string
  /** For how long the event was counting. */
  readonly runNanoseconds: number
  /** 100 when the event counted all the time; perf rounds down to a whole number. */
  readonly percentRunning: number
  /** CPU, core, socket or node, when counts were asked for apart. */
  readonly place?: string
}

/** The lines of one perf output, and how many lines could not be understood. */
export interface PerfOutput {
  readonly lines: readonly PerfLine[]
  readonly unread: number
}

const MOST_LINES = 10_000

/** Reads `perf stat -x` (any separator) or `-j` of perf 4.4 to 7.2, telling the two apart line by line; never throws. */
export function readPerfStat(text: string, separator = ';'): PerfOutput {
  const lines: PerfLine[] = []
  let unread = 0
  for (const row of text.split('\n', MOST_LINES)) {
    const line = row.trim()
    if (line === '' || line.startsWith('#')) continue
    const read = line.startsWith('{') ? readJsonLine(line) : readCsvLine(line, separator)
    if (read === 'metric') continue
    if (read === undefined) unread++
    else lines.push(read)
  }
  return { lines, unread }
}

/** A number as perf prints it; perf follows the locale, so that a decimal comma can reach us. */
function decimal(text: string): number | undefined {
  if (!/^\s*\d{1,20}(?:[.,]\d{1,12})?\s*$/.test(text)) return undefined
  return Number(text.replace(',', '.'))
}

function countOf(text: string): PerfLine['value'] | undefined {
  if (text === '<not supported>') return 'not-supported'
  if (text === '<not counted>') return 'not-counted'
  return decimal(text)
}

/** How many leading fields belong to -I (a time, or `summary`) and to -A, --per-core and the like (a place, and mostly a count). */
function prefixOf(fields: readonly string[]): { readonly length: number; readonly place?: string } {
  const time = /^\s*\d+\.\d{9}$|^\s*summary$/.test(fields[0] ?? '') ? 1 : 0
  const place = fields[time] ?? ''
  if (/^CPU\d+$/.test(place)) return { length: time + 1, place }
  if (/^(?:S\d+(?:-D\d+)?(?:-[CL]\d+)*|N\d+|D\d+)$/.test(place)) return { length: time + 2, place }
  return { length: time }
}

/**
 * The fields are value, unit, event, [variance,] run time, percent running[, metric, its unit]. The manual page puts the variance
 * elsewhere; this is what all versions print. Nothing is quoted: an event's name may hold the separator, so its end is found from the two numbers behind it.
 */
function readCsvLine(line: string, separator: string): PerfLine | 'metric' | undefined {
  const fields = line.split(separator)
  const { length: first, place } = prefixOf(fields)
  if (fields[first]?.trim() === '' && fields[first + 2]?.trim() === '') return 'metric'
  const value = countOf(fields[first] ?? '')
  const unit = fields[first + 1] ?? ''
  if (value === undefined || !/^[a-zA-Z%]*$/.test(unit)) return undefined
  for (let run = first + 3; run + 1 < fields.length; run++) {
    const percent = decimal(fields[run + 1]!)
    if (!/^\d{1,20}$/.test(fields[run]!) || percent === undefined || percent > 100) continue
    const end = run > first + 3 && /^\d+[.,]\d+%$/.test(fields[run - 1]!) ? run - 1 : run
    const event = fields.slice(first + 2, end).join(separator)
    if (event === '') return undefined
    const counted = { event, value, unit, runNanoseconds: Number(fields[run]), percentRunning: percent }
    return place === undefined ? counted : { ...counted, place }
  }
  return undefined
}

function readJsonLine(line: string): PerfLine | 'metric' | undefined {
  const record = parsedRecord(line)
  if (!record) return undefined
  const text = (key: string): string => (typeof record[key] === 'string' ? record[key] : '')
  if (text('event') === '') return record['metric-unit'] !== undefined ? 'metric' : undefined
  const value = countOf(text('counter-value'))
  const run = record['event-runtime']
  const percentRunning = record['pcnt-running']
  if (value === undefined || !isShare(percentRunning) || typeof run !== 'number') return undefined
  const place = ['cpu', 'core', 'die', 'socket', 'node', 'thread'].map(text).find(name => name !== '')
  const counted = { event: text('event'), value, unit: text('unit'), runNanoseconds: run, percentRunning }
  return place === undefined ? counted : { ...counted, place }
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 100

function parsedRecord(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

type Environment = Readonly<Record<string, string>>

/**
 * The same environment with decimal points, which perf needs to be read back, and everything else of the locale as it was: the workload keeps
 * its collation and its character set, on which its speed may depend. LC_ALL would override LC_NUMERIC, so it is spelt out as its parts.
 */
export function withPointDecimals(env: Environment): Environment {
  const { LC_ALL: all = '' } = env
  if (all === 'C' || all === 'POSIX') return env
  if (all === '') return { ...env, LC_NUMERIC: 'C' }
  const rest = Object.entries(env).filter(([name]) => !name.startsWith('LC_'))
  return { ...Object.fromEntries(rest), LANG: all, LC_NUMERIC: 'C' }
}
