import { lostToWaiting } from '../../core/decision/cpu-time.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { formatShare } from '../text/format.ts'
import { infersSource, isSourceUnknown, isUnreproducible } from './finding.ts'

/** What a breach or a speed-up means for whoever reviews the change: one sentence or two, in plain text. */
export function meaningOf(benchmark: BenchmarkReport): string {
  if (benchmark.decision === 'masked') return MASKED
  if (lostToWaiting(benchmark.decision, benchmark.cpuTime) === 'parallelism') return LESS_PARALLEL
  return benchmark.decision === 'faster' ? faster(benchmark) : slower(benchmark)
}

const LESS_PARALLEL =
  'The change does the same work on fewer CPUs at once: threads wait for each other, or there are fewer of them. The slowdown comes with this change.'
const MASKED =
  'The additional work comes with this change. As built a luckier layout hides it, and the next commit that moves this code may take that luck away.'

function slower({ cause }: BenchmarkReport): string {
  switch (cause?.kind) {
    case 'placement':
      return cause.confidence === 'shown'
        ? "This commit's code is not the cause. Merging it keeps the slowdown until the layout changes again, which any later commit may do."
        : "This commit's code is probably not the cause, but that was not proven by rebuilding in other layouts. If it is placement, merging keeps the slowdown until the layout changes again."
    case 'work':
      return 'The slowdown is the change itself: it would be there in every layout, and stays until the code is made faster.'
    case 'codegen':
      if (infersSource(cause))
        return 'The compiler now optimises the program differently, and the slowdown comes with this change and stays with it. Build both with -g1 to learn whether the source of the slow code changed, too.'
      return 'The source of the slow code was not touched, but the compiler now optimises it differently (inlining or another optimisation). The slowdown comes with this change and stays with it.'
    case 'memory':
      return 'The change uses memory differently, or moves data. The slowdown comes with this change.'
    case 'branches':
      return 'The change makes branches harder to predict. The slowdown comes with this change.'
    case 'mixed':
      return `${part(cause.placementShare)} of the slowdown is placement, which comes and goes with the layout; the rest is the change itself and stays.`
    case 'unexplained':
      if (isUnreproducible(cause))
        return 'The slowdown is measured and real, but two builds of one commit differ as much in the hot code: it may come from building again and not from this change. Make the build reproducible, then measure again.'
      if (isSourceUnknown(cause))
        return 'The slowdown is real work: other machine code executes more instructions, and it would be slower in every layout. Build both with -g1 to learn whether the source or the compiler made it.'
      return 'The slowdown is measured and real, but no cause that Perf Verdict looks for was shown. Treat it as caused by the change until something else is found.'
    case undefined:
      return 'The slowdown is measured; the gate did not look for its cause.'
  }
}

function part(share: number | undefined): string {
  return share === undefined ? 'A part' : `About ${formatShare(Math.round(share * 20) / 20)}`
}

function faster({ cause }: BenchmarkReport): string {
  if (cause?.kind === 'placement') {
    const probably = cause.confidence === 'likely' ? 'is probably' : 'is'
    return `The same code runs, only better placed: this ${probably} luck, and the next commit may take it back.`
  }
  if (cause?.kind === 'mixed')
    return 'A part of the speed-up is luck of the layout, and the next commit may take that part back.'
  return 'The speed-up comes with this change.'
}
