import type { BenchmarkReport } from '../model/report.ts'
import type { PerSide } from '../model/side.ts'
import { type Part, ROUND_PARTS } from './schedule.ts'

/** The values of one round: both sides, and base's second copy, in the order in which they were taken. */
export type Round = Readonly<Record<Part, readonly number[]>>

/** How many runs of a part a round has. */
export function runsPerRound(part: Part): number {
  return ROUND_PARTS.filter(each => each === part).length
}

/** The rounds that a report's series of samples are made of; undefined where they are not whole rounds. */
export function roundsIn(
  row: Pick<BenchmarkReport, 'base' | 'head' | 'control'>,
): readonly Round[] | undefined {
  const [base, head, control] = [row.base?.samples, row.head?.samples, row.control?.samples]
  if (!base || !head || !control || control.length === 0) return undefined
  const taken = { base, head, control }
  const count = control.length / runsPerRound('control')
  if (!PARTS.every(part => taken[part].length === count * runsPerRound(part))) return undefined
  const ofRound = (part: Part, at: number) =>
    taken[part].slice(at * runsPerRound(part), (at + 1) * runsPerRound(part))
  return Array.from({ length: count }, (_, at) => ({
    base: ofRound('base', at),
    head: ofRound('head', at),
    control: ofRound('control', at),
  }))
}

/** The steps in which the values of a report's row move; empty where they do not. */
export function stepsIn({ base, head }: Pick<BenchmarkReport, 'base' | 'head'>): {
  readonly steps?: PerSide<number>
  readonly digits?: PerSide<number>
} {
  const steps = { base: base?.step ?? 0, head: head?.step ?? 0 }
  if (steps.base === 0 && steps.head === 0) return {}
  const digits = { base: base?.digit ?? steps.base, head: head?.digit ?? steps.head }
  return { steps, ...((base?.digit ?? head?.digit) !== undefined && { digits }) }
}

const PARTS: readonly Part[] = ['base', 'head', 'control']
