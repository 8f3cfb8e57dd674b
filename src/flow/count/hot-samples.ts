import type { PerfScript } from '../../core/counters/perf-script.ts'
import type { CounterProbe } from '../../core/counters/probe.ts'
import type { Profile } from '../../core/counters/profile.ts'
import {
  ENOUGH_SAMPLES,
  MOST_RECORDINGS,
  profileOfSamples,
  type SampleProfile,
  samplingHertz,
} from '../../core/counters/sample-profile.ts'
import type { Limitation } from '../../core/model/report.ts'
import { type PerSide, SIDES } from '../../core/model/side.ts'
import { fewSamples, noSamples, otherEvent, unreadFiles } from '../../report/limitations/sampling.ts'
import { segmentsReader } from '../../shell/files/elf-file.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { perfRecord } from '../../shell/profilers/perf.ts'
import { failureOf } from '../../shell/profilers/run-under.ts'
import { type CountJob, type CountRequest, orderOf, secondsLeft, workloadOf } from './request.ts'

/** What sampling needs of a job of counting. */
export interface SamplingJob extends Pick<CountJob, 'deadline' | 'works'> {
  readonly request: Pick<CountRequest, 'plan' | 'trees' | 'env' | 'scheduling'>
  readonly probe: Pick<CounterProbe, 'perf' | 'hardware' | 'mostHertz' | 'branchRecords'>
}

/** How many samples of each side are enough, and in how many runs at most. */
export interface SampleWish {
  readonly samples: number
  readonly recordings: number
}

export interface HotSamples {
  readonly profiles?: PerSide<Profile>
  readonly limitations: readonly Limitation[]
}

/** Enough to rank the hot functions. */
const FOR_A_RANKING: SampleWish = { samples: ENOUGH_SAMPLES, recordings: MOST_RECORDINGS }

/** Samples where both sides spend their time, in as many runs as it takes for enough samples. */
export async function sampleHot(
  job: SamplingJob,
  ports: Pick<Ports, 'sandbox' | 'clock'>,
  runSeconds: number,
  wish = FOR_A_RANKING,
): Promise<HotSamples> {
  const event = job.probe.hardware ? 'cycles:u' : 'cpu-clock:u'
  const hertz = samplingHertz(runSeconds, job.probe.mostHertz)
  const scripts: PerSide<PerfScript[]> = { base: [], head: [] }
  const recorded = new Set<string>()
  for (let turn = 0; turn < wish.recordings; turn++) {
    const started = ports.clock.now()
    for (const side of orderOf(turn)) {
      const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft(job, ports.clock))
      const recording = await perfRecord(
        ports.sandbox,
        { perf: job.probe.perf!.path, event, hertz },
        workloadOf(job, side, timeout),
      )
      if (recording.script.samples === 0) return { limitations: [noSamples(side, failureOf(recording))] }
      scripts[side].push(recording.script)
      recorded.add(recording.event)
    }
    const fewest = Math.min(...SIDES.map(side => samplesOf(scripts[side])))
    const seconds = ports.clock.now() - started
    if (fewest >= wish.samples || seconds * 1.5 > secondsLeft(job, ports.clock)) break
  }
  if (job.probe.branchRecords) {
    for (const side of SIDES) {
      const timeout = Math.min(job.request.plan.timeoutSeconds, secondsLeft(job, ports.clock))
      const { script } = await perfRecord(
        ports.sandbox,
        { perf: job.probe.perf!.path, event, hertz, branches: true },
        workloadOf(job, side, timeout),
      )
      // Only its blocks: what is sampled with branch records is the place of no sample.
      scripts[side].push({ ...NO_SAMPLES, blocks: script.blocks })
    }
  }
  const segmentsOf = segmentsReader()
  const [base, head] = SIDES.map(side => profileOfSamples(scripts[side], segmentsOf))
  return {
    profiles: { base: base!.profile, head: head!.profile },
    limitations: limitationsOf({ base: base!, head: head! }, { event, recorded: [...recorded] }),
  }
}

const NO_SAMPLES: PerfScript = {
  ...{ samples: 0, files: new Map(), elsewhere: new Map(), calls: [], blocks: [], unread: 0 },
}

const samplesOf = (scripts: readonly PerfScript[]): number =>
  scripts.reduce((sum, { samples }) => sum + samples, 0)

/** What weakens the samples: too few, another event than asked for, files that could not be read, code outside every file. */
function limitationsOf(
  sides: PerSide<SampleProfile>,
  { event, recorded }: { readonly event: string; readonly recorded: readonly string[] },
): readonly Limitation[] {
  const fewest = Math.min(sides.base.profile.total, sides.head.profile.total)
  const other = recorded.find(name => !name.includes(event.split(':')[0]!))
  const unread = [...new Set([...sides.base.unread, ...sides.head.unread])]
  return [
    ...(fewest < ENOUGH_SAMPLES ? [fewSamples(fewest, ENOUGH_SAMPLES)] : []),
    ...(other === undefined ? [] : [otherEvent(event, other)]),
    ...(unread.length > 0 ? [unreadFiles(unread)] : []),
  ]
}
