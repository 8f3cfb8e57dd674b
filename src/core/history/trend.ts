import type { Trend } from '../model/report.ts'
import type { HistoryRecord } from './record.ts'
import { timelinesOf } from './timeline.ts'

const MOST_POINTS = 30
const FIGURES = 4

/** The way of each benchmark up to now: the levels of its last commits over the newest one, and what the last release comparison said. */
export function trendsOf(records: readonly HistoryRecord[]): ReadonlyMap<string, Trend> {
  const release = records.findLast(({ relation }) => relation === 'release')
  return new Map(
    timelinesOf(records).flatMap(({ name, points }): readonly (readonly [string, Trend])[] => {
      const last = points.at(-1)
      if (!last || points.length < 2) return []
      const levels = points
        .slice(-MOST_POINTS)
        .map(({ chain }) => Number((chain / last.chain).toPrecision(FIGURES)))
      const ratio = release?.rows.find(row => row.name === name)?.ratio
      return [
        [
          name,
          {
            levels,
            ...(release?.called !== undefined &&
              ratio !== undefined && { since: { called: release.called, ratio } }),
          },
        ],
      ]
    }),
  )
}
