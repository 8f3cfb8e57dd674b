import type { Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import { failureOf } from '../../shell/profilers/run-under.ts'
import type { SimulatedRun } from '../../shell/profilers/valgrind.ts'

export interface SimulationFault {
  /** Why nothing of the run can be used. */
  readonly fatal?: Limitation
  /** What is to be said of a run that can be used. */
  readonly limitation?: Limitation
}

const NOT_USED = 'Nothing is simulated for this benchmark.'

/** Judges one simulated run: an instruction valgrind does not know, the time limit, a workload that failed, profiles that are not whole. */
export function faultOfSimulation(run: SimulatedRun, side: Side, version: string): SimulationFault {
  const unknown = /unhandled instruction bytes: ((?:0x[0-9A-F]{1,2} ?){1,4})/i.exec(run.log)?.[1]?.trim()
  const failure = failureOf(run)
  if (unknown !== undefined && failure !== undefined)
    return { fatal: unknownInstruction(unknown, side, version) }
  if (run.job.timedOut) {
    return {
      fatal: {
        what: `The simulation, 30 to 50 times slower than the machine, did not finish in ${Math.round(run.job.seconds)} s on ${side}.`,
        instead: `${NOT_USED} Give it a smaller workload with count-with.`,
      },
    }
  }
  if (failure !== undefined) {
    return {
      fatal: { what: `The benchmark ${failure} under valgrind ${version} on ${side}.`, instead: NOT_USED },
    }
  }
  return faultOfProfiles(run, side)
}

/** 0x62 opens the EVEX prefix: AVX-512 (and AVX10). */
function unknownInstruction(bytes: string, side: Side, version: string): Limitation {
  const avx512 = /^0x62\b/i.test(bytes)
  const kind = avx512 ? 'an AVX-512 instruction' : `an instruction it does not know (${bytes})`
  const remedy = avx512
    ? 'build without -march=native or -mavx512*, for example with -march=x86-64-v3, to have it simulated.'
    : 'build for a plainer processor to have it simulated.'
  return {
    what: `valgrind ${version} met ${kind} on ${side} and cannot go on.`,
    instead: `${NOT_USED.slice(0, -1)}; ${remedy}`,
  }
}

function faultOfProfiles({ files, capped }: SimulatedRun, side: Side): SimulationFault {
  const whole = files.filter(({ complete, usable }) => complete && usable)
  if (whole.length === 0) {
    return { fatal: { what: `valgrind left no whole profile on ${side}.`, instead: NOT_USED } }
  }
  if (capped) {
    return {
      fatal: {
        what: `The simulation left more than can be read on ${side}: over 16,384 files or 2 GiB.`,
        instead: `${NOT_USED} Give it a smaller workload with count-with.`,
      },
    }
  }
  if (whole.length === files.length) return {}
  return {
    limitation: {
      what: `${files.length - whole.length} of ${files.length} processes left no whole profile on ${side}.`,
      instead: 'What they had written is counted.',
    },
  }
}
