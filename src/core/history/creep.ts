import type { HistoryRecord, HistoryRow } from './record.ts'
import { orderSteps, worseRatio } from './timeline.ts'

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
  /** What the newest comparison says when it has no answer of its own: the creep that was shown before stands until one has. */
  readonly since?: { readonly commit: string; readonly says: 'undecided' | 'unmeasured' | 'absent' }
}

interface Direct {
  readonly record: HistoryRecord
  readonly row: HistoryRow
  readonly since?: Creep['since']
}

/**
 * The creeps that stand: for each benchmark and each kind of anchor the newest direct comparison with an answer decides, with the error
 * control of its own gate. The product of small steps is not judged: a hundred intervals of one per cent hold nearly everything.
 */
export function creepsOf(records: readonly HistoryRecord[]): readonly Creep[] {
  const line = orderSteps(records)
  const newest = newestDirect(records, line)
  const byCommit = new Map(line.map(step => [step.commit, step]))
  return [...newest.values()]
    .filter(({ row }) => row.decision === 'slower' && row.accepted === undefined)
    .map(direct => creepOf(direct, byCommit))
}

function newestDirect(
  records: readonly HistoryRecord[],
  line: readonly HistoryRecord[],
): ReadonlyMap<string, Direct> {
  const place = new Map(line.map(({ commit }, index) => [commit, index]))
  const last = line.at(-1)
  const newest = new Map<string, Direct>()
  const latest = new Map<string, HistoryRecord>()
  for (const record of records) {
    if (record.relation !== 'release' && record.relation !== 'past') continue
    const kind = kindOf(record)
    // A nightly run of long ago that is started again tells nothing of today.
    if (isOlder(record, latest.get(kind), place)) continue
    latest.set(kind, record)
    for (const row of record.rows) {
      const key = `${kind} ${row.name}`
      const before = newest.get(key)
      const says = silence(row)
      if (says === undefined || before?.row.decision !== 'slower') newest.set(key, { record, row })
      else newest.set(key, { ...before, since: { commit: record.commit, says } })
    }
  }
  for (const [key, direct] of newest) {
    const { commit, rows } = latest.get(kindOf(direct.record)) ?? direct.record
    if (rows.some(({ name }) => name === direct.row.name)) continue
    // A benchmark that neither the newest comparison nor the newest commit has was renamed or taken away.
    if (last && !last.rows.some(({ name }) => name === direct.row.name)) newest.delete(key)
    else newest.set(key, { ...direct, since: { commit, says: 'absent' } })
  }
  return newest
}

/** Thirty days and ninety are two questions; of releases the last one asks. */
function kindOf({ relation, called = '' }: HistoryRecord): string {
  return relation === 'past' ? `past ${called}` : relation
}

function isOlder(
  { commit }: HistoryRecord,
  than: HistoryRecord | undefined,
  place: ReadonlyMap<string, number>,
): boolean {
  const [own, other] = [place.get(commit), than && place.get(than.commit)]
  return own !== undefined && other !== undefined && own < other
}

/** Why a row says nothing about a creep that was shown before; undefined where it is an answer. */
function silence({ decision }: HistoryRow): 'undecided' | 'unmeasured' | undefined {
  if (decision === 'undecided' || decision === 'masked') return 'undecided'
  return decision === 'unmeasured' ? 'unmeasured' : undefined
}

function creepOf({ record, row, since }: Direct, byCommit: ReadonlyMap<string, HistoryRecord>): Creep {
  const { commit, against, called = against.slice(0, 10), at } = record
  const back = stepsBack(commit, against, byCommit)
  const between = { ...back, steps: back.complete ? back.steps : sinceThen(back.steps, record.dated) }
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
    ...(since && { since }),
  }
}

/** Where the steps do not lead to the anchor, what was measured before there was one does not belong to it. */
function sinceThen(steps: readonly HistoryRecord[], dated: string | undefined): readonly HistoryRecord[] {
  return dated === undefined ? steps : steps.filter(({ at }) => Date.parse(at) >= Date.parse(dated))
}

/** The comparisons from a commit back to another, newest first, and whether they reach it without a gap. */
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

/** How much worse a creep is, whichever way its values point. */
export function extentOf({ row }: Creep): number {
  return worseRatio(row, row.ratio ?? 1)
}
