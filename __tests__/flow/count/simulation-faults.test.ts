import { expect, test } from '@jest/globals'
import { faultOfSimulation } from '../../../src/flow/count/simulation-faults.ts'
import type { SimulatedRun } from '../../../src/shell/profilers/valgrind.ts'

/** A run that ended with a code, and what valgrind said of it. */
const runOf = (code: number, log: string): SimulatedRun => ({
  job: { seconds: 1, code, signal: null, timedOut: false, stdout: '', stderr: '', truncated: false },
  ...{ code, log, files: [], capped: false },
})

/** What valgrind 3.19 prints of a program that clang 14 built with -g. */
const UNREAD = `### unhandled dwarf2 abbrev form code 0x25
==6901== Valgrind: debuginfo reader: ensure_valid failed:
==6901== Valgrind:   during call to ML_(img_get)
==6901== Valgrind: debuginfo reader: Possibly corrupted debuginfo file.
==6901== Valgrind: I can't recover.  Giving up.  Sorry.
`

test('debug information that valgrind cannot read is told as that, with what to do', () => {
  const { fatal } = faultOfSimulation(runOf(1, UNREAD), 'head', '3.19.0')
  expect(fatal?.what).toBe('valgrind 3.19.0 cannot read the debug information of the program on head.')
  expect(fatal?.instead).toMatch(/-gdwarf-4/)
})

test('a program that fails by itself is told as that', () => {
  const { fatal } = faultOfSimulation(runOf(3, '==1== hello\n'), 'base', '3.19.0')
  expect(fatal?.what).toBe('The benchmark exited with code 3 under valgrind 3.19.0 on base.')
})
