import type { ValueFormat } from '../model/plan.ts'

/** CPU seconds below this say nothing of how a run is bounded: too little next to what starting valgrind takes. */
const LEAST_SECONDS = 0.04
/** CPU seconds that valgrind takes to start, at most. */
const START_SECONDS = 1
/**
 * A program under callgrind with caches needs 20 to 100 times its CPU time (valgrind.org, "Callgrind: a call-graph generating cache and branch prediction profiler"). One that looks at
 * the clock to know when to end needs about the same, and does less work in it.
 */
const LEAST_SLOWDOWN = 4

/** Whether a program ran for a time and not for a number of iterations: under a simulation it used hardly more CPU time than without one. */
export function endedByTheClock(nativeCpuSeconds: number, simulatedCpuSeconds: number): boolean {
  return (
    nativeCpuSeconds >= LEAST_SECONDS &&
    simulatedCpuSeconds < START_SECONDS + LEAST_SLOWDOWN * nativeCpuSeconds
  )
}

/** A part of the change in its value by which CPU time must change too, if the value is of what a run does. */
const FOLLOWED = 0.25
/** A smaller change than this is too near to noise. */
const LEAST_CHANGE = 1.05

/** Whether the value of a run changed and its CPU time did not: each run took its time whatever it did in it. */
export function sameTimeOtherValue(valueRatio: number, cpuTimeRatio: number): boolean {
  const [value, time] = [Math.abs(Math.log(valueRatio)), Math.abs(Math.log(cpuTimeRatio))]
  return value >= Math.log(LEAST_CHANGE) && time < FOLLOWED * value
}

/** Whether a format reads what a program says of itself, which may be of a part of its run only or of a rate; a wall time is of the whole run. */
export function saysItsValue({ kind }: ValueFormat): boolean {
  return kind !== 'wall'
}
