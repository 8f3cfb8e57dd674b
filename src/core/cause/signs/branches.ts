import type { Evidence } from '../../evidence/evidence.ts'
import { listed, percent } from '../../text/figures.ts'
import { accountsFor, partOfTime } from './cost-of-misses.ts'
import { countedBy, inOrder, rateRose } from './memory.ts'

const RISE = { relative: 1.2, perThousand: 1 }
/** What a wrong guess costs, roughly, in cycles of a present-day core. */
const MISS_CYCLES = 15
const PART_EXPLAINED = 0.2

const rose = ({ branches }: Evidence): boolean => rateRose(branches, RISE)

/** More branch misses, while something else than places changed. */
export function branchMissesRose(evidence: Evidence): string | undefined {
  if (!rose(evidence) || samePath(evidence)) return undefined
  const simulated = countedBy(evidence) ? ' (simulated, conditional branches)' : ''
  return `Branch misses${simulated} went ${inOrder(evidence.branches!, evidence)}.`
}

/** Enough of them for the time. */
export function branchMissesExplain(evidence: Evidence): string | undefined {
  if (!branchMissesRose(evidence)) return undefined
  const part = partOfTime(evidence.branches!, MISS_CYCLES, evidence)
  return part < PART_EXPLAINED ? undefined : accountsFor(part, MISS_CYCLES)
}

/** Something that runs was changed, so that other data or another order can reach the branches. */
export function somethingThatRunsChanged(evidence: Evidence): string | undefined {
  if (!branchMissesRose(evidence)) return undefined
  const rewritten = evidence.examination?.data.rewritten ?? []
  if (evidence.changed.length > 0)
    return `Code that runs changed: ${listed(evidence.changed.map(({ name }) => name))}.`
  return rewritten.length > 0
    ? `Data that hot code reads has other contents: ${listed(rewritten)}.`
    : undefined
}

/** No more instructions than before, so that it is not their number. */
export function noMoreInstructions(evidence: Evidence): string | undefined {
  if (!branchMissesRose(evidence) || evidence.growth === undefined || evidence.growth > evidence.tolerance)
    return undefined
  return evidence.growth < -evidence.tolerance
    ? `The slower side executes ${percent(-evidence.growth)} fewer instructions.`
    : 'The slower side executes no more instructions.'
}

/**
 * The same code ran over the same data: then even other branch misses come from where it lies. Nothing that the pull
 * request changes may have run, and no file may have changed that could be input: both can reorder data.
 */
export function samePath({ sameWork, examination }: Evidence): boolean {
  if (!sameWork || !examination) return false
  const { data, touched, change } = examination
  return data.rewritten.length === 0 && change.other.length === 0 && touched.every(({ share }) => share === 0)
}
