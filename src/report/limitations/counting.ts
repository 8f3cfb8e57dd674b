import type { Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'

/** What the report says of counters that are missing or weak. */

/** perf is not there. */
export const noPerf: Limitation = {
  what: 'perf is not installed, or does not run.',
  instead:
    'Nothing is counted by hardware; install perf for the running kernel (linux-perf, linux-tools-generic).',
}

/** The kernel lets perf count nothing at all. */
export const perfRefused = (paranoid: number | undefined, hasUnit: boolean): Limitation => ({
  what: `perf may not count anything here (kernel.perf_event_paranoid is ${paranoid ?? 'not readable'}).`,
  instead: hasUnit
    ? 'Instructions and cache misses can only be simulated; set kernel.perf_event_paranoid to 2 or give perf CAP_PERFMON, and in a container allow perf_event_open.'
    : 'Instructions and cache misses can only be simulated; opening perf would not change that, because this machine has no PMU.',
})

/** Instructions or cycles cannot be counted by hardware. */
export function noHardwareCounts(missing: readonly string[], hasUnit: boolean): Limitation {
  const why = hasUnit ? `its PMU does not count ${missing.join(' and ')}` : 'it has no PMU'
  return {
    what: `This machine cannot count by hardware: ${why}, as is usual for virtual machines.`,
    instead: 'Instructions and cache misses can only be simulated here, which says nothing of time.',
  }
}

/** Events that a cause could have rested on are missing. */
export const signsNotCounted = (roles: readonly string[]): Limitation => ({
  what: `This machine does not count ${roles.join(', ')}.`,
  instead: 'They are left out of the table on both sides, and a cause cannot rest on them.',
})

/** An event that could not be counted over the benchmark. */
export const eventNotCounted = (event: string, why: string): Limitation => ({
  what: `${event} could not be counted: ${why}.`,
  instead: 'It is left out on both sides.',
})

/** perf counts instructions over a busy loop and none over the benchmark. */
export const noInstructionsCounted: Limitation = {
  what: 'perf counted no instructions over the benchmark, although it did over a busy loop.',
  instead: 'Its counts are not used.',
}

/** The benchmark fails under perf; the failure continues "the benchmark …". */
export const failedUnderPerf = (failure: string, side: Side): Limitation => ({
  what: `The benchmark ${failure} under perf on ${side}.`,
  instead: 'perf counted nothing.',
})

/** The same, as the clause of what it kept from being counted. */
export const endedUnderPerf = (failure: string): string => `the benchmark ${failure}`

/** What perf itself said of an event, where it counted nothing. */
export const perfSaid = (word: 'unknown-event' | 'nothing' | { readonly line: string }): string => {
  if (word === 'unknown-event') return 'perf does not know it here'
  return word === 'nothing' ? 'perf printed nothing' : `perf said: ${word.line}`
}

/** Top-down figures are missing. */
export const noIssueSlots = (side: Side, why: string): Limitation => ({
  what: `Where issue slots went could not be counted on ${side}: ${why}.`,
  instead: 'Top-down figures are left out on both sides.',
})

/** Context switches are missing. */
export const noContextSwitches = (why: 'no-tool' | Side): Limitation => ({
  what: `Context switches were not counted: ${why === 'no-tool' ? 'neither perf nor GNU time can tell them' : `the benchmark did not end well under GNU time on ${why}`}.`,
  instead: 'They are left out on both sides.',
})

/** The size of the instruction cache is a guess. */
export const assumedGeometry = (processor: string | undefined, l1i: string): Limitation => ({
  what: 'The machine does not report its instruction cache.',
  instead: `A simulation takes l1i ${l1i}, as is usual for ${processor ?? 'most processors'}; give the right one with l1i: size,ways,line.`,
})

/** Why totals of two runs of a row compare nothing. */
export type Uncounted =
  /** One row, whose program ends by the clock. */
  | { readonly kind: 'ends-by-the-clock'; readonly benchmark: string }
  /** All rows of a harness that measures for a time. */
  | { readonly kind: 'runs-for-a-time'; readonly harness: string }

/** A row whose totals are no evidence: nothing is counted for it, or only samples of where its time goes are taken. */
export function notCounted(uncounted: Uncounted, { sampled }: { readonly sampled: boolean }): Limitation {
  const rest = sampled ? ': only where its time goes is sampled.' : '.'
  return uncounted.kind === 'ends-by-the-clock'
    ? {
        what: `${uncounted.benchmark} is bounded by time: a run of it ends by the clock and not after a number of operations, so the totals of two runs are of different work.`,
        instead: `Nothing is counted for it${rest} Give a command that does a fixed number of operations, or name one in count-with.`,
      }
    : {
        what: `${uncounted.harness} runs each result here for a time and not for a number of iterations, so the totals of two runs are of different work.`,
        instead: `Nothing is counted for its rows${rest} Give a command with fixed work in count-with to have them counted.`,
      }
}

/** The time ended before everything was counted. */
export const noTimeToCount = (names: readonly string[]): Limitation => ({
  what: `There was no time left to count ${names.length === 1 ? names[0]! : `${names.length} benchmarks`}.`,
  instead: 'The decision rests on time alone; raise budget, or name a smaller workload with count-with.',
})
