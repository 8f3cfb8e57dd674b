import type { LostLuck } from '../model/report.ts'
import { isShown } from './peaks.ts'
import type { HistoryRecord } from './record.ts'
import { type Point, timelinesOf, worseRatio } from './timeline.ts'

/** A row of a gate that got slower, as far as this asks. */
export interface SlowerRow {
  readonly name: string
  readonly better: 'lower' | 'higher'
  readonly threshold: number
  readonly ratio: number
  /** The worse end of its interval. */
  readonly worst: number
  /** Whether code placement was shown to be the cause. */
  readonly byPlacement: boolean
}

/** So far back a speed-up is looked for. */
const MOST_COMMITS = 200

/**
 * Whether a slowdown only loses what an earlier commit had gained by the luck of its layout: a step that a gate of the default branch
 * found faster, by placement, whose level the slowdown brings back. Undefined where the history does not know the gate's base, because
 * then nobody knows what was between.
 */
export function lostLuck(
  records: readonly HistoryRecord[],
  base: string,
  row: SlowerRow,
): LostLuck | undefined {
  const timeline = timelinesOf(records).find(({ name }) => name === row.name)
  const here = timeline?.points.findIndex(({ commit }) => commit === base) ?? -1
  if (!timeline || here < 0) return undefined
  const points = timeline.points.slice(Math.max(0, here - MOST_COMMITS), here + 1)
  for (let at = points.length - 1; at >= 0 && !points[at]!.gap; at--) {
    const gained = points[at]!
    if (!isGainByLuck(gained)) continue
    const since = points.slice(at)
    const net = row.ratio * ratioOf(since)
    if (worseRatio(row, net) > 1 + row.threshold) continue
    const spread = Math.hypot(...since.map(halfWidth), Math.log(row.worst / worseRatio(row, row.ratio)))
    const worstNet = worseRatio(row, net) * Math.exp(spread)
    const shown = row.byPlacement && gained.row.shown === true
    return {
      commit: gained.commit,
      title: gained.title,
      ratio: gained.row.ratio ?? 1,
      net,
      excused: shown && worstNet <= 1 + row.threshold,
    }
  }
  return undefined
}

function isGainByLuck(point: Point): boolean {
  return isShown(point) && point.row.decision === 'faster' && point.row.cause === 'placement'
}

function ratioOf(points: readonly Point[]): number {
  return points.reduce((product, { row }) => product * (row.ratio ?? 1), 1)
}

function halfWidth({ row: { ratio = 1, low = ratio, high = ratio } }: Point): number {
  return Math.log(high / low) / 2
}
