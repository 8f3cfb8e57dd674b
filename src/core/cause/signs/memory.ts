import type { Evidence, Rate } from '../../evidence/evidence.ts'
import { listed, percent } from '../../text/figures.ts'
import { accountsFor, partOfTime } from './cost-of-misses.ts'

const RELATIVE_RISE = 1.1
const RISE_PER_THOUSAND = 0.5
/** Faults of pages that were not there before: more memory is touched. */
const FAULTS_RISE = 1.5
const LEAST_FAULTS = 1000
const STALL_RISE = 0.05

/** Misses per thousand instructions in the order base, head. */
export function inOrder(rate: Rate, { from }: Evidence): string {
  const [base, head] = from === 'base' ? [rate.from, rate.to] : [rate.to, rate.from]
  return `from ${perThousand(base)} to ${perThousand(head)} per thousand instructions`
}

const perThousand = (rate: number): string =>
  rate >= 0.01 || rate === 0 ? Number(rate.toPrecision(3)).toString() : 'less than 0.01'

/** Says which counter it was: hardware counts events, the simulator a model of them. */
export function countedBy({ source }: Evidence): string {
  return source === 'simulated' ? ' (simulated)' : ''
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
export function dataMissesRose(evidence: Evidence): string | undefined {
  if (!dcacheRose(evidence) || (evidence.sameWork && dataCrowdingRose(evidence))) return undefined
  const simulated = countedBy(evidence)
  // A miss of the second level waits several times as long, so it is the better reason where both rose.
  if (rateRose(evidence.secondLevel, RISE))
    return `L2 data-cache misses${simulated} went ${inOrder(evidence.secondLevel!, evidence)}.`
  const [first] = missingMore(evidence)
  if (!first || rateRose(evidence.dcache, RISE))
    return `L1 data-cache misses${simulated} went ${inOrder(evidence.dcache!, evidence)}.`
  return `L1 data-cache misses${simulated} of ${first.name} went ${inOrder(first.rate, evidence)} of its own.`
}

/** What waiting for the third level costs, roughly, in cycles; memory itself costs several times as much. */
const MISS_CYCLES = 40
const PART_EXPLAINED = 0.25

/** Misses of the second level account for more of the time than the number of instructions does. */
export function dataMissesExplain(evidence: Evidence): string | undefined {
  if (!dataMissesRose(evidence) || !rateRose(evidence.secondLevel, RISE)) return undefined
  const part = partOfTime(evidence.secondLevel!, MISS_CYCLES, evidence)
  return part < PART_EXPLAINED || part <= evidence.explained ? undefined : accountsFor(part, MISS_CYCLES)
}

const CROWDING_RISE = 0.02

/** Whether hot named data came to share sets that are too full. */
export function dataCrowdingRose({ examination, from, to }: Evidence): boolean {
  return (
    examination !== undefined &&
    examination.dataCrowding[to].score - examination.dataCrowding[from].score >= CROWDING_RISE
  )
}

/** The same code misses more although its named data shares no sets: what it walks over lies otherwise at run time. */
export function sameCodeMissesMore(evidence: Evidence): string | undefined {
  if (!evidence.sameWork || !rateRose(evidence.dcache, RISE) || dataCrowdingRose(evidence)) return undefined
  return 'The same code misses more, and no crowding of its named data explains that: the data it walks over is laid out differently at run time.'
}

/** The additional misses lie in code that changed. */
export function missesInChangedCode(evidence: Evidence): string | undefined {
  if (!dcacheRose(evidence) || (evidence.dcacheInChanged ?? 0) < 0.5) return undefined
  return `${percent(evidence.dcacheInChanged!)} of the additional data-cache misses are in hot code that changed: ${listed(evidence.changed.map(({ name }) => name))}.`
}

/** Hot code changed without executing more: other offsets, other strides. */
export function sameCountOtherCode({ missing }: Evidence): string | undefined {
  if (missing.length === 0) return undefined
  return `${listed(missing.map(({ name }) => name))} executes as many instructions as before but addresses its data differently.`
}

/** Data that hot code uses grew on the slower side. */
export function hotDataGrew({ examination, from }: Evidence): string | undefined {
  const grew =
    examination?.data.resized.filter(data => (from === 'base' ? data.to > data.from : data.from > data.to)) ??
    []
  if (grew.length === 0) return undefined
  return `Data that hot code uses is larger on the slower side: ${listed(grew.map(data => `${data.symbol} (${data.from} → ${data.to} bytes)`))}.`
}

/** Types, tables or macros changed, which decide where data lies and how large it is. */
export function typesChanged(evidence: Evidence): string | undefined {
  const files = evidence.examination?.change.outside ?? []
  if (files.length === 0 || !dcacheRose(evidence)) return undefined
  return `This pull request changes types, tables or macros in ${listed(files)}.`
}

/** The kernel gave out many more pages. */
export function faultsRose({ counts, from, to }: Evidence): string | undefined {
  const [before, after] = [counts[from].pageFaults, counts[to].pageFaults]
  if (
    before === undefined ||
    after === undefined ||
    after < before * FAULTS_RISE ||
    after - before < LEAST_FAULTS
  )
    return undefined
  return `Page faults went from ${counts.base.pageFaults} to ${counts.head.pageFaults}.`
}

/** A huge page of 2 MB is 512 of 4 KB; the faults that any program has from its start thin that out. */
const SMALLER_PAGES = 16

/** So many more pages for the same instructions: memory that came in huge pages comes in small ones (admin-guide/mm/transhuge.rst). */
export function pagesBecameSmall(evidence: Evidence): string | undefined {
  const { counts, from, to, growth, tolerance } = evidence
  if (faultsRose(evidence) === undefined || growth === undefined || growth > tolerance) return undefined
  const times = counts[to].pageFaults! / counts[from].pageFaults!
  if (times < SMALLER_PAGES) return undefined
  return `That is ${Math.round(times)} times as many for the same instructions, as when memory no longer comes in huge pages and loads miss the TLB.`
}

/** The core waited longer for data. */
export function backEndStalled({ counts, from, to }: Evidence): string | undefined {
  const share = (side: 'base' | 'head'): number | undefined => {
    const { backEndStalls, cycles } = counts[side]
    return backEndStalls === undefined || !cycles ? undefined : backEndStalls / cycles
  }
  const [before, after] = [share(from), share(to)]
  if (before === undefined || after === undefined || after - before < STALL_RISE) return undefined
  return `The back end of the core stood still in ${percent(share('base')!)} of the cycles on the base and ${percent(share('head')!)} on the head.`
}
