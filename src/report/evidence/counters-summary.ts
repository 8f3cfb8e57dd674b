import { type Difference, differencesOf, sameInstructionsWithin } from '../../core/counters/differences.ts'
import type { Counters, Counts } from '../../core/model/counters.ts'
import { formatExtent, formatFactor } from '../text/format.ts'
import { SIMULATED } from './counters.ts'

/** What is worth a word in the sentence, with its name there: causes first. */
const CAUSES: Partial<Readonly<Record<keyof Counts, string>>> = {
  icacheMisses: 'icache misses',
  dcacheMisses: 'data-cache misses',
  secondLevelMisses: 'L2 data-cache misses',
  branchMisses: 'branch misses',
  itlbMisses: 'iTLB misses',
  uopCacheMisses: 'micro-op cache misses',
  pageFaults: 'page faults',
}
/** Stalls are what misses lead to, and are named where no miss explains them. */
const STALLS: Partial<Readonly<Record<keyof Counts, string>>> = {
  frontEndStalls: 'front-end stalls',
  backEndStalls: 'back-end stalls',
}
const SPOKEN = { ...CAUSES, ...STALLS }
const MOST_SPOKEN = 2
/** A second cause is named when it changed at least a quarter as much, in orders of magnitude, as the first. */
const BESIDE_THE_FIRST = 0.25

const extent = ({ ratio }: Difference): number => Math.abs(Math.log(ratio))

/** The one sentence that says what differs, for example `as many instructions, 48 × the icache misses (simulated)`. */
export function summariseCounters(counters: Counters): string {
  const differences = differencesOf(counters)
  if (differences.length === 0) return 'nothing was counted'
  const find = (count: keyof Counts): Difference | undefined =>
    differences.find(difference => difference.count === count)
  const instructions = find('instructions')
  const notable = differences
    .filter(({ count, differs }) => differs && SPOKEN[count] !== undefined)
    .filter(difference => !followsInstructions(difference, instructions))
    .sort((one, other) => extent(other) - extent(one))
  const causes = notable.filter(({ count }) => CAUSES[count] !== undefined)
  const told = (causes.length > 0 ? causes : notable)
    .filter((difference, _, [first]) => extent(difference) >= BESIDE_THE_FIRST * extent(first!))
    .slice(0, MOST_SPOKEN)
  const cycles = find('cycles')
  const said = [
    ...(instructions ? [{ count: instructions.count, text: ofInstructions(counters, instructions) }] : []),
    ...told.map(({ count, base, ratio }) => ({ count, text: phrase(SPOKEN[count]!, base, ratio) })),
    ...(cycles?.differs ? [{ count: cycles.count, text: phrase('cycles', cycles.base, cycles.ratio) }] : []),
  ]
  const others =
    said.length > 1 || instructions?.differs
      ? []
      : [`nothing ${said.length === 0 ? '' : 'else '}that was counted differs`]
  return sentence(counters, said, others)
}

interface Said {
  readonly count: keyof Counts
  readonly text: string
}

/** What is simulated comes first and is called so at its end. */
function sentence(counters: Counters, said: readonly Said[], others: readonly string[]): string {
  const isSimulated = ({ count }: Said): boolean => counters.source === 'simulated' && SIMULATED.has(count)
  const simulated = said.filter(isSimulated).map(({ text }) => text)
  const measured = said.filter(part => !isSimulated(part)).map(({ text }) => text)
  if (simulated.length === 0) return [...measured, ...others].join(', ')
  return [`${simulated.join(', ')} (simulated)`, ...measured, ...others].join(', ')
}

function ofInstructions(counters: Counters, { base, ratio }: Difference): string {
  return Math.abs(ratio - 1) <= sameInstructionsWithin(counters)
    ? 'as many instructions'
    : phrase('instructions', base, ratio)
}

/** Twice the work makes twice the misses: that is reported of the instructions already. */
function followsInstructions({ count, ratio }: Difference, instructions: Difference | undefined): boolean {
  if (!instructions?.differs || count === 'pageFaults') return false
  return Math.abs(ratio / instructions.ratio - 1) < 0.1
}

function phrase(what: string, base: number, ratio: number): string {
  if (base === 0) return `${what} where there were none`
  const times = formatFactor(ratio)
  if (times !== undefined) return ratio > 1 ? `${times} the ${what}` : `${times} fewer ${what}`
  return `${formatExtent(ratio)} ${ratio > 1 ? 'more' : 'fewer'} ${what}`
}
