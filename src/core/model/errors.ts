import type { SourceError } from '../text/compiler-error.ts'
import type { Side } from './side.ts'

/** The user's mistake: every fault of one reading, a sentence each. Shown without a stack; exit code 2. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** What a failed command leaves behind: what it was for, how it ended, and its last lines. */
export interface CommandFailure {
  readonly what: string
  readonly command: string
  readonly side?: Side
  /** For example `exited with code 2`, `was killed by SIGSEGV`, `ran longer than 600 s`. */
  readonly ended: string
  readonly lastLines: readonly string[]
  /** Where a compiler found its first error. */
  readonly error?: SourceError
  /** What may well be the reason, and what to do, as sentences. */
  readonly hint?: string
}

/** A command that failed; the message is one line, the rest is in `failure`. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly failure: CommandFailure
  constructor(failure: CommandFailure) {
    const hint = failure.hint === undefined ? '' : `. ${failure.hint.replace(/\.$/, '')}`
    super(`${failure.what} ${failure.ended}: ${failure.command}${hint}`)
    this.failure = failure
  }
}

/**
 * What ended a run though nobody called it wrongly and no command failed: told in the report as an error, never as a pass. It is no side's, because
 * what is done about a base that does not build must not excuse a file of base's that head has changed.
 */
export class RunFault extends Error {
  override readonly name = 'RunFault'
}
