import type { Acceptance } from '../decision/acceptance.ts'
import type { HistoryRecord, HistoryRow } from './record.ts'
import { orderSteps, worseRatio } from './timeline.ts'

const LONGEST_REASON = 400

/**
 * What maintainers accepted between two commits of the default branch, for a gate that compares these directly: a slowdown that somebody
 * answers for is no creep. The bound is what those steps took together and the gate's own threshold on top, so that whatever else came
 * is judged as ever; what was regained meanwhile is no longer accepted.
 */
export function inheritedAcceptances(
  records: readonly HistoryRecord[],
  /** The commits that the one has and the other lacks, by git itself: whatever else the history holds is not between them. */
  between: ReadonlySet<string>,
): readonly Acceptance[] {
  const steps = orderSteps(records).filter(({ commit }) => between.has(commit))
  const names = new Set(
    steps.flatMap(({ rows }) => rows.flatMap(({ name, accepted }) => (accepted ? name : []))),
  )
  return [...names].flatMap(name => {
    const rows = steps.flatMap(step => step.rows.find(row => row.name === name) ?? [])
    const taken = allowed(rows)
    const last = rows.at(-1)
    if (!last || taken.ratio <= 1) return []
    const by = [...new Set(taken.rows.map(({ accepted }) => accepted?.by ?? ''))].join(' and ')
    const reason = [...new Set(taken.rows.map(({ accepted }) => accepted?.reason ?? ''))].join('; ')
    return [
      {
        benchmark: name,
        bound: taken.ratio * (1 + last.threshold),
        by,
        reason: reason.slice(0, LONGEST_REASON),
      },
    ]
  })
}

/** What stands of the accepted slowdowns, oldest first: a later shown gain takes away from it, and never more than there is. */
function allowed(rows: readonly HistoryRow[]): {
  readonly ratio: number
  readonly rows: readonly HistoryRow[]
} {
  let ratio = 1
  let standing: HistoryRow[] = []
  for (const row of rows) {
    const { accepted, decision } = row
    if (accepted !== undefined) {
      ratio *= worseEnd(row)
      standing.push(row)
    } else if (decision === 'faster') {
      ratio = Math.max(1, ratio * worseRatio(row, row.ratio ?? 1))
      if (ratio === 1) standing = []
    }
  }
  return { ratio, rows: standing }
}

/** The worse end of a step's interval, up to its bound: nobody answers for more than that. */
function worseEnd(row: HistoryRow): number {
  const { better, ratio = 1, low = ratio, high = ratio, accepted } = row
  const worst = better === 'lower' ? high : 1 / low
  return Math.min(worst, accepted?.bound ?? worst)
}
