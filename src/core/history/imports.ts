import { z } from 'zod'
import { failed, type Result, success } from '../model/result.ts'

/** One absolute value that another tool measured: it depends on the machine of that day, so that it is drawn apart and never judged. */
export interface ImportedPoint {
  readonly name: string
  readonly unit: string
  readonly value: number
  /** ISO 8601; what the tool says of when it measured, or of the commit's own date. */
  readonly at: string
  /** A full or short hash, or empty where the tool keeps none. */
  readonly commit: string
}

/** What a file of another tool holds. */
export type Import = Result<
  {
    readonly from: ImportSource
    /** Oldest first. */
    readonly points: readonly ImportedPoint[]
    /** How many of its results hold no number that can be drawn. */
    readonly skipped: number
  },
  string
>

export type ImportSource = 'github-action-benchmark' | 'bencher' | 'asv'

const finite = z.number().finite()

/** https://github.com/benchmark-action/github-action-benchmark: `window.BENCHMARK_DATA = {…}` in data.js. */
const actionData = z.object({
  entries: z.record(
    z.string(),
    z.array(
      z.object({
        commit: z.object({ id: z.string().max(100) }),
        date: z.number(),
        benches: z.array(z.unknown()),
      }),
    ),
  ),
})

const actionBench = z.object({ name: z.string().max(1000), value: finite, unit: z.string().max(60) })

/** Bencher's own format of results (https://bencher.dev/docs/reference/bencher-metric-format/): a name, its measures, each with a value; no date and no commit. */
const bencherMetrics = z.record(
  z.string().max(1000),
  z.record(z.string().max(200), z.looseObject({ value: finite })),
)

const bencherVersion = z.object({ hash: z.string().max(100).nullish() }).nullish()

/**
 * A Bencher report (https://bencher.dev/docs/api/projects/reports/): iterations of results, each a benchmark with its measures. Before
 * branches had heads, the version was the branch's own.
 */
const bencherReport = z.object({
  start_time: z.string(),
  branch: z
    .object({ head: z.object({ version: bencherVersion }).nullish(), version: bencherVersion })
    .nullish(),
  results: z.array(
    z.array(
      z.object({
        benchmark: z.object({ name: z.string().max(1000) }),
        measures: z.array(
          z.object({
            measure: z.object({ units: z.string().max(60), name: z.string().max(200) }),
            metric: z.object({ value: finite }),
          }),
        ),
      }),
    ),
  ),
})

/** A result file of asv (https://asv.readthedocs.io/en/stable/dev.html): a commit, its date in ms, and results by benchmark. */
const asvResult = z.object({
  commit_hash: z.string().max(100),
  date: z.number(),
  result_columns: z.array(z.string()).optional(),
  results: z.record(z.string(), z.unknown()),
})

/** Reads a result file of another tool, which its shape tells; never throws. `written` is the date of a file whose content has none. */
export function readImport(text: string, written?: string): Import {
  const json = parseJson(text)
  if (json === undefined) {
    return failed('it is neither JSON nor a data.js of github-action-benchmark')
  }
  const action = actionData.safeParse(json)
  if (action.success) return found('github-action-benchmark', actionPoints(action.data))
  const reports = z.array(bencherReport).safeParse(Array.isArray(json) ? json : [json])
  if (reports.success && reports.data.length > 0) return found('bencher', reports.data.flatMap(bencherPoints))
  const asv = asvResult.safeParse(json)
  if (asv.success) return found('asv', asvPoints(asv.data))
  const metrics = bencherMetrics.safeParse(json)
  if (!metrics.success || Object.keys(metrics.data).length === 0)
    return failed('its shape is none of github-action-benchmark, Bencher and asv')
  if (written === undefined)
    return failed('it holds Bencher’s metrics without a date; take the report, which has one')
  return found('bencher', metricPoints(metrics.data, written))
}

/** What one result of a file is: a point, or nothing that can be drawn. */
type Read = ImportedPoint | undefined

function found(from: ImportSource, read: readonly Read[]): Import {
  const points = read
    .flatMap(point => point ?? [])
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  return success({ from, points, skipped: read.length - points.length })
}

/** Python writes numbers that JSON does not have. */
const PYTHON_NUMBERS = /(?<=[[,:]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g

function parseJson(text: string): unknown {
  const body = text
    .replace(/^\uFEFF/, '')
    .replace(/^\s*window\.BENCHMARK_DATA\s*=\s*/, '')
    .replace(/;\s*$/, '')
  for (const tried of [() => body, () => body.replace(PYTHON_NUMBERS, 'null')]) {
    try {
      return JSON.parse(tried()) as unknown
    } catch {
      // Read once more, or given up below.
    }
  }
  return undefined
}

function actionPoints({ entries }: z.infer<typeof actionData>): readonly Read[] {
  const suites = Object.entries(entries)
  return suites.flatMap(([suite, runs]) =>
    runs.flatMap(({ commit, date, benches }) =>
      benches.map((bench): Read => {
        const at = isoOf(date)
        const read = actionBench.safeParse(bench)
        if (at === undefined || !read.success) return undefined
        const { name, value, unit } = read.data
        // One suite's names stand as they are; of several, the suite tells equal names apart.
        const full = suites.length > 1 ? `${suite}: ${name}` : name
        return { name: full, unit: unit.replace(/\/iter$/, ''), value, at, commit: commit.id }
      }),
    ),
  )
}

function metricPoints(metrics: z.infer<typeof bencherMetrics>, at: string): readonly Read[] {
  return Object.entries(metrics).flatMap(([name, measures]) =>
    Object.entries(measures).map(([measure, { value }], _, all) => ({
      name: all.length > 1 ? `${name} (${measure})` : name,
      unit: measure === 'latency' ? 'ns' : '',
      value,
      at,
      commit: '',
    })),
  )
}

function bencherPoints({ start_time, branch, results }: z.infer<typeof bencherReport>): readonly Read[] {
  const at = isoOf(Date.parse(start_time))
  if (at === undefined) return []
  const commit = branch?.head?.version?.hash ?? branch?.version?.hash ?? ''
  return results.flat().flatMap(({ benchmark, measures }) =>
    measures.map(({ measure, metric }) => ({
      name: measures.length > 1 ? `${benchmark.name} (${measure.name})` : benchmark.name,
      unit: measure.units,
      value: metric.value,
      at,
      commit,
    })),
  )
}

function asvPoints({
  commit_hash,
  date,
  results,
  result_columns,
}: z.infer<typeof asvResult>): readonly Read[] {
  const at = isoOf(date)
  if (at === undefined) return []
  const column = Math.max(0, result_columns?.indexOf('result') ?? 0)
  return Object.entries(results).flatMap(([name, stored]) => {
    // Version 1 keeps the value itself or a list; version 2 a row of columns, of which one is the list of results.
    const found = result_columns && Array.isArray(stored) ? (stored[column] as unknown) : stored
    const values = Array.isArray(found) ? (found as unknown[]) : [found]
    return values.map((value, index): Read => {
      // A benchmark that failed or was left out is null.
      if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
      return {
        name: values.length > 1 ? `${name}[${index}]` : name,
        unit: 's',
        value,
        at,
        commit: commit_hash,
      }
    })
  })
}

function isoOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
