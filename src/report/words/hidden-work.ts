import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatChange } from '../text/format.ts'

/**
 * A row that is not slower though it executes more than its threshold allows: its layout may hide the work, and that luck ends with the
 * next change. Only for rows timed around the whole run, since totals of a run that is bounded by time are no evidence.
 */
export function hiddenWorkSentence(benchmark: BenchmarkReport): string | undefined {
  const { name, decision, change, counters, cpuTime, threshold, trials } = benchmark
  if ((decision !== 'faster' && decision !== 'unchanged') || !cpuTime || !change) return undefined
  const [base, head] = [counters?.base?.instructions, counters?.head?.instructions]
  if (base === undefined || head === undefined || !(head > base * (1 + threshold))) return undefined
  const more = formatChange(head / base)
  const tried = trials?.layout
    ? ''
    : ' Other layouts were not tried, so this answer holds for this layout only.'
  return `${quoted(name)} executes more (${more} instructions), and as built it is not slower (${formatChange(change.ratio)}): where its code lies may hide the work.${tried}`
}
