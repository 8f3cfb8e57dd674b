import { hasCause } from '../../core/model/metric.ts'
import type { BenchmarkReport, Decision, Report } from '../../core/model/report.ts'
import { NOTHING_WAS_RUN } from '../../core/report-file/empty-report.ts'
import { isBroken, worstFirst } from '../words/order.ts'

/** A part of the report that can be left out where there is no room: a row of the table, the evidence on one benchmark, or how it was measured. */
export type Item =
  | { readonly kind: 'row' | 'evidence'; readonly benchmark: BenchmarkReport }
  | { readonly kind: 'measured' }

/** Rows and explanations that come before anything else, so that a long table does not crowd out the worst of it. */
const FIRST_ROWS = 30
const FIRST_EVIDENCE = 5

const NOTABLE: ReadonlySet<Decision> = new Set([
  'slower',
  'masked',
  'faster',
  'undecided',
  'unmeasured',
  'new',
  'removed',
])

export function isNotable({ decision }: BenchmarkReport): boolean {
  return NOTABLE.has(decision)
}

/** Whether there is more to say of a benchmark than its row and its reason. */
function hasEvidence(benchmark: BenchmarkReport): boolean {
  const { decision, metric, cause } = benchmark
  return cause !== undefined || (decision === 'slower' && hasCause(metric))
}

/** All parts of a report, the one that a reviewer would miss most first. */
export function itemsOf({ benchmarks, host }: Report): readonly Item[] {
  const ordered = worstFirst(benchmarks)
  const rows = ordered.filter(isNotable).map((benchmark): Item => ({ kind: 'row', benchmark }))
  const evidence = ordered.filter(hasEvidence).map((benchmark): Item => ({ kind: 'evidence', benchmark }))
  const quiet = ordered.filter(benchmark => !isNotable(benchmark))
  return [
    ...rows.slice(0, FIRST_ROWS),
    ...evidence.slice(0, FIRST_EVIDENCE),
    ...rows.slice(FIRST_ROWS),
    ...(host.isolation === NOTHING_WAS_RUN ? [] : [{ kind: 'measured' } as const]),
    ...evidence.slice(FIRST_EVIDENCE),
    ...quiet.map((benchmark): Item => ({ kind: 'row', benchmark })),
  ]
}

/** The benchmarks whose row or evidence is among the items, worst first. */
export function shownBenchmarks(
  items: readonly Item[],
  kind: 'row' | 'evidence',
): readonly BenchmarkReport[] {
  return worstFirst(items.flatMap(item => (item.kind === kind ? [item.benchmark] : [])))
}

/** Whether all is well and there is nothing to explain or to point out: every benchmark has its answer, and the answer is no change. */
export function isQuiet({ verdict, benchmarks, errors, remarks = [] }: Report): boolean {
  return (
    remarks.length === 0 &&
    verdict === 'pass' &&
    errors.length === 0 &&
    benchmarks.length > 0 &&
    benchmarks.every(benchmark => benchmark.decision === 'unchanged' && !isBroken(benchmark))
  )
}
