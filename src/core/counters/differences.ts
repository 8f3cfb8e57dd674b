import type { Counters, Counts } from '../model/counters.ts'

/** One counter on both sides. */
export interface Difference {
  readonly count: keyof Counts
  readonly base: number
  readonly head: number
  /** head / base; 1 when both are 0, infinite when only base is. */
  readonly ratio: number
  /** Whether it changed by more than chance, and by enough to matter. */
  readonly differs: boolean
}

/** Misses that cost a bounded number of cycles each: fewer more of them than this per thousand instructions cannot be felt. */
const FELT_PER_THOUSAND = 0.05
const MISSES: ReadonlySet<keyof Counts> = new Set([
  'icacheMisses',
  'dcacheMisses',
  'secondLevelMisses',
  'branchMisses',
  'itlbMisses',
  'uopCacheMisses',
])
const LEAST_RELATIVE = 0.02
/** Fewer more page faults or context switches than this come and go by themselves. */
const LEAST_EVENTS = 20
/** Rare events scatter by the root of their number (Poisson); what other programs cause comes in bursts, and scatters further. */
const ROOTS_OF_CHANCE = 3
const ROOTS_OF_BURSTS = 10
const SCHEDULER: ReadonlySet<keyof Counts> = new Set(['contextSwitches', 'migrations'])
/** Instructions within half a percent are the same work; a program that spreads more by itself is given twice its spread. */
export const sameInstructionsWithin = ({ instructionSpread }: Pick<Counters, 'instructionSpread'>): number =>
  Math.max(0.005, 2 * (instructionSpread ?? 0))

/** Every counter that both sides have, in the order of the table. */
export function differencesOf(counters: Counters): readonly Difference[] {
  return ORDER.flatMap(count => {
    const base = counters.base[count]
    const head = counters.head[count]
    if (base === undefined || head === undefined) return []
    const ratio = base === head ? 1 : head / base
    return [{ count, base, head, ratio, differs: differs(counters, { count, base, head, ratio }) }]
  })
}

const ORDER: readonly (keyof Counts)[] = [
  'instructions',
  'cycles',
  'icacheLoads',
  'icacheMisses',
  'frontEndStalls',
  'backEndStalls',
  'slots',
  'retiredSlots',
  'badSpeculationSlots',
  'frontEndSlots',
  'backEndSlots',
  'uopCacheMisses',
  'branches',
  'branchMisses',
  'itlbMisses',
  'dcacheMisses',
  'secondLevelMisses',
  'taskClockSeconds',
  'pageFaults',
  'contextSwitches',
  'migrations',
]

function differs(counters: Counters, { count, base, head, ratio }: Omit<Difference, 'differs'>): boolean {
  const relative = Math.abs(ratio - 1)
  if (count === 'instructions' || count === 'branches') return relative > sameInstructionsWithin(counters)
  // Time is judged by the measured rounds, not by the few runs that were counted.
  if (relative <= LEAST_RELATIVE || count === 'taskClockSeconds') return false
  const more = Math.abs(head - base)
  const roots = SCHEDULER.has(count) ? ROOTS_OF_BURSTS : ROOTS_OF_CHANCE
  if (more < roots * Math.sqrt(base + head) || more < LEAST_EVENTS) return false
  return !MISSES.has(count) || extraPerThousand(counters, count) >= FELT_PER_THOUSAND
}

/** The change of a kind of miss, per thousand instructions of the side that has fewer of them. */
function extraPerThousand(counters: Counters, count: keyof Counts): number {
  const instructions = Math.min(counters.base.instructions ?? 0, counters.head.instructions ?? 0)
  if (instructions === 0) return Number.POSITIVE_INFINITY
  return (Math.abs(counters.head[count]! - counters.base[count]!) * 1e3) / instructions
}
