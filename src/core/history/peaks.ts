import type { Point, Timeline } from './timeline.ts'

/** A rise that later commits took away again. */
export interface Peak {
  readonly name: string
  readonly from: Point
  readonly until: Point
  /** The level of the peak over that before it. */
  readonly ratio: number
  /** The cause that was given for the rise, where one was. */
  readonly cause?: string
  /** Whether both ends were put down to code placement: nobody's work made it, and nobody's work mended it. */
  readonly luck: boolean
}

/** A peak's end brings the level back to within this of where it was, as a share of the peak's own height. */
const BACK = 0.25
/** A level that lasted longer than this was no peak. */
const LONGEST_PEAK = 200

/** Peaks and dips of a timeline: a shown change that a later shown change of the other direction takes back. */
export function peaksOf({ name, points }: Timeline): readonly Peak[] {
  const peaks: Peak[] = []
  // The end of one is not the beginning of the next: up, down, up and down are two peaks and no dip between.
  let free = 0
  for (const [index, from] of points.entries()) {
    if (index < free || !isShown(from)) continue
    const height = Math.log(from.row.ratio ?? 1)
    if (height === 0) continue
    // Steps that no gate showed are noise: forty of them would hide the end of a peak.
    let away = height
    const end = points.slice(index + 1, index + 1 + LONGEST_PEAK).findIndex(point => {
      if (!isShown(point)) return false
      away += Math.log(point.row.ratio ?? 1)
      return Math.abs(away) <= BACK * Math.abs(height)
    })
    const until = points[index + 1 + end]
    if (end < 0 || !until) continue
    if (Math.sign(Math.log(until.row.ratio ?? 1)) === Math.sign(height)) continue
    // A gap between may hide anything.
    if (points.slice(index + 1, index + 2 + end).some(({ gap }) => gap)) continue
    const cause = from.row.cause === undefined ? {} : { cause: from.row.cause }
    const luck = from.row.cause === 'placement' && until.row.cause === 'placement'
    peaks.push({ name, from, until, ratio: Math.exp(height), ...cause, luck })
    free = index + 2 + end
  }
  return peaks
}

/**
 * Whether a gate showed this step to be one. A gate that has shown that nothing got slower may stop before it has shown what got faster:
 * then the interval tells.
 */
export function isShown({ row }: Point): boolean {
  const { decision, ratio, low, high, threshold, better } = row
  if (ratio === undefined) return false
  if (decision === 'slower' || decision === 'faster') return true
  if (decision !== 'unchanged' || low === undefined || high === undefined) return false
  return better === 'lower' ? high < 1 / (1 + threshold) : low > 1 + threshold
}
