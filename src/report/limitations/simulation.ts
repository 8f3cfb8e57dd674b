import type { Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'

/** What the report says of a simulation that failed or shows less than the benchmark. */

const NOTHING = 'Nothing is simulated for this benchmark'
const SMALLER = `${NOTHING}. Give it a smaller workload with count-with.`

/** valgrind is not there. */
export const noValgrind: Limitation = {
  what: 'valgrind is not installed, or does not run.',
  instead: 'Nothing is simulated; install valgrind to have instructions and cache misses.',
}

/** The program has an instruction that valgrind does not know, by its first bytes. */
export function unknownInstruction(bytes: string, side: Side, version: string): Limitation {
  // 0x62 opens the EVEX prefix: AVX-512 (and AVX10).
  const avx512 = /^0x62\b/i.test(bytes)
  const kind = avx512 ? 'an AVX-512 instruction' : `an instruction it does not know (${bytes})`
  const remedy = avx512
    ? 'build without -march=native or -mavx512*, for example with -march=x86-64-v3, to have it simulated.'
    : 'build for a plainer processor to have it simulated.'
  return {
    what: `valgrind ${version} met ${kind} on ${side} and cannot go on.`,
    instead: `${NOTHING}; ${remedy}`,
  }
}

/** valgrind gives up on the debug information of the program, which it reads whether or not that is asked for. */
export const unreadDebugInformation = (side: Side, version: string): Limitation => ({
  what: `valgrind ${version} cannot read the debug information of the program on ${side}.`,
  instead: `${NOTHING}; install a newer valgrind (3.20 reads what clang 14 and later write), or build with -gdwarf-4.`,
})

/** The simulation took too long. */
export const simulationTimedOut = (seconds: number, side: Side): Limitation => ({
  what: `The simulation, 30 to 50 times slower than the machine, did not finish in ${Math.round(seconds)} s on ${side}.`,
  instead: SMALLER,
})

/** The benchmark fails under valgrind; the failure continues "the benchmark …". */
export const failedUnderValgrind = (failure: string, side: Side, version: string): Limitation => ({
  what: `The benchmark ${failure} under valgrind ${version} on ${side}.`,
  instead: `${NOTHING}.`,
})

/** No process left a whole profile. */
export const noProfile = (side: Side): Limitation => ({
  what: `valgrind left no whole profile on ${side}.`,
  instead: `${NOTHING}.`,
})

/** The processes of the benchmark left more profiles than can be read. */
export const tooManyProfiles = (side: Side): Limitation => ({
  what: `The simulation left more than can be read on ${side}: over 16,384 files or 2 GiB.`,
  instead: SMALLER,
})

/** Some processes left no whole profile. */
export const tornProfiles = (torn: number, all: number, side: Side): Limitation => ({
  what: `${torn} of ${all} processes left no whole profile on ${side}.`,
  instead: 'What they had written is counted.',
})

/** There was no time for a second simulation. */
export const notRepeated: Limitation = {
  what: 'The simulation ran only once: there was no time to repeat it.',
  instead:
    'How far the program differs from run to run is not known; give a smaller workload with count-with.',
}

/** A smaller workload was simulated. */
export const smallerWorkload: Limitation = {
  what: 'The simulation ran the smaller workload of count-with.',
  instead:
    'Instructions and misses are those of that workload; page faults and context switches those of the benchmark itself.',
}

/** A smaller workload left the cause open. */
export const wholeSimulated = (benchmark: string): Limitation => ({
  what: `The smaller workload of count-with did not settle the cause for ${benchmark}.`,
  instead: 'The benchmark itself was simulated, which takes longer.',
})
