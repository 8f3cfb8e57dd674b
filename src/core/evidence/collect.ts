import type { Counts } from '../model/counters.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { Examination } from '../placement/examine.ts'
import { BUILDS_ANOTHER } from '../source/reached.ts'
import type { ChangedCode, Direction, Evidence, MeasuredChange, Rate, Rebuilt } from './evidence.ts'
import { codeOf, NOTHING } from './from-code.ts'
import { runtimeWork } from './runtime-work.ts'

/** The smallest tolerance for "the same number of instructions". */
const LEAST_TOLERANCE = 0.005

/** Puts together what the rules look at. */
export function collectEvidence(measured: MeasuredChange, examination: Examination | undefined): Evidence {
  const { ratio } = measured.change
  const [from, to]: [Side, Side] = ratio >= 1 ? ['base', 'head'] : ['head', 'base']
  const slowdown = Math.max(ratio, 1 / ratio)
  const counters = measured.counters ?? { source: 'none' as const, base: {}, head: {} }
  const counts = { base: counters.base, head: counters.head }
  const growth = growthOf(counts, examination, { from, to })
  const tolerance = Math.max(LEAST_TOLERANCE, counters.instructionSpread ?? 0)
  const hot = examination ? codeOf(examination, { from, to, tolerance, growth }) : NOTHING
  return {
    ...{ slowdown, from, to, counts, tolerance, source: counters.source },
    ...(isTimed(measured) ? {} : { untimed: true }),
    ...(measured.metric === 'cpu-time' ? { processorTime: true } : {}),
    ...(growth === undefined ? {} : { growth }),
    explained: growth === undefined || slowdown <= 1 ? 0 : Math.max(0, growth / (slowdown - 1)),
    ...hot,
    sameWork: hot.sameWork && (growth === undefined || Math.abs(growth) <= tolerance),
    ...rates(counts, { from, to }),
    ...(examination ? { examination, runtime: runtimeWork(examination, { from, to }, slowdown) } : {}),
    ...(counters.iterations ? { iterations: counters.iterations } : {}),
  }
}

/**
 * The same evidence when base was built again: where the code of a function differs between two builds of one commit, that it differs
 * between the sides shows nothing, unless the diff names its lines.
 */
export function withRebuilt(evidence: Evidence, rebuilt: Rebuilt): Evidence {
  const unstable = new Set(rebuilt.functions)
  return {
    ...evidence,
    rebuilt,
    changed: evidence.changed.map(code =>
      unstable.has(code.name) && (code.touched !== 'yes' || isBuiltOtherwise(code))
        ? { ...code, touched: 'unknown', through: [] }
        : code,
    ),
  }
}

/** Whether only sources that the build made say that a function's source changed: a build that draws them anew changes them too. */
export function isBuiltOtherwise({ through = [] }: ChangedCode): boolean {
  return through.length > 0 && through.every(way => way.startsWith(BUILDS_ANOTHER))
}

const isTimed = ({ metric = 'time' }: MeasuredChange): boolean => metric === 'time' || metric === 'cpu-time'

function growthOf(
  counts: PerSide<Counts>,
  examination: Examination | undefined,
  { from, to }: Direction,
): number | undefined {
  const [before, after] = [counts[from].instructions, counts[to].instructions]
  if (before !== undefined && after !== undefined && before > 0) return after / before - 1
  if (!examination?.exact || examination.totals[from] === 0) return undefined
  return examination.totals[to] / examination.totals[from] - 1
}

/** Misses per thousand instructions on both sides, for the events that were counted on both. */
function rates(
  counts: PerSide<Counts>,
  { from, to }: Direction,
): Pick<Evidence, 'icache' | 'dcache' | 'secondLevel' | 'branches'> {
  const rate = (event: keyof Counts): Rate | undefined => {
    const perThousand = (side: Side): number | undefined => {
      const { [event]: misses, instructions } = counts[side]
      return misses === undefined || !instructions ? undefined : (misses / instructions) * 1000
    }
    const [before, after] = [perThousand(from), perThousand(to)]
    return before === undefined || after === undefined ? undefined : { from: before, to: after }
  }
  const [icache, dcache] = [rate('icacheMisses'), rate('dcacheMisses')]
  const [secondLevel, branches] = [rate('secondLevelMisses'), rate('branchMisses')]
  return {
    ...(icache ? { icache } : {}),
    ...(dcache ? { dcache } : {}),
    ...(secondLevel ? { secondLevel } : {}),
    ...(branches ? { branches } : {}),
  }
}
