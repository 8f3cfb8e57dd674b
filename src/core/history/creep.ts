import type { HistoryRecord, HistoryRow } from './record.ts'
import { orderSteps } from './timeline.ts'

/** One commit's part of a creep. */
export interface CreepStep {
  readonly commit: string
  readonly title: string
  readonly ratio: number
  /** Its part of the whole change, by logarithms; parts add up to one, and a commit that made it faster has a negative one. */
  readonly share: number
  readonly accepted: boolean
}

/** A slowdown against an older commit that was measured directly, and the commits between that it can have come from. */
export interface Creep {
  readonly name: string
  readonly commit: string
  readonly against: string
  readonly called: string
  readonly at: string
  readonly row: HistoryRow
  /** The commits between, largest part first; they only point, because each one's own interval may hold no change at all. */
  readonly steps: readonly CreepStep[]
  /** Whether every commit between was compared with the one before; where not, what the steps show is not all there is. */
  readonly complete: boolean
}

/**
 * The creeps that stand: for each benchmark and each kind of anchor the newest direct comparison decides, with the error control of
 * its own gate. The product of small steps is not judged: a hundred intervals of one per cent hold nearly everything.
 */
export function creepsOf(records: readonly HistoryRecord[]): readonly Creep[] {
  const newest = new Map<string, { record: HistoryRecord; row: HistoryRow }>()
  for (const record of records) {
    if (record.relation !== 'release' && record.relation !== 'past') continue
    for (const row of record.rows) newest.set(`${record.relation} ${row.name}`, { record, row })
  }
  const byCommit = new Map(orderSteps(records).map(step => [step.commit, step]))
  return [...newest.values()]
    .filter(({ row }) => row.decision === 'slower' && row.accepted === undefined)
    .map(({ record, row }) => creepOf(record, row, byCommit))
}

function creepOf(
  record: HistoryRecord,
  row: HistoryRow,
  byCommit: ReadonlyMap<string, HistoryRecord>,
): Creep {
  const { commit, against, called = against.slice(0, 10), at } = record
  const between = stepsBack(commit, against, byCommit)
  const known = between.steps.flatMap(step => {
    const own = step.rows.find(({ name }) => name === row.name)
    return own?.ratio === undefined ? [] : [{ step, own, ratio: own.ratio }]
  })
  const whole = Math.log(row.ratio ?? 1)
  const told = known.map(({ step, own, ratio }) => ({
    commit: step.commit,
    title: step.title ?? '',
    ratio,
    share: whole === 0 ? 0 : Math.log(ratio) / whole,
    accepted: own.accepted !== undefined,
  }))
  return {
    name: row.name,
    commit,
    against,
    called,
    at,
    row,
    steps: told.toSorted((one, other) => other.share - one.share),
    complete: between.complete && known.length === between.steps.length,
  }
}

/** The comparisons from a commit back to another, and whether they reach it without a gap. */
function stepsBack(from: string, to: string, byCommit: ReadonlyMap<string, HistoryRecord>) {
  const steps: HistoryRecord[] = []
  const seen = new Set<string>()
  let at = from
  while (at !== to && !seen.has(at)) {
    seen.add(at)
    const step = byCommit.get(at)
    if (!step) return { steps, complete: false }
    steps.push(step)
    at = step.against
  }
  return { steps, complete: at === to }
}
