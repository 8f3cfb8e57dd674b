import type { Evidence } from '../../evidence/evidence.ts'
import type { Counts } from '../../model/counters.ts'
import type { Side } from '../../model/side.ts'

const STALL_RISE = 0.05

/**
 * Stalls rose by five points of the issue slots where these were counted (top-down analysis), else of the cycles. Slots come first: a
 * cycle with one operation of six is no stall of a cycle, and five lost slots.
 */
export function stallRose(
  { counts, from, to }: Pick<Evidence, 'counts' | 'from' | 'to'>,
  of: { readonly cycles?: keyof Counts; readonly slots: keyof Counts },
) {
  const part = (
    side: Side,
    stalls: keyof Counts | undefined,
    all: 'slots' | 'cycles',
  ): number | undefined => {
    const whole = counts[side][all]
    const stalled = stalls && counts[side][stalls]
    return stalled === undefined || !whole ? undefined : stalled / whole
  }
  const bySlots = part(from, of.slots, 'slots') !== undefined && part(to, of.slots, 'slots') !== undefined
  const share = (side: Side) => (bySlots ? part(side, of.slots, 'slots') : part(side, of.cycles, 'cycles'))
  const [before, after] = [share(from), share(to)]
  if (before === undefined || after === undefined || after - before < STALL_RISE) return undefined
  return { base: share('base')!, head: share('head')!, of: bySlots ? 'slots' : 'cycles' }
}
