import { setsOf } from '../processor/cache-lines.ts'
import type { CacheGeometry } from '../processor/geometry.ts'

/** One cache line's worth of code or data, with how often it is visited and whose it is. */
export interface VisitedLine {
  /** Address divided by the line size. */
  readonly line: number
  readonly visits: number
  readonly owners: readonly string[]
}

/** How crowded the sets of a cache are: a score from 0 (all fits) to 1, and who shares the sets that are too full. */
export interface Crowding {
  /** Share of all visits that go to lines beyond the ways of their set. */
  readonly score: number
  /** How many lines hold nearly all visits: the size of what is hot. */
  readonly lines: number
  /** The most lines in one set. */
  readonly mostLines: number
  /** Sets with more lines than ways, fullest first. */
  readonly crowded: readonly CrowdedSet[]
}

export interface CrowdedSet {
  readonly set: number
  readonly lines: number
  readonly visits: number
  readonly owners: readonly string[]
}

/** Lines are kept until they hold this part of the visits: rarely visited lines do not crowd anything out. */
const KEPT_VISITS = 0.995

/**
 * Counts lines against ways, set by set, with the lines that matter (reference: docs/how-it-explains.md, "Crowding").
 * By line and not by function, because hot functions hold cold blocks.
 */
export function crowdingOf(lines: readonly VisitedLine[], cache: CacheGeometry): Crowding {
  const kept = keepVisited(lines)
  const sets = new Map<number, VisitedLine[]>()
  for (const line of kept) {
    const set = line.line % setsOf(cache)
    const together = sets.get(set)
    if (together) together.push(line)
    else sets.set(set, [line])
  }
  const total = sumOf(kept)
  let beyond = 0
  let mostLines = 0
  const crowded: CrowdedSet[] = []
  for (const [set, together] of sets) {
    mostLines = Math.max(mostLines, together.length)
    if (together.length <= cache.ways) continue
    beyond += sumOf(together.toSorted((a, b) => b.visits - a.visits).slice(cache.ways))
    const owners = [...new Set(together.flatMap(line => line.owners))]
    crowded.push({ set, lines: together.length, visits: sumOf(together), owners })
  }
  crowded.sort((a, b) => b.lines - a.lines || b.visits - a.visits)
  return { score: total > 0 ? beyond / total : 0, lines: kept.length, mostLines, crowded }
}

const sumOf = (lines: readonly VisitedLine[]): number => lines.reduce((sum, line) => sum + line.visits, 0)

function keepVisited(lines: readonly VisitedLine[]): VisitedLine[] {
  const enough = KEPT_VISITS * sumOf(lines)
  let visits = 0
  return lines
    .toSorted((a, b) => b.visits - a.visits)
    .filter(line => {
      const wanted = visits < enough
      visits += line.visits
      return wanted
    })
}
