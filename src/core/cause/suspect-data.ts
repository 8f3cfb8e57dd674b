import type { Evidence } from '../evidence/evidence.ts'
import type { Examination } from '../placement/examine.ts'
import type { Move } from '../placement/moves.ts'
import { CROWDING_RISE, type SuspectCandidate } from './suspect-candidate.ts'

/** Moved data in sets of the data cache that are too full on the slower side. */
export function crowdedData({ to, from }: Evidence, examination: Examination): SuspectCandidate[] {
  const { dataCrowding, geometry, data, objects } = examination
  if (dataCrowding[to].score - dataCrowding[from].score < CROWDING_RISE) return []
  const crowded = new Map(dataCrowding[to].crowded.map(each => [each.set, each]))
  return data.moved.flatMap(move => {
    const place = to === 'head' ? move.to : move.from
    const mine = place.sets
      .flatMap(set => crowded.get(set) ?? [])
      .filter(({ owners }) => owners.includes(move.symbol))
    if (mine.length === 0) return []
    const others = [...new Set(mine.flatMap(({ owners }) => owners))].filter(name => name !== move.symbol)
    const suspect = {
      symbol: move.symbol,
      object: move.object,
      kind: 'data' as const,
      why: {
        rule: 'crowded-set' as const,
        slower: to,
        cache: 'data' as const,
        sets: mine.map(({ set }) => set),
        lines: mine[0]!.lines,
        ways: geometry.l1d.ways,
        others,
      },
      evidence: {
        ...placesOf(move),
        share: move.share,
        mechanism: 'data-set-conflict' as const,
        sets: { base: move.from.sets, head: move.to.sets },
        sharedWith: others,
      },
    }
    const object = objects.find(each => each.name === move.object)!
    const traced = {
      object,
      kind: 'data' as const,
      symbol: move.symbol,
      base: move.from.address,
      head: move.to.address,
    }
    return [{ suspect, weight: 1 + move.share, traced }]
  })
}

const placesOf = (move: Move): { from: number; to: number } => ({
  from: move.from.address,
  to: move.to.address,
})
