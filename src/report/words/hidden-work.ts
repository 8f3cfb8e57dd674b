import { hiddenWork, ratioInTime } from '../../core/decision/masked.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatChange } from '../text/format.ts'

/** What a row hides that is not slower as built and executes more; undefined for any other. */
export function hiddenWorkSentence(benchmark: BenchmarkReport): string | undefined {
  const { name, trials, decision } = benchmark
  const work = hiddenWork(benchmark)
  if (work === undefined) return undefined
  const built = formatChange(ratioInTime(benchmark))
  const layout = trials?.layout
  if (decision === 'masked' && layout) {
    return `${quoted(name)} executes more (${formatChange(work)} instructions), hidden by a luckier layout: ${built} as built, ${formatChange(layout.ratio)} over ${layout.layouts} layouts.`
  }
  const tried = layout
    ? ` Over ${layout.layouts} layouts it is ${formatChange(layout.ratio)}, which does not show it.`
    : ' Other layouts were not tried, so this answer holds for this layout only.'
  return `${quoted(name)} executes more (${formatChange(work)} instructions), and as built it is not slower (${built}): its code placement may hide the work.${tried}`
}
