import type { PerfLine, PerfOutput } from './perf-stat.ts'
import { eventName, isUserOnly } from './pmu.ts'

/** Below this the count was scaled up from part of the run; perf rounds the percentage down. */
const LEAST_PERCENT_RUNNING = 99

/** The line of an event among what perf printed, whatever perf made of its name. */
export const lineOf = (specification: string, { lines }: PerfOutput): PerfLine | undefined =>
  lines.find(({ event }) => eventName(event) === eventName(specification))

/** Why the count of an event in a real run cannot be used, or undefined; a count of zero is an answer there. */
export function faultOfCount(specification: string, output: PerfOutput): string | undefined {
  const line = lineOf(specification, output)
  if (!line) return 'perf left it out'
  if (line.value === 'not-supported') return 'the machine does not support it'
  if (line.value === 'not-counted') return 'it never got a counter'
  if (line.percentRunning < LEAST_PERCENT_RUNNING) {
    return `it shared its counter and ran only ${line.percentRunning} % of the time`
  }
  return undefined
}

/** Why an event probed alone on a busy loop cannot be used, or undefined: there it must also be above zero. */
export function faultOfProbe(specification: string, output: PerfOutput): string | undefined {
  const fault = faultOfCount(specification, output)
  if (fault !== undefined) return fault
  return lineOf(specification, output)!.value === 0 ? 'it counts 0 on a busy loop' : undefined
}

/** A scheduler event that excludes the kernel is 0 whatever happens: perf adds the `:u` by itself where it may not see the kernel. */
export function faultOfSchedulerEvent(specification: string, output: PerfOutput): string | undefined {
  const fault = faultOfCount(specification, output)
  if (fault !== undefined) return fault
  return isUserOnly(lineOf(specification, output)!.event)
    ? 'perf may not look into the kernel here, so that it is always 0'
    : undefined
}

/** The rates between which a real processor's counters run; virtual ones can count nonsense. */
const LEAST_GIGAHERTZ = 0.05
const MOST_GIGAHERTZ = 8

/** Why a count of cycles cannot be one, judged by the task clock; undefined when it can. */
export function faultOfClock(cycles: number, taskClockSeconds: number): string | undefined {
  const gigahertz = cycles / taskClockSeconds / 1e9
  if (gigahertz >= LEAST_GIGAHERTZ && gigahertz <= MOST_GIGAHERTZ) return undefined
  return `it counts ${gigahertz.toPrecision(2)} GHz, which no processor runs at`
}
