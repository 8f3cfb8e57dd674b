import type { Settings } from '../../core/config/settings.ts'
import type { KnobReport, Limitation } from '../../core/model/report.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { holdLimitation } from '../../report/limitations/tuning.ts'
import type { Hold, MachinePort } from '../../shell/ports/ports.ts'

/** What was done while the machine was held, and what became of its settings. */
export interface TunedRun<T> {
  readonly value: T
  readonly knobs: readonly KnobReport[]
  readonly limitations: readonly Limitation[]
  readonly scheduling: Scheduling
}

/** Where nothing is to be measured, nothing is waited for, tuned or held. */
export async function unheld<T>(work: (hold: Hold) => Promise<T>): Promise<TunedRun<T>> {
  const hold: Hold = { knobs: [], gaps: [], scheduling: {}, release: async () => [] }
  return { value: await work(hold), knobs: [], limitations: [], scheduling: {} }
}

/** Holds the machine quiet for as long as the work takes, and puts it back whatever the work comes to. */
export async function withTunedMachine<T>(
  { tune, cpus }: Pick<Settings, 'tune' | 'cpus'>,
  machine: MachinePort,
  work: (hold: Hold) => Promise<T>,
): Promise<TunedRun<T>> {
  const hold = await machine.hold(tune, cpus)
  let knobs: readonly KnobReport[] = hold.knobs
  try {
    const value = await work(hold)
    knobs = await hold.release()
    return { value, knobs, limitations: hold.gaps.map(holdLimitation), scheduling: hold.scheduling }
  } catch (error) {
    await hold.release()
    throw error
  }
}
