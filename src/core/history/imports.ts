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
  { readonly from: ImportSource; readonly points: readonly ImportedPoint[] },
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
        benches: z.array(z.object({ name: z.string().max(1000), value: finite, unit: z.string().max(60) })),
      }),
    ),
  ),
})

/** A Bencher report (https://bencher.dev/docs/api/projects/reports/): iterations of results, each a benchmark with its measures. */
const bencherReport = z.object({
  start_time: z.string(),
  branch: z
    .object({ head: z.object({ version: z.object({ hash: z.string().nullish() }).nullish() }).nullish() })
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

/** Reads a result file of another tool, which its shape tells; never throws. */
export function readImport(text: string): Import {
  const json = parseJson(text)
  if (json === undefined) {
    return failed('it is neither JSON nor a data.js of github-action-benchmark')
  }
  const action = actionData.safeParse(json)
  if (action.success) return success({ from: 'github-action-benchmark', points: actionPoints(action.data) })
  const reports = z.array(bencherReport).safeParse(Array.isArray(json) ? json : [json])
  if (reports.success && reports.data.length > 0) {
    return success({ from: 'bencher', points: reports.data.flatMap(bencherPoints) })
  }
  const asv = asvResult.safeParse(json)
  if (asv.success) return success({ from: 'asv', points: asvPoints(asv.data) })
  return failed('its shape is none of github-action-benchmark, Bencher and asv')
}

function parseJson(text: string): unknown {
  const body = text
    .replace(/^\uFEFF/, '')
    .replace(/^\s*window\.BENCHMARK_DATA\s*=\s*/, '')
    .replace(/;\s*$/, '')
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}

function actionPoints({ entries }: z.infer<typeof actionData>): readonly ImportedPoint[] {
  return Object.entries(entries).flatMap(([suite, runs]) =>
    runs.flatMap(({ commit, date, benches }) =>
      benches.flatMap(({ name, value, unit }) => {
        const at = isoOf(date)
        // One suite's names stand as they are; of several, the suite tells equal names apart.
        const full = Object.keys(entries).length > 1 ? `${suite}: ${name}` : name
        return at === undefined
          ? []
          : [{ name: full, unit: unit.replace(/\/iter$/, ''), value, at, commit: commit.id }]
      }),
    ),
  )
}

function bencherPoints({
  start_time,
  branch,
  results,
}: z.infer<typeof bencherReport>): readonly ImportedPoint[] {
  const at = isoOf(Date.parse(start_time))
  if (at === undefined) return []
  const commit = branch?.head?.version?.hash ?? ''
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
}: z.infer<typeof asvResult>): readonly ImportedPoint[] {
  const at = isoOf(date)
  if (at === undefined) return []
  const column = Math.max(0, result_columns?.indexOf('result') ?? 0)
  return Object.entries(results).flatMap(([name, stored]) => {
    // Version 1 keeps the value itself or a list; version 2 a row of columns, of which one is the list of results.
    const found = result_columns && Array.isArray(stored) ? (stored[column] as unknown) : stored
    const values = Array.isArray(found) ? (found as unknown[]) : [found]
    return values.flatMap((value, index) =>
      typeof value === 'number' && Number.isFinite(value)
        ? [
            {
              name: values.length > 1 ? `${name}[${index}]` : name,
              unit: 's',
              value,
              at,
              commit: commit_hash,
            },
          ]
        : [],
    )
  })
}

function isoOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
