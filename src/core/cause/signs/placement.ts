import type { Evidence } from '../../evidence/evidence.ts'
import type { PerSide, Side } from '../../model/side.ts'
import type { BlockCost } from '../../placement/block-costs.ts'
import type { Crowding } from '../../placement/crowding.ts'
import { isPlacedWorse, type LoopMove } from '../../placement/loops.ts'
import { distancesOf } from '../../placement/moves.ts'
import { jumpsOnBoundariesCost } from '../../processor/hazards.ts'
import { branchMissesRose, samePath } from './branches.ts'
import { footprintMisses } from './code.ts'
import { dataCrowdingRose, type RateFigures, rateRose, ratesOf } from './memory.ts'
import { stallRose } from './stalls.ts'

const SAME_SHARE = 0.95
const MOVED_SHARE = 0.1
const CROWDING_RISE = 0.02
const ANY_RISE = { relative: 1.1, perThousand: 0.1 }
const ICACHE_RISE = { relative: 1.5, perThousand: 1 }
const DCACHE_RISE = { relative: 1.5, perThousand: 0.5 }
const LOOP_SHARE = 0.2

/** Nothing that runs differs but its place. */
export function sameWorkDone(evidence: Evidence) {
  if (!sameCodeRan(evidence) || evidence.growth === undefined) return undefined
  return {
    onlyWhereItRuns: evidence.examination?.hot.some(({ sameness }) => sameness === 'same-where-run') ?? false,
  }
}

/** The same, where nothing could count instructions. */
export function sameCodeUncounted(evidence: Evidence) {
  if (!sameCodeRan(evidence) || evidence.growth !== undefined) return undefined
  return {}
}

const sameCodeRan = ({ sameWork, sameShare }: Evidence): boolean => sameWork && (sameShare ?? 0) >= SAME_SHARE

/** Unchanged hot code is elsewhere. */
export function hotCodeMoved(evidence: Evidence) {
  const moves = evidence.examination?.moves ?? []
  if (evidence.movedShare < MOVED_SHARE || moves.length === 0) return undefined
  return {
    functions: moves.map(({ symbol }) => symbol),
    share: evidence.movedShare,
    // Several that move together keep their distances, and crowd no set among themselves that they did not crowd before.
    distances: distancesOf(moves),
  }
}

/** Unchanged hot data is elsewhere. */
export function hotDataMoved({ examination }: Evidence) {
  const moved = examination?.data.moved.filter(({ share }) => share >= MOVED_SHARE) ?? []
  return moved.length > 0 ? { symbols: moved.map(({ symbol }) => symbol) } : undefined
}

const UNMOVED_SHARE = 0.01

/** Hot code and hot data are where they were: what is left is the change itself. */
export function nothingHotMoved({ examination, movedShare, loops, sameShare }: Evidence) {
  if (!examination || sameShare === undefined || movedShare >= UNMOVED_SHARE || loops.length > 0)
    return undefined
  if (examination.data.moved.some(({ share }) => share >= UNMOVED_SHARE)) return undefined
  if (!examination.touched.some(({ share }) => share > 0)) return undefined
  return {}
}

/** The most hot lines that one set has to hold on each side. */
const crowdingOf = ({ base, head }: PerSide<Crowding>, ways: number) => ({
  ...{ base: base.mostLines, head: head.mostLines, ways },
})

/** More hot lines fall on one set of the instruction cache than it holds. */
export function setsCrowded({ examination, from, to, icache }: Evidence) {
  // Lines of one set that are never wanted at the same time do not miss: where misses were counted, they must rise too.
  if (!examination || (icache && !rateRose(icache, ANY_RISE))) return undefined
  const { crowding, geometry } = examination
  if (crowding[to].score - crowding[from].score < CROWDING_RISE) return undefined
  return crowdingOf(crowding, geometry.l1i.ways)
}

/** More instruction-cache misses, and not in code that is new. */
export function instructionMissesRose(
  evidence: Evidence,
): (RateFigures & { readonly baseOfLoads?: number; readonly headOfLoads?: number }) | undefined {
  // More code than the cache holds misses wherever it is.
  if (footprintMisses(evidence)) return undefined
  if (!rateRose(evidence.icache, ICACHE_RISE) || (evidence.icacheInMoved ?? 1) < 0.5) return undefined
  const { counts } = evidence
  const ofLoads = (side: Side): number | undefined => {
    const { icacheMisses, icacheLoads } = counts[side]
    return icacheMisses === undefined || !icacheLoads ? undefined : icacheMisses / icacheLoads
  }
  const [baseOfLoads, headOfLoads] = [ofLoads('base'), ofLoads('head')]
  const known = baseOfLoads !== undefined && headOfLoads !== undefined
  return { ...ratesOf(evidence.icache!, evidence), ...(known ? { baseOfLoads, headOfLoads } : {}) }
}

/** The front end of the core stalled for longer. */
export function frontEndStalled({ counts, from, to }: Evidence) {
  return stallRose({ counts, from, to }, { cycles: 'frontEndStalls', slots: 'frontEndSlots' })
}

/** A hot loop starts at another offset in its line, and branch misses, which would look alike, do not explain the time. */
export function loopsMisaligned(evidence: Evidence) {
  if (!evidence.branches || branchMissesRose(evidence)) return undefined
  return loopOffsets(evidence)
}

