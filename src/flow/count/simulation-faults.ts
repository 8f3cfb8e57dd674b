import type { Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import {
  failedUnderValgrind,
  noProfile,
  simulationTimedOut,
  tooManyProfiles,
  tornProfiles,
  unknownInstruction,
  unreadDebugInformation,
} from '../../report/limitations/simulation.ts'
import { failureOf } from '../../shell/profilers/run-under.ts'
import type { SimulatedRun } from '../../shell/profilers/valgrind.ts'

export interface SimulationFault {
  /** Why nothing of the run can be used. */
  readonly fatal?: Limitation
  /** Limitations of a run that can be used. */
  readonly limitation?: Limitation
}

/** Judges one simulated run: an instruction valgrind does not know, the time limit, a workload that failed, profiles that are not whole. */
export function faultOfSimulation(run: SimulatedRun, side: Side, version: string): SimulationFault {
  const unknown = /unhandled instruction bytes: ((?:0x[0-9A-F]{1,2} ?){1,4})/i.exec(run.log)?.[1]?.trim()
  const failure = failureOf(run)
  if (unknown !== undefined && failure !== undefined)
    return { fatal: unknownInstruction(unknown, side, version) }
  if (failure !== undefined && /debuginfo reader: .{0,80}failed|corrupted debuginfo file/.test(run.log))
    return { fatal: unreadDebugInformation(side, version) }
  if (run.job.timedOut) return { fatal: simulationTimedOut(run.job.seconds, side) }
  if (failure !== undefined) return { fatal: failedUnderValgrind(failure, side, version) }
  return faultOfProfiles(run, side)
}

function faultOfProfiles({ files, capped }: SimulatedRun, side: Side): SimulationFault {
  const whole = files.filter(({ complete, usable }) => complete && usable)
  if (whole.length === 0) return { fatal: noProfile(side) }
  if (capped) return { fatal: tooManyProfiles(side) }
  if (whole.length === files.length) return {}
  return { limitation: tornProfiles(files.length - whole.length, files.length, side) }
}
