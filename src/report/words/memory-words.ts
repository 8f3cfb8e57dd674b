import type { Counts } from '../../core/model/counters.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'

const MISSES_ROSE = 1.05
const FAULTS_ROSE = 1.5

/** What a cause of kind `memory` is named after: misses of the data cache, or page faults where only these are more on the slower side. */
export function memoryEvent(benchmark: Pick<BenchmarkReport, 'counters' | 'decision'>): 'misses' | 'faults' {
  const rose = (field: keyof Counts, least: number) => rise(benchmark, field) >= least
  const missed = rose('dcacheMisses', MISSES_ROSE) || rose('secondLevelMisses', MISSES_ROSE)
  return !missed && rose('pageFaults', FAULTS_ROSE) ? 'faults' : 'misses'
}

/** Towards the slower side; 1 where it was not counted. */
function rise({ counters, decision }: Pick<BenchmarkReport, 'counters' | 'decision'>, field: keyof Counts) {
  const [base, head] = [counters?.base[field], counters?.head[field]]
  if (base === undefined || head === undefined) return 1
  return decision === 'faster' ? base / head : head / base
}
