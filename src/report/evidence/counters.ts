import { type Difference, differencesOf } from '../../core/counters/differences.ts'
import { stallUnit } from '../../core/counters/events.ts'
import type { Counters, Counts } from '../../core/model/counters.ts'
import { formatChange, formatCount, formatShare, formatValue } from '../text/format.ts'

/** One line of the table of counters, as text and as the numbers behind it. */
export interface CounterRow {
  readonly label: string
  readonly base: string
  readonly head: string
  readonly change: string
  /** head / base; absent where base is 0. */
  readonly ratio?: number
  /** Whether the change is more than chance and large enough to matter; such rows come first. */
  readonly differs: boolean
  /** Whether the figures come out of the simulation, which the label says too. */
  readonly simulated: boolean
}

const LABELS: Readonly<Record<keyof Counts, string>> = {
  instructions: 'instructions',
  cycles: 'cycles',
  icacheLoads: 'icache loads',
  icacheMisses: 'icache misses',
  dcacheMisses: 'L1 data-cache misses',
  secondLevelMisses: 'L2 data-cache misses',
  branches: 'branches',
  branchMisses: 'branch misses',
  itlbMisses: 'iTLB misses',
  frontEndStalls: 'front-end stalls',
  backEndStalls: 'back-end stalls',
  uopCacheMisses: 'micro-op cache misses',
  slots: 'issue slots',
  retiredSlots: 'slots retired',
  badSpeculationSlots: 'slots lost to wrong guesses',
  frontEndSlots: 'slots lost to the front end',
  backEndSlots: 'slots lost to the back end',
  taskClockSeconds: 'CPU time',
  pageFaults: 'page faults',
  contextSwitches: 'context switches',
  migrations: 'CPU migrations',
}

/** Where issue slots went, each shown as a part of all of them. */
const SLOTS: ReadonlySet<keyof Counts> = new Set([
  'retiredSlots',
  'badSpeculationSlots',
  'frontEndSlots',
  'backEndSlots',
])

/** What the simulation counts; the kernel counts the rest, even where there is a simulation. */
export const SIMULATED: ReadonlySet<keyof Counts> = new Set([
  'instructions',
  'icacheMisses',
  'dcacheMisses',
  'secondLevelMisses',
  'branches',
  'branchMisses',
])

/** The table of the story: every counter that both sides have, followed by what follows from it; what differs most comes first. */
export function counterRows(counters: Counters): readonly CounterRow[] {
  const differences = differencesOf(counters)
  const first = differences
    .filter(({ differs }) => differs)
    .sort((one, other) => Math.abs(Math.log(other.ratio)) - Math.abs(Math.log(one.ratio)))
  return [...first, ...differences.filter(({ differs }) => !differs)].flatMap(difference => {
    const simulated = counters.source === 'simulated' && SIMULATED.has(difference.count)
    return [rowOf(counters, difference), ...derivedRows(counters, difference)].map(row => ({
      ...row,
      label: simulated ? `${row.label} (simulated)` : row.label,
      simulated,
    }))
  })
}

type Row = Omit<CounterRow, 'simulated'>

function changeOf(base: number, head: number, what = ''): Pick<Row, 'change' | 'ratio'> {
  if (base === head) return { change: 'same', ratio: 1 }
  if (base === 0) return { change: 'from 0' }
  const ratio = head / base
  return {
    change: ratio >= 2 && what !== '' ? `${formatChange(ratio)} the ${what}` : formatChange(ratio),
    ratio,
  }
}

function rowOf(counters: Counters, { count, base, head, differs }: Difference): Row {
  const cell = (value: number, of: Counts): string => {
    if (count === 'taskClockSeconds') return formatValue(value, 's')
    const ofCycles = shareOfCycles(counters, count, of)
    if (ofCycles !== undefined) return `${formatCount(value)} (${formatShare(ofCycles)} of cycles)`
    return SLOTS.has(count) && of.slots
      ? `${formatCount(value)} (${formatShare(value / of.slots)} of slots)`
      : formatCount(value)
  }
  const what = count === 'icacheMisses' ? 'count' : ''
  return {
    label: LABELS[count],
    base: cell(base, counters.base),
    head: cell(head, counters.head),
    ...changeOf(base, head, what),
    differs,
  }
}

/** Stalls have a share of the cycles where the event counts cycles; issue slots are several in a cycle. */
function shareOfCycles(counters: Counters, count: keyof Counts, of: Counts): number | undefined {
  if (count !== 'frontEndStalls' && count !== 'backEndStalls') return undefined
  const role = count === 'frontEndStalls' ? 'front-end-stalls' : 'back-end-stalls'
  const event = counters.events?.find(chosen => chosen.role === role)?.event
  if (of.cycles === undefined || of.cycles === 0 || stallUnit(role, event) !== 'cycles') return undefined
  return of[count]! / of.cycles
}

/** What follows from a counter: instructions a cycle, misses per thousand instructions, misses per load. */
function derivedRows(counters: Counters, { count, differs }: Difference): readonly Row[] {
  const { base, head } = counters
  const derived = (
    label: string,
    value: (of: Counts) => number | undefined,
    format: (value: number) => string,
    what = '',
  ): readonly Row[] => {
    const [before, after] = [value(base), value(head)]
    if (before === undefined || after === undefined) return []
    return [{ label, base: format(before), head: format(after), ...changeOf(before, after, what), differs }]
  }
  if (count === 'cycles') {
    return derived(
      'instructions per cycle',
      of => quotient(of.instructions, of.cycles),
      value => value.toFixed(2),
    )
  }
  if (count !== 'icacheMisses') return []
  return [
    ...derived(
      'icache misses per 1,000 instructions',
      of => quotient(of.icacheMisses, of.instructions, 1e3),
      value => (value >= 100 ? value.toFixed(0) : value.toPrecision(3)),
    ),
    ...derived('icache miss rate', of => quotient(of.icacheMisses, of.icacheLoads), formatRate, 'rate'),
  ]
}

function quotient(part: number | undefined, of: number | undefined, per = 1): number | undefined {
  return part === undefined || of === undefined || of === 0 ? undefined : (part / of) * per
}

/** Two decimals, as perf itself prints rates, and more where they would all be zero. */
const formatRate = (rate: number): string =>
  `${rate !== 0 && rate < 5e-5 ? (rate * 100).toPrecision(1) : (rate * 100).toFixed(2)} %`
