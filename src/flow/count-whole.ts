import type { BenchmarkReport } from '../core/model.ts'
import { type Counting, countOne } from './count-all.ts'
import { type Counted, secondsLeft } from './count-request.ts'
import type { Findings } from './findings.ts'

/** Callgrind with its caches takes up to a hundred times as long as the program (valgrind.org, "Callgrind"); both sides, twice. */
const SIMULATION_FACTOR = 100
const RUNS = 2

/**
 * Simulates the benchmark itself where its smaller workload showed no cause: a table that gets slow when it is large does so
 * in a large run only. Yields nothing where that was no smaller workload, takes more time than is left, or fails.
 */
export async function countWhole(
  findings: Findings,
  row: BenchmarkReport,
  counting: Counting | undefined,
): Promise<Counted | undefined> {
  const { plan, world } = findings
  const benchmark = plan.benchmarks.find(planned => planned.plan.name === row.name)?.plan
  if (!counting || benchmark?.countWith === undefined || row.counters?.source !== 'simulated')
    return undefined
  const left = secondsLeft(counting, world.clock)
  const busy = Math.max(
    row.counters.base.taskClockSeconds ?? Number.POSITIVE_INFINITY,
    row.counters.head.taskClockSeconds ?? Number.POSITIVE_INFINITY,
  )
  if (busy * SIMULATION_FACTOR * RUNS > left) return undefined
  const { countWith, ...whole } = benchmark
  const found = await countOne(findings, counting, {
    benchmark: whole,
    seconds: left,
    thorough: true,
  })
  if (!found.profiles) return undefined
  world.log.line(`${row.name}: ${found.counters.summary} (by the whole benchmark)`)
  const what = `The smaller workload of count-with showed no cause for ${row.name}.`
  const instead = 'The benchmark itself was simulated, which takes longer.'
  return { ...found, limitations: [...found.limitations, { what, instead }] }
}
