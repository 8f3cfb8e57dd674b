import type { Counts } from '../../core/model/counters.ts'
import type { Limitation } from '../../core/model/report.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import { median } from '../../core/statistics/median.ts'
import { noContextSwitches } from '../../report/limitations/counting.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { resourceUse } from '../../shell/profilers/perf.ts'
import { type CountJob, mayRepeat, orderOf, secondsLeft, workloadOf } from './request.ts'

type Resources = Pick<Counts, 'contextSwitches' | 'pageFaults'>

export interface ResourceCounts {
  readonly counts: PerSide<Resources>
  readonly limitations: readonly Limitation[]
}

const REPEATS = 3

/** Context switches and page faults as the kernel accounts them to the process, by GNU time: for where perf may not see the scheduler. */
export async function countResources(
  job: CountJob,
  ports: Pick<Ports, 'sandbox' | 'clock'>,
): Promise<ResourceCounts> {
  const time = job.probe.time
  if (time === undefined) return none('no-tool')
  const uses: PerSide<{ contextSwitches: number; pageFaults: number }[]> = { base: [], head: [] }
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const started = ports.clock.now()
    for (const side of orderOf(repeat)) {
      const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft(job, ports.clock))
      const use = await resourceUse(ports.sandbox, time, workloadOf(job, side, timeout))
      if (use?.exitCode !== 0) return none(side)
      uses[side].push(use)
    }
    if (!mayRepeat(job, ports.clock, ports.clock.now() - started)) break
  }
  const medians = (side: Side): Resources => ({
    contextSwitches: median(uses[side].map(({ contextSwitches }) => contextSwitches)),
    pageFaults: median(uses[side].map(({ pageFaults }) => pageFaults)),
  })
  const [base, head] = SIDES.map(medians)
  return { counts: { base: base!, head: head! }, limitations: [] }
}

const none = (why: 'no-tool' | Side): ResourceCounts => ({
  counts: { base: {}, head: {} },
  limitations: [noContextSwitches(why)],
})
