import type { Bisection } from '../../core/bisection/bisection.ts'
import type { Report } from '../../core/model/report.ts'
import { bisectionSchema } from '../../core/report-file/bisection-schema.ts'
import { reportSchema } from '../../core/report-file/report-schema.ts'
import { visibleJson } from '../../core/text/text.ts'
import { thinned } from './thin.ts'

/** What a reader of reports takes (core/parse-report.ts), with room for the indentation of what is added later. */
const LARGEST = 7 * 1024 * 1024

/**
 * The text of `report.json`: keys in the order of the schema, lists of numbers on one line, every number finite. What is
 * longer than the schema allows is cut, and a report larger than its readers take is thinned out; one that is wrong in any
 * other way is a bug and throws.
 */
export function jsonText(report: Report): string {
  return thinned(report, LARGEST, write)
}

function write(report: Report): string {
  const parsed = reportSchema.safeParse(report)
  const fitting = parsed.success ? parsed.data : reportSchema.parse(cut(report, parsed.error.issues))
  return `${visibleJson(fitting, 2).replace(NUMBERS_ON_LINES, onOneLine)}\n`
}

/** A list of numbers as JSON.stringify indents it; a line break cannot stand inside a JSON string. */
const NUMBERS_ON_LINES = /\[\n\s+-?\d[\d.e+-]*(?:,\n\s+-?\d[\d.e+-]*)*\n\s+\]/g

function onOneLine(numbers: string): string {
  return numbers.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')
}

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly maximum?: number | bigint
  /** Of a value that fits none of several shapes: what is wrong with it as each of them. */
  readonly errors?: readonly (readonly Issue[])[]
}

/** The issues of a value that may have several shapes, each with its whole path. */
function flat(issue: Issue): readonly Issue[] {
  const inner = issue.errors?.flat().flatMap(flat) ?? []
  return [issue, ...inner.map(each => ({ ...each, path: [...issue.path, ...each.path] }))]
}

/** A copy with every text and list that is too long cut to its limit. */
function cut(report: Report, issues: readonly Issue[]): unknown {
  const copy: unknown = structuredClone(report)
  for (const { code, path, maximum } of issues.flatMap(flat)) {
    const key = path.at(-1)
    const holder = path.slice(0, -1).reduce<unknown>((value, step) => asRecord(value)?.[step], copy)
    const record = asRecord(holder)
    if (code !== 'too_big' || key === undefined || !record) continue
    record[key] = shorter(record[key], Number(maximum))
  }
  return copy
}

function asRecord(value: unknown): Record<PropertyKey, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>) : undefined
}

function shorter(value: unknown, limit: number): unknown {
  if (Array.isArray(value)) return value.slice(0, limit)
  if (typeof value !== 'string') return value
  // A pair of surrogates is not cut in two.
  return `${value.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The text of `bisect.json`: keys in the order of the schema; a bisection that does not fit it is a bug and throws. */
export function bisectionJson(bisection: Bisection): string {
  return `${visibleJson(bisectionSchema.parse(bisection), 2)}\n`
}