/** The same, where nobody counted branch misses: it fits, but another cause fits as well. */
export function loopsMovedUnchecked(evidence: Evidence) {
  return evidence.branches ? undefined : loopOffsets(evidence)
}

/** Where the hottest such loop starts in its cache line, in bytes. */
function loopOffsets(evidence: Evidence) {
  const loops = hotLoops(evidence)
  if (loops.length === 0) return undefined
  const { symbol, share, base, head } = loops[0]!
  return { function: symbol, share, base: base.offset, head: head.offset, others: loops.length - 1 }
}

const hotLoops = ({ loops }: Evidence): readonly LoopMove[] =>
  loops.filter(({ share }) => share >= LOOP_SHARE)

/** And it covers more lines or decoding windows, or its branches are on their edges. */
export function loopAlignmentWorsened(evidence: Evidence) {
  const hazards = evidence.examination?.hazards ?? []
  const worse = hotLoops(evidence).filter(loop =>
    isPlacedWorse(loop[evidence.from], loop[evidence.to], hazards),
  )
  if (worse.length === 0 || !evidence.branches || branchMissesRose(evidence)) return undefined
  const { base, head, symbol } = worse[0]!
  return {
    function: symbol,
    ...{ baseLines: base.lines, headLines: head.lines },
    ...{ baseWindows: base.windows, headWindows: head.windows },
    ...{ baseSplitBranches: base.splitBranches, headSplitBranches: head.splitBranches },
  }
}

/** More jumps of a hot loop touch a 32-byte boundary, on a processor whose microcode keeps such code out of the cache of decoded instructions. */
export function jumpsOnBoundaries(evidence: Evidence) {
  const { examination, from, to } = evidence
  const hazards = examination?.hazards ?? []
  if (!jumpsOnBoundariesCost(hazards) || branchMissesRose(evidence)) return undefined
  const worse = hotLoops(evidence).filter(loop => loop[to].boundaryBranches > loop[from].boundaryBranches)
  if (worse.length === 0) return undefined
  const { base, head, symbol, share } = worse[0]!
  const { workaround = 'unknown' } = hazards.find(({ id }) => id === 'jcc-erratum')!
  return {
    ...{ function: symbol, share, workaround },
    ...{ base: base.boundaryBranches, head: head.boundaryBranches },
  }
}

const PART_IN_BLOCKS = 0.5

/**
 * The processor timed the same blocks: those of functions that moved take longer each time, and that makes up most of the slowdown. A
 * block's share times the growth of its cycles is what it adds to the whole.
 */
export function movedBlocksSlower({ examination, from, to, slowdown }: Evidence) {
  const blocks = examination?.blocks?.filter(({ moved }) => moved) ?? []
  if (slowdown <= 1 || blocks.length === 0) return undefined
  const added = (block: BlockCost): number => block.share[from] * (block.cycles[to] / block.cycles[from] - 1)
  const part = blocks.reduce((sum, block) => sum + added(block), 0) / (slowdown - 1)
  const [first] = blocks.toSorted((one, other) => added(other) - added(one))
  if (part < PART_IN_BLOCKS || !first) return undefined
  return {
    ...{ part: Math.min(1, part), function: first.symbol, others: blocks.length - 1 },
    ...{ base: first.cycles.base, head: first.cycles.head },
    ...{ baseOffset: first.address.base % LINE_BYTES, headOffset: first.address.head % LINE_BYTES },
  }
}

const LINE_BYTES = 64

/** More hot data lines fall on one set of the data cache than it holds. */
export function dataSetsCrowded(evidence: Evidence) {
  const { examination } = evidence
  if (!examination || !dataCrowdingRose(evidence)) return undefined
  const { dataCrowding, geometry } = examination
  return crowdingOf(dataCrowding, geometry.l1d.ways)
}

/** The same code misses more often the data that came to share sets. */
export function movedDataMisses(evidence: Evidence) {
  if (!evidence.sameWork || !dataCrowdingRose(evidence) || !rateRose(evidence.dcache, DCACHE_RISE))
    return undefined
  return ratesOf(evidence.dcache!, evidence)
}

/** The same branches over the same data are predicted worse: the predictor's tables are indexed by address. */
export function sameBranchesMiss(evidence: Evidence) {
  if (!samePath(evidence) || !rateRose(evidence.branches, { relative: 1.2, perThousand: 1 })) return undefined
  return ratesOf(evidence.branches!, evidence)
}

/** Other structures that are indexed by address. */
export function otherFrontEndMisses({ counts, from, to }: Evidence) {
  const rose = (event: 'uopCacheMisses' | 'itlbMisses'): boolean => {
    const [before, after] = [counts[from][event], counts[to][event]]
    const per = (counts[to].instructions ?? 0) / 1000
    return (
      before !== undefined &&
      after !== undefined &&
      after > 1.5 * before &&
      per > 0 &&
      (after - before) / per > 1
    )
  }
  const found = [
    ...(rose('uopCacheMisses') ? ['micro-op cache'] : []),
    ...(rose('itlbMisses') ? ['instruction TLB'] : []),
  ]
  return found.length > 0 ? { structures: found } : undefined
}
