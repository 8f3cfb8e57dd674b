import type { Evidence, Rate } from '../../evidence/evidence.ts'
import { partOfTime } from './cost-of-misses.ts'
import { stallRose } from './stalls.ts'

const RELATIVE_RISE = 1.1
const RISE_PER_THOUSAND = 0.5
/** Faults of pages that were not there before: more memory is touched. */
const FAULTS_RISE = 1.5
const LEAST_FAULTS = 1000

/** Misses per thousand instructions on each side, and whether a simulator counted them: hardware counts events, a simulator models them. */
export interface RateFigures {
  readonly base: number
  readonly head: number
  readonly simulated: boolean
}

/** A rate in the order base, head. */
export function ratesOf(rate: Rate, { from, source }: Evidence): RateFigures {
  const [base, head] = from === 'base' ? [rate.from, rate.to] : [rate.to, rate.from]
  return { base, head, simulated: source === 'simulated' }
}

/** Whether a rate of misses rose enough to matter. */
export function rateRose(
  rate: Rate | undefined,
  least: { readonly relative: number; readonly perThousand: number },
): boolean {
  return (
    rate !== undefined && rate.to >= rate.from * least.relative && rate.to - rate.from >= least.perThousand
  )
}

const RISE = { relative: RELATIVE_RISE, perThousand: RISE_PER_THOUSAND }

const missingMore = ({ missing }: Evidence): Evidence['missing'] =>
  missing.filter(({ rate }) => rateRose(rate, RISE))

const dcacheRose = (evidence: Evidence): boolean =>
  rateRose(evidence.dcache, RISE) || rateRose(evidence.secondLevel, RISE) || missingMore(evidence).length > 0

/** More data-cache misses, in the run or in hot functions, that named data on crowded sets does not explain. */
export function dataMissesRose(
  evidence: Evidence,
): (RateFigures & { readonly level: 1 | 2; readonly function?: string }) | undefined {
  if (!dcacheRose(evidence) || (evidence.sameWork && dataCrowdingRose(evidence))) return undefined
  // A miss of the second level waits several times as long, so it is the better reason where both rose.
  if (rateRose(evidence.secondLevel, RISE)) return { level: 2, ...ratesOf(evidence.secondLevel!, evidence) }
  const [first] = missingMore(evidence)
  if (!first || rateRose(evidence.dcache, RISE)) return { level: 1, ...ratesOf(evidence.dcache!, evidence) }
  return { level: 1, function: first.name, ...ratesOf(first.rate, evidence) }
}

/** What waiting for the third level costs, roughly, in cycles; memory itself costs several times as much. */
const MISS_CYCLES = 40
const PART_EXPLAINED = 0.25

/** Misses of the second level account for more of the time than the number of instructions does. */
export function dataMissesExplain(evidence: Evidence) {
  if (!dataMissesRose(evidence) || !rateRose(evidence.secondLevel, RISE)) return undefined
  const part = partOfTime(evidence.secondLevel!, MISS_CYCLES, evidence)
  return part < PART_EXPLAINED || part <= evidence.explained
    ? undefined
    : { cyclesEach: MISS_CYCLES, partOfTime: part }
}

const CROWDING_RISE = 0.02

/** Whether hot named data came to share sets that are too full. */
export function dataCrowdingRose({ examination, from, to }: Evidence): boolean {
  return (
    examination !== undefined &&
    examination.dataCrowding[to].score - examination.dataCrowding[from].score >= CROWDING_RISE
  )
}

/** The same code misses more although its named data shares no sets: what it walks over is placed differently at run time. */
export function sameCodeMissesMore(evidence: Evidence) {
  if (!evidence.sameWork || !rateRose(evidence.dcache, RISE) || dataCrowdingRose(evidence)) return undefined
  return ratesOf(evidence.dcache!, evidence)
}

/** The additional misses are in code that changed. */
export function missesInChangedCode(evidence: Evidence) {
  if (!dcacheRose(evidence) || (evidence.dcacheInChanged ?? 0) < 0.5) return undefined
  return { part: evidence.dcacheInChanged!, functions: evidence.changed.map(({ name }) => name) }
}

/** Hot code changed without executing more: other offsets, other strides. */
export function sameCountOtherCode({ missing }: Evidence) {
  if (missing.length === 0) return undefined
  return { functions: missing.map(({ name }) => name) }
}

/** Data that hot code uses grew on the slower side. */
export function hotDataGrew({ examination, from }: Evidence) {
  const grew =
    examination?.data.resized.filter(data => (from === 'base' ? data.to > data.from : data.from > data.to)) ??
    []
  if (grew.length === 0) return undefined
  return {
    symbols: grew.map(({ symbol }) => symbol),
    baseBytes: grew.map(data => data.from),
    headBytes: grew.map(data => data.to),
  }
}

/** Types, tables or macros changed, which decide where data is and how large it is. */
export function typesChanged(evidence: Evidence) {
  const files = evidence.examination?.change.outside ?? []
  if (files.length === 0 || !dcacheRose(evidence)) return undefined
  return { files }
}

/** The kernel gave out many more pages. */
export function faultsRose({ counts, from, to }: Evidence) {
  const [before, after] = [counts[from].pageFaults, counts[to].pageFaults]
  if (
    before === undefined ||
    after === undefined ||
    after < before * FAULTS_RISE ||
    after - before < LEAST_FAULTS
  )
    return undefined
  return { base: counts.base.pageFaults!, head: counts.head.pageFaults! }
}

/** A huge page of 2 MB is 512 of 4 KB; the faults that any program has from its start thin that out. */
const SMALLER_PAGES = 16

/** So many more pages for the same instructions: memory that came in huge pages comes in small ones (admin-guide/mm/transhuge.rst). */
export function pagesBecameSmall(evidence: Evidence) {
  const { counts, from, to, growth, tolerance } = evidence
  if (faultsRose(evidence) === undefined || growth === undefined || growth > tolerance) return undefined
  const times = counts[to].pageFaults! / counts[from].pageFaults!
  if (times < SMALLER_PAGES) return undefined
  return { times }
}

/** The core waited longer for data. */
export function backEndStalled({ counts, from, to }: Evidence) {
  return stallRose({ counts, from, to }, { cycles: 'backEndStalls', slots: 'backEndSlots' })
}
