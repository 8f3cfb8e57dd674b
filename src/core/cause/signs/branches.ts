import type { Evidence } from '../../evidence/evidence.ts'
import { partOfTime } from './cost-of-misses.ts'
import { rateRose, ratesOf } from './memory.ts'
import { stallRose } from './stalls.ts'

const RISE = { relative: 1.2, perThousand: 1 }
/** What a wrong guess costs, roughly, in cycles of a present-day core. */
const MISS_CYCLES = 15
const PART_EXPLAINED = 0.2

const rose = ({ branches }: Evidence): boolean => rateRose(branches, RISE)

/** More branch misses, while something else than places changed. */
export function branchMissesRose(evidence: Evidence) {
  if (!rose(evidence) || samePath(evidence)) return undefined
  return ratesOf(evidence.branches!, evidence)
}

/** Enough of them for the time. */
export function branchMissesExplain(evidence: Evidence) {
  if (!branchMissesRose(evidence)) return undefined
  const part = partOfTime(evidence.branches!, MISS_CYCLES, evidence)
  return part < PART_EXPLAINED ? undefined : { cyclesEach: MISS_CYCLES, partOfTime: part }
}

/** More issue slots went to operations that were thrown away after a wrong guess, while something else than places changed. */
export function speculationWasted(evidence: Evidence) {
  return samePath(evidence) ? undefined : stallRose(evidence, { slots: 'badSpeculationSlots' })
}

/** Something that runs was changed, so that other data or another order can reach the branches. */
export function somethingThatRunsChanged(evidence: Evidence) {
  if (!branchMissesRose(evidence)) return undefined
  const rewritten = evidence.examination?.data.rewritten ?? []
  if (evidence.changed.length > 0) return { code: evidence.changed.map(({ name }) => name), data: [] }
  return rewritten.length > 0 ? { code: [], data: rewritten } : undefined
}

/** No more instructions than before, so that it is not their number. */
export function noMoreInstructions(evidence: Evidence) {
  if (!branchMissesRose(evidence) || evidence.growth === undefined || evidence.growth > evidence.tolerance)
    return undefined
  return { fewer: evidence.growth < -evidence.tolerance ? -evidence.growth : 0 }
}

/**
 * The same code ran over the same data: then even other branch misses come from where it is. Nothing that the pull
 * request changes may have run, and no file may have changed that could be input: both can reorder data.
 */
export function samePath({ sameWork, examination }: Evidence): boolean {
  if (!sameWork || !examination) return false
  const { data, touched, change } = examination
  return data.rewritten.length === 0 && change.other.length === 0 && touched.every(({ share }) => share === 0)
}
