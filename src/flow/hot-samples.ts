import type { PerfScript } from '../core/counters/perf-script.ts'
import type { Profile } from '../core/counters/profile.ts'
import {
  ENOUGH_SAMPLES,
  profileOfSamples,
  type SampleProfile,
  samplingPlan,
} from '../core/counters/sample-profile.ts'
import type { Limitation, PerSide, Side } from '../core/model.ts'
import { SIDES } from '../core/model.ts'
import { segmentsReader } from '../shell/elf-segments.ts'
import { perfRecord } from '../shell/perf.ts'
import { failureOf } from '../shell/workload.ts'
import type { World } from '../shell/world.ts'
import { type CountJob, orderOf, secondsLeft, workloadOf } from './count-request.ts'

export interface HotSamples {
  readonly profiles?: PerSide<Profile>
  readonly limitations: readonly Limitation[]
}

/** Samples where both sides spend their time, in as many runs as it takes for enough samples. */
export async function sampleHot(
  job: CountJob,
  world: Pick<World, 'sandbox' | 'clock'>,
  runSeconds: number,
): Promise<HotSamples> {
  const event = job.probe.hardware ? 'cycles:u' : 'cpu-clock:u'
  const { hertz, runs } = samplingPlan(runSeconds, job.probe.mostHertz)
  const scripts: PerSide<PerfScript[]> = { base: [], head: [] }
  const recorded = new Set<string>()
  for (let run = 0; run < runs; run++) {
    const started = world.clock.now()
    for (const side of orderOf(run)) {
      const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft(job, world.clock))
      const recording = await perfRecord(
        world.sandbox,
        { perf: job.probe.perf!.path, event, hertz },
        workloadOf(job, side, timeout),
      )
      if (recording.script.samples === 0) return { limitations: [noSamples(side, failureOf(recording))] }
      scripts[side].push(recording.script)
      recorded.add(recording.event)
    }
    if ((world.clock.now() - started) * 1.5 > secondsLeft(job, world.clock)) break
  }
  const segmentsOf = segmentsReader()
  const [base, head] = SIDES.map(side => profileOfSamples(merged(scripts[side]), segmentsOf))
  return {
    profiles: { base: base!.profile, head: head!.profile },
    limitations: limitationsOf({ base: base!, head: head! }, { event, recorded: [...recorded] }),
  }
}
