import { InputError } from '../core/model/errors.ts'
import type { LogPort } from '../shell/ports/ports.ts'
import { openTerminal, type Verbosity } from '../shell/runner/terminal.ts'

/** How a command of the terminal speaks, apart from what it does. */
export interface TerminalModes {
  readonly verbosity: Verbosity
  /** The result as JSON on standard output, and no text. */
  readonly json: boolean
  /** Check everything, print the plan, and measure nothing. */
  readonly dryRun: boolean
  readonly log: LogPort
  /** The options that are left, for the gate. */
  readonly rest: Readonly<Record<string, string>>
}

/** Parts the options that say how a command speaks from those that say what it does. */
export function readModes(options: Readonly<Record<string, string>>): TerminalModes {
  const { quiet: _, verbose: __, json: ___, 'dry-run': ____, ...rest } = options
  const isSet = (name: string) => name in options
  if (isSet('quiet') && isSet('verbose'))
    throw new InputError(['--quiet and --verbose contradict each other; give one of them.'])
  const verbosity = isSet('quiet') ? 'quiet' : isSet('verbose') ? 'verbose' : 'normal'
  const log = openTerminal(verbosity)
  return { verbosity, json: isSet('json'), dryRun: isSet('dry-run'), log, rest }
}

/** Columns for the report: those of the terminal that it goes to, within what can be read. */
export function reportWidth(): number | undefined {
  return process.stdout.isTTY ? Math.min(Math.max(process.stdout.columns || 100, 40), 100) : undefined
}
