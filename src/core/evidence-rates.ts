import type { Direction, Evidence, Rate } from './evidence/evidence.ts'
import type { Counts } from './model/counters.ts'
import type { PerSide, Side } from './model/side.ts'

/** Misses per thousand instructions on both sides, for the events that were counted on both. */
export function rates(
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
