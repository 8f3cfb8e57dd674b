import type { BenchmarkReport } from '../../core/model/report.ts'
import { afterRelease } from '../../core/tuning/scheduling.ts'
import { wholeSimulated } from '../../report/limitations/simulation.ts'
import type { GateContext } from '../run/gate-context.ts'
import { type Counting, countOne } from './count-all.ts'
import type { Counted } from './request.ts'

/** Callgrind with its caches takes up to a hundred times as long as the program (valgrind.org, "Callgrind"); both sides, twice. */
const SIMULATION_FACTOR = 100
const RUNS = 2

/** Counts a benchmark itself; returns nothing where that was no smaller workload, takes more time than is left, or fails. */
export type WholeCounter = (row: BenchmarkReport) => Promise<Counted | undefined>

/**
 * For benchmarks whose smaller workload does not settle the cause: a table that gets slow when it is large does so in a
 * large run only. All of them together may take as long as measuring was allowed to take.
 */
export function wholeCounter(context: GateContext, counting: Counting | undefined): WholeCounter {
  const { plan, ports } = context
  let left = plan.settings.budgetSeconds
  return async row => {
    const benchmark = plan.benchmarks.find(planned => planned.plan.name === row.name)?.plan
    if (!counting || benchmark?.countWith === undefined || secondsFor(row) > left) return undefined
    // Where instructions are what is gated, the decision is about the smaller workload, and so is its cause.
    if (benchmark.metric === 'instructions') return undefined
    const { countWith, ...whole } = benchmark
    const released = { ...counting, scheduling: afterRelease(counting.scheduling) }
    const started = ports.clock.now()
    const found = await countOne(context, released, { benchmark: whole, seconds: left, thorough: true })
    left -= ports.clock.now() - started
    if (!found.profiles) return undefined
    ports.log.line(`${row.name}: ${found.counters.summary} (by the whole benchmark)`)
    return { ...found, limitations: [...found.limitations, wholeSimulated(row.name)] }
  }
}

/** How long simulating the whole benchmark may take; for ever where nobody knows how long it runs. */
function secondsFor({ counters }: BenchmarkReport): number {
  const [base, head] = [counters?.base.taskClockSeconds, counters?.head.taskClockSeconds]
  if (counters?.source !== 'simulated' || base === undefined || head === undefined)
    return Number.POSITIVE_INFINITY
  return Math.max(base, head) * SIMULATION_FACTOR * RUNS
}
