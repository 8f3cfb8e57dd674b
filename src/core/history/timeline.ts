import type { HistoryRecord, HistoryRow } from './record.ts'

/** One commit of a benchmark's timeline. `chain` is its level relative to the first commit: the product of the ratios up to here. */
export interface Point {
  readonly commit: string
  readonly title: string
  readonly at: string
  readonly row: HistoryRow
  readonly chain: number
  /** What the chain's steps allow together: logarithms add, and so do the squares of their half widths. */
  readonly low: number
  readonly high: number
  /** Whether the commit before this one was never compared with it, so that the step between them is not known. */
  readonly gap: boolean
}

/** A benchmark's way through the commits of the default branch, whatever machine measured each step. */
export interface Timeline {
  readonly name: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly points: readonly Point[]
}

/** The comparisons of neighbours in the order of the branch: each follows the one that measured the commit it was compared with. */
export function orderSteps(records: readonly HistoryRecord[]): readonly HistoryRecord[] {
  // A commit that was measured again counts as it was measured last.
  const byCommit = new Map<string, HistoryRecord>()
  for (const record of records) if (record.relation === 'previous') byCommit.set(record.commit, record)
  const ordered: HistoryRecord[] = []
  const placed = new Set<string>()
  for (const start of byCommit.values()) {
    const run: HistoryRecord[] = []
    for (
      let step: HistoryRecord | undefined = start;
      step && !placed.has(step.commit);
      step = byCommit.get(step.against)
    ) {
      placed.add(step.commit)
      run.push(step)
    }
    ordered.push(...run.reverse())
  }
  return ordered
}

/**
 * Chains the ratios of neighbours. A ratio compares two builds that ran interleaved on one machine, so that another machine, kernel or
 * room temperature between two commits bends nothing; absolute medians would show each of these as a step.
 */
export function timelinesOf(records: readonly HistoryRecord[]): readonly Timeline[] {
  const steps = orderSteps(records)
  const lines = new Map<
    string,
    { unit: string; better: 'lower' | 'higher'; points: Point[]; log: number; spread: number; last?: string }
  >()
  for (const { commit, against, title = '', at, rows } of steps) {
    for (const row of rows) {
      const line = lines.get(row.name) ?? {
        unit: row.unit,
        better: row.better,
        points: [],
        log: 0,
        spread: 0,
      }
      lines.set(row.name, line)
      const gap = line.last !== undefined && line.last !== against
      const { ratio = 1, low = ratio, high = ratio } = row
      line.log += Math.log(ratio)
      line.spread = Math.hypot(line.spread, Math.log(high / low) / 2)
      line.last = commit
      const chain = Math.exp(line.log)
      const factor = Math.exp(line.spread)
      line.points.push({ commit, title, at, row, chain, low: chain / factor, high: chain * factor, gap })
    }
  }
  return [...lines].map(([name, { unit, better, points }]) => ({ name, unit, better, points }))
}

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

/** Peaks and dips of a timeline: a shown change that a later shown change of the other direction takes back. */
export function peaksOf({ name, points }: Timeline): readonly Peak[] {
  const peaks: Peak[] = []
  for (const [index, from] of points.entries()) {
    if (!isShown(from)) continue
    const height = Math.log(from.row.ratio ?? 1)
    const before = Math.log(from.chain) - height
    const until = points
      .slice(index + 1)
      .find(point => isShown(point) && Math.abs(Math.log(point.chain) - before) <= BACK * Math.abs(height))
    if (!until || height === 0 || points.indexOf(until) > index + LONGEST_PEAK) continue
    if (Math.sign(Math.log(until.row.ratio ?? 1)) === Math.sign(height)) continue
    const cause = from.row.cause === undefined ? {} : { cause: from.row.cause }
    const luck = from.row.cause === 'placement' && until.row.cause === 'placement'
    peaks.push({ name, from, until, ratio: Math.exp(height), ...cause, luck })
  }
  return peaks
}

/** A level that lasted longer than this was no peak. */
const LONGEST_PEAK = 200

function isShown({ row }: Point): boolean {
  return (row.decision === 'slower' || row.decision === 'faster') && row.ratio !== undefined
}
