import type { Evidence } from '../../evidence/evidence.ts'
import type { Crowding } from '../../placement/crowding.ts'
import { liesWorse } from '../../placement/loops.ts'
import { distancesOf, type Move } from '../../placement/moves.ts'
import { listed, percent } from '../../text/figures.ts'
import { branchMissesRose, samePath } from './branches.ts'
import { countedBy, dataCrowdingRose, inOrder, rateRose } from './memory.ts'

const SAME_SHARE = 0.95
const MOVED_SHARE = 0.1
const CROWDING_RISE = 0.02
const ANY_RISE = { relative: 1.1, perThousand: 0.1 }
const ICACHE_RISE = { relative: 1.5, perThousand: 1 }
const DCACHE_RISE = { relative: 1.5, perThousand: 0.5 }
const STALL_RISE = 0.05
const LOOP_SHARE = 0.2

/** Nothing that runs differs but its place. */
export function sameWorkDone(evidence: Evidence): string | undefined {
  if (!sameCodeRan(evidence) || evidence.growth === undefined) return undefined
  const where = evidence.examination?.hot.some(({ sameness }) => sameness === 'same-where-run')
    ? ' where it runs'
    : ''
  return `The same work was done: the hot code is identical${where} and executes as many instructions on both sides.`
}

/** The same, where nothing could count instructions. */
export function sameCodeUncounted(evidence: Evidence): string | undefined {
  if (!sameCodeRan(evidence) || evidence.growth !== undefined) return undefined
  return 'The hot code is identical on both sides; how many instructions it executes was not counted.'
}

const sameCodeRan = ({ sameWork, sameShare }: Evidence): boolean => sameWork && (sameShare ?? 0) >= SAME_SHARE

/** Unchanged hot code lies elsewhere. */
export function hotCodeMoved(evidence: Evidence): string | undefined {
  const moves = evidence.examination?.moves ?? []
  if (evidence.movedShare < MOVED_SHARE || moves.length === 0) return undefined
  const who = moves.length === 1 ? 'One unchanged hot function' : `${moves.length} unchanged hot functions`
  return `${who} moved${byDistances(moves)}, with ${percent(evidence.movedShare)} of the profile: ${listed(moves.map(({ symbol }) => symbol))}.`
}

/** Several that move together keep their distances, and crowd no set among themselves that they did not crowd before. */
function byDistances(moves: readonly Move[]): string {
  if (moves.length === 1) return ''
  const distances = distancesOf(moves)
  return distances === 1 ? ', all by the same distance' : `, by ${distances} different distances`
}

/** Unchanged hot data lies elsewhere. */
export function hotDataMoved({ examination }: Evidence): string | undefined {
  const moved = examination?.data.moved.filter(({ share }) => share >= MOVED_SHARE) ?? []
  return moved.length > 0
    ? `Data that hot code uses moved: ${listed(moved.map(({ symbol }) => symbol))}.`
    : undefined
}

const UNMOVED_SHARE = 0.01

/** Hot code and hot data lie where they lay: what is left is the change itself. */
export function nothingHotMoved({ examination, movedShare, loops, sameShare }: Evidence): string | undefined {
  if (!examination || sameShare === undefined || movedShare >= UNMOVED_SHARE || loops.length > 0)
    return undefined
  if (examination.data.moved.some(({ share }) => share >= UNMOVED_SHARE)) return undefined
  if (!examination.touched.some(({ share }) => share > 0)) return undefined
  return 'Neither hot code nor hot data moved, so placement is not the reason.'
}

const inWords = (crowding: Crowding, ways: number): string =>
  crowding.mostLines > ways
    ? `up to ${crowding.mostLines} hot lines for ${ways} ways`
    : 'no set with more hot lines than ways'

/** More hot lines fall on one set of the instruction cache than it holds. */
export function setsCrowded({ examination, from, to, icache }: Evidence): string | undefined {
  // Lines of one set that are never wanted at the same time do not miss: where misses were counted, they must rise too.
  if (!examination || (icache && !rateRose(icache, ANY_RISE))) return undefined
  const { crowding, geometry } = examination
  if (crowding[to].score - crowding[from].score < CROWDING_RISE) return undefined
  const { ways } = geometry.l1i
  return `Hot code crowds sets of the L1 instruction cache: ${inWords(crowding.base, ways)} on the base, ${inWords(crowding.head, ways)} on the head.`
}

