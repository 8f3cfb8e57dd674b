import type { Evidence } from '../evidence.ts'
import { listed, percent } from './figures.ts'
import { countedBy, inOrder, rateRose } from './memory.ts'

const RISE = { relative: 1.2, perThousand: 1 }
/** What a wrong guess costs, and what a thousand instructions take, roughly, in cycles of a present-day core. */
const MISS_CYCLES = 15
const CYCLES_PER_THOUSAND = 400
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
  const { from, to } = evidence.branches!
  const part = ((to - from) * MISS_CYCLES) / ((evidence.slowdown - 1) * CYCLES_PER_THOUSAND)
  if (part < PART_EXPLAINED) return undefined
  return `At about ${MISS_CYCLES} cycles each they account for ${part >= 1 ? 'all' : `about ${percent(part)}`} of the change in time.`
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
