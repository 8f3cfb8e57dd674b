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
  /** Whether the step to this commit is not known: it was not compared with the one before, or that comparison has no answer. */
  readonly gap: boolean
}

/** A benchmark's way through the commits of the default branch, whatever machine measured each step. */
export interface Timeline {
  readonly name: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly points: readonly Point[]
}

/** The steps of the branch, and those that do not lead to its newest commit. */
export interface Steps {
  readonly line: readonly HistoryRecord[]
  /** Steps to commits that a forced push took off the branch, or that another step passed over. */
  readonly aside: readonly HistoryRecord[]
}

/**
 * The comparisons of neighbours in the order of the branch: each follows the one that measured the commit it was compared with. The line
 * is the one that leads to the commit appended last; a step that leaves it and does not come back would bend the chain.
 */
export function stepsOf(records: readonly HistoryRecord[]): Steps {
  // A commit that was measured again counts as it was measured last.
  const byCommit = new Map<string, HistoryRecord>()
  for (const record of records) if (record.relation === 'previous') byCommit.set(record.commit, record)
  const passed = new Set([...byCommit.values()].map(({ against }) => against))
  const newestFirst = [...byCommit.values()].reverse()
  const ends = newestFirst.filter(({ commit }) => !passed.has(commit))
  const placed = new Set<string>()
  const onLine = new Set<string>()
  const runs: HistoryRecord[][] = []
  const aside: HistoryRecord[][] = []
  // Whatever is in a circle has no end; no git history is one, and nothing of it may be lost without a word.
  for (const end of [...ends, ...newestFirst]) {
    const run: HistoryRecord[] = []
    let from = end.commit
    for (
      let step = byCommit.get(from);
      step && !placed.has(step.commit);
      from = step.against, step = byCommit.get(from)
    ) {
      placed.add(step.commit)
      run.unshift(step)
    }
    if (run.length === 0) continue
    if (onLine.has(from)) {
      aside.unshift(run)
      continue
    }
    runs.unshift(run)
    onLine.add(from)
    for (const { commit } of run) onLine.add(commit)
  }
  return { line: runs.flat(), aside: aside.flat() }
}

/** The steps of the branch, oldest first. */
export function orderSteps(records: readonly HistoryRecord[]): readonly HistoryRecord[] {
  return stepsOf(records).line
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
      const gap = line.last !== undefined && (line.last !== against || !isKnown(row))
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

/** A row whose files did not change was not run and is a step of 1; a row that could not be run is no step. */
function isKnown({ decision, ratio }: HistoryRow): boolean {
  return ratio !== undefined || decision === 'unchanged'
}

/** How much slower a row is than its base, whichever way its values point: 1.1 is a tenth worse. */
export function worseRatio({ better }: Pick<HistoryRow, 'better'>, ratio: number): number {
  return better === 'lower' ? ratio : 1 / ratio
}