/** More instruction-cache misses, and not in code that is new. */
export function instructionMissesRose(evidence: Evidence): string | undefined {
  if (!rateRose(evidence.icache, ICACHE_RISE) || (evidence.icacheInMoved ?? 1) < 0.5) return undefined
  const { counts } = evidence
  const missRate = (side: 'base' | 'head'): string | undefined => {
    const { icacheMisses, icacheLoads } = counts[side]
    return icacheMisses === undefined || !icacheLoads ? undefined : percent(icacheMisses / icacheLoads)
  }
  const [base, head] = [missRate('base'), missRate('head')]
  const asRate = base && head ? ` (${base} of the loads → ${head})` : ''
  return `L1 instruction-cache misses${countedBy(evidence)} went ${inOrder(evidence.icache!, evidence)}${asRate}.`
}

/** The front end of the core stood still for longer. */
export function frontEndStalled({ counts, from, to }: Evidence): string | undefined {
  const share = (side: 'base' | 'head'): number | undefined => {
    const { frontEndStalls, cycles } = counts[side]
    return frontEndStalls === undefined || !cycles ? undefined : frontEndStalls / cycles
  }
  const [before, after] = [share(from), share(to)]
  if (before === undefined || after === undefined || after - before < STALL_RISE) return undefined
  return `The front end of the core stood still in ${percent(share('base')!)} of the cycles on the base and ${percent(share('head')!)} on the head.`
}

/** A hot loop starts at another offset in its line, and branch misses, which would look alike, do not explain the time. */
export function loopsMisaligned(evidence: Evidence): string | undefined {
  if (!evidence.branches || branchMissesRose(evidence)) return undefined
  return loopOffsets(evidence)
}

/** The same, where nobody counted branch misses: it fits, but another cause fits as well. */
export function loopsMovedUnchecked(evidence: Evidence): string | undefined {
  return evidence.branches ? undefined : loopOffsets(evidence)
}

function loopOffsets(evidence: Evidence): string | undefined {
  const loops = evidence.loops.filter(({ share }) => share >= LOOP_SHARE)
  if (loops.length === 0) return undefined
  const [first] = loops
  const others = loops.length > 1 ? `; so do ${loops.length - 1} more` : ''
  return `A hot loop of ${first!.symbol} (${percent(first!.share)} of the profile) starts at another offset of its cache line: ${first!.base.offset} → ${first!.head.offset}${others}.`
}

/** And it covers more lines or decoding windows, or its branches lie on their edges. */
export function loopsLieWorse(evidence: Evidence): string | undefined {
  const worse = evidence.loops.filter(
    loop => loop.share >= LOOP_SHARE && liesWorse(loop[evidence.from], loop[evidence.to]),
  )
  if (worse.length === 0 || !evidence.branches || branchMissesRose(evidence)) return undefined
  const { base, head, symbol } = worse[0]!
  return `On the slower side the loop of ${symbol} lies worse: ${base.lines} → ${head.lines} lines, ${base.windows} → ${head.windows} windows of 32 bytes, ${base.splitBranches} → ${head.splitBranches} branches across a line.`
}

/** More hot data lines fall on one set of the data cache than it holds. */
export function dataSetsCrowded(evidence: Evidence): string | undefined {
  const { examination } = evidence
  if (!examination || !dataCrowdingRose(evidence)) return undefined
  const { dataCrowding, geometry } = examination
  const { ways } = geometry.l1d
  return `Hot data crowds sets of the L1 data cache: ${inWords(dataCrowding.base, ways)} on the base, ${inWords(dataCrowding.head, ways)} on the head.`
}

/** The same code misses more often the data that came to share sets. */
export function movedDataMisses(evidence: Evidence): string | undefined {
  if (!evidence.sameWork || !dataCrowdingRose(evidence) || !rateRose(evidence.dcache, DCACHE_RISE))
    return undefined
  return `The same code misses the L1 data cache${countedBy(evidence)} more often: ${inOrder(evidence.dcache!, evidence)}.`
}

/** The same branches over the same data are guessed worse: the predictor's tables are indexed by address. */
export function sameBranchesMiss(evidence: Evidence): string | undefined {
  if (!samePath(evidence) || !rateRose(evidence.branches, { relative: 1.2, perThousand: 1 })) return undefined
  return `The same branches are guessed worse: misses went ${inOrder(evidence.branches!, evidence)}.`
}

/** Other structures that are indexed by address. */
export function otherFrontEndMisses({ counts, from, to }: Evidence): string | undefined {
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
  return found.length > 0 ? `Misses of the ${found.join(' and the ')} rose.` : undefined
}
