import type { Hunk, LineRange } from './source/diff.ts'

/** Lines from `from` to `to`, counted from 1, both included. */
export interface Extent {
  readonly from: number
  readonly to: number
}

/** Whether a change touches lines: a range without lines stands between two lines, and both must be among them. */
export function touches(range: LineRange, { from, to }: Extent): boolean {
  if (range.count === 0) return range.start >= from && range.start + 1 <= to
  return range.start <= to && range.start + range.count - 1 >= from
}

/**
 * The line of a function on the head side at which its change is best shown: its first changed line, else the one behind
 * which lines were taken away, else the one where it begins.
 */
export function changedLine(hunks: readonly Hunk[], extent: Extent): number {
  const range = firstRange(hunks.filter(({ head }) => touches(head, extent)))
  return Math.max(extent.from, range?.start ?? 0)
}

/** The first range of the head side that has lines, else the first. */
export function firstRange(hunks: readonly Hunk[]): LineRange | undefined {
  return (hunks.find(({ head }) => head.count > 0) ?? hunks[0])?.head
}
