import type { CpuTimeReport } from '../model/report.ts'
import { median } from '../statistics/median.ts'
import type { Round } from './rounds.ts'
import { type JudgedEffect, summarizeRounds } from './rounds-summary.ts'

/** So many CPUs kept busy on average are more than one thread's worth. */
const SEVERAL = 1.2
/** From this many fewer busy CPUs than base on, head has lost parallelism. */
const LOST = 0.9

/**
 * What the CPU time of the same runs says, judged like their wall time against the same threshold, but for this row alone: it informs and
 * decides nothing. Undefined where a run's CPU time is not known.
 */
export function cpuTimeOf(
  wall: readonly Round[],
  cpu: readonly Round[],
  { threshold, lostRounds }: Pick<JudgedEffect, 'threshold' | 'lostRounds'>,
  alpha: number,
): CpuTimeReport | undefined {
  if (cpu.length === 0 || cpu.length !== wall.length) return undefined
  const { evidence, change } = summarizeRounds(cpu, { threshold, better: 'lower', lostRounds }, alpha)
  const level = -Math.log(alpha)
  const shows =
    evidence.slower >= level
      ? 'slower'
      : evidence.faster >= level
        ? 'faster'
        : evidence.notSlower >= level && evidence.notFaster >= level
          ? 'unchanged'
          : 'undecided'
  const of = (rounds: readonly Round[], side: 'base' | 'head') => median(rounds.flatMap(round => round[side]))
  const busy = (side: 'base' | 'head') => of(cpu, side) / of(wall, side)
  return {
    base: of(cpu, 'base'),
    head: of(cpu, 'head'),
    busyCpus: { base: busy('base'), head: busy('head') },
    ...(change && { change }),
    shows,
  }
}

/** Whether a slowdown in wall time is none in CPU time, and what that means: fewer CPUs at once, or more waiting. */
export function lostToWaiting(
  decision: string,
  cpuTime: CpuTimeReport | undefined,
): 'parallelism' | 'waiting' | undefined {
  if (decision !== 'slower' || cpuTime?.shows !== 'unchanged') return undefined
  const { base, head } = cpuTime.busyCpus
  return base >= SEVERAL && head < LOST * base ? 'parallelism' : 'waiting'
}

/** Whether a first run on all CPUs used more than one that it will be measured on. */
export function usesSeveralCpus({
  seconds,
  cpuSeconds,
}: {
  readonly seconds: number
  readonly cpuSeconds?: number
}): boolean {
  return cpuSeconds !== undefined && seconds > 0 && cpuSeconds / seconds >= SEVERAL
}
