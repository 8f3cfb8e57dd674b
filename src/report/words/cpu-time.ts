import { lostToWaiting } from '../../core/decision/cpu-time.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { formatChange, formatInterval } from '../text/format.ts'

/** What CPU time cannot show; it belongs to every sentence about it. */
const BLIND = 'CPU time does not see waiting, locks, I/O or lost parallelism.'

const SHOWS = {
  slower: 'head needs more than the threshold allows',
  faster: 'head needs less, by more than the threshold',
  unchanged: 'head needs neither more nor less than the threshold allows',
  undecided: 'that is open too',
} as const

/** What the CPU time of the same runs shows, where wall time does not say it; empty otherwise. */
export function cpuTimeSentences(benchmark: BenchmarkReport): readonly string[] {
  const { decision, cpuTime } = benchmark
  if (!cpuTime) return []
  const { change, busyCpus, shows } = cpuTime
  const lost = lostToWaiting(decision, cpuTime)
  if (lost === 'parallelism')
    return [
      `Head does the same work with less parallelism: its CPU time did not change, but it keeps ${cpus(busyCpus.head)} busy where base keeps ${cpus(busyCpus.base)}.`,
    ]
  if (lost === 'waiting')
    return [
      'The CPU time did not change, so head waits longer: for locks, for I/O, or for other processes of the machine.',
    ]
  if (decision !== 'undecided' || !change) return []
  const interval = formatInterval(change)
  return [`By CPU time ${SHOWS[shows]} (${formatChange(change.ratio)}, ${interval}). ${BLIND}`]
}

function cpus(count: number): string {
  return `${count.toFixed(1)} CPUs`
}
