import type { HarnessName } from '../model/harness-name.ts'
import type { Output } from './output.ts'
import type { ResultsRead } from './result.ts'

/** A benchmark's command line, and the variables that its runs get in addition to those of the gate. */
export interface Arrangement {
  readonly command: string
  readonly env?: Readonly<Record<string, string>>
}

/** Changes how a benchmark is run; undefined when this command line gives no place for it. */
export type Arrange<Argument = void> = (run: Arrangement, argument: Argument) => Arrangement | undefined

/** What is known of one benchmark harness: how its output is read, and how it is asked for less. */
export interface Harness {
  readonly name: HarnessName
  /** Its own name, for sentences. */
  readonly title: string
  /** Whether each result is measured for about a fixed time, so that two runs differ in how much they execute. */
  readonly boundByTime: boolean
  /** Whether several results of one name in one output are repetitions of one benchmark. */
  readonly repeats?: true
  /** Whether a command line is one of this harness's for sure, so that it need not run to be recognised. */
  readonly ownsCommand?: (command: string) => boolean
  /** Whether an output is one of this harness's and of no other. */
  readonly recognises: (output: Output) => boolean
  readonly read: (output: Output) => ResultsRead
  /** Prints results in a form that is read to the last digit, where the default form is not, and keeps nothing for the next run. */
  readonly print?: Arrange
  /** Measures each result for a short time only, because a gate runs many rounds. */
  readonly short?: Arrange
  /** Runs no other results than these. */
  readonly select?: Arrange<readonly string[]>
  /** Prints the names of its results without measuring them, and reads them. */
  readonly list?: {
    readonly arrange: Arrange
    readonly read: (output: Output) => readonly string[] | undefined
  }
  /** Runs the measured code so many times for each result, for counting. */
  readonly exactly?: Arrange<number>
}
