import { type Family, tableLevel } from './decision/decide.ts'
import { fewestRounds } from './statistics/betting.ts'

/** How many rounds a slowdown that shows in every one of them needs before it can fail the gate. */
export function roundsToFail(family: Family): number {
  return fewestRounds(tableLevel(family))
}

/** What is wrong with a plan under which no slowdown, however large, could ever fail the gate; a sentence, or none. */
export function reachFaults(family: Family, maxRounds: number): readonly string[] {
  const needed = roundsToFail(family)
  if (family.rows === 0 || maxRounds >= needed) return []
  const table = family.rows === 1 ? '1 benchmark' : `${family.rows} benchmarks`
  return [
    `With at most ${maxRounds} rounds, ${table} and an error rate of ${family.alpha}, no slowdown could ever fail the gate; allow at least ${needed} rounds.`,
  ]
}
