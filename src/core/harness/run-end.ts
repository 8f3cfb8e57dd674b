import type { AroundStep } from '../model/around.ts'
import type { RanOut } from '../sandbox/limits.ts'
import { foundNoNetwork } from '../text/how-it-ended.ts'
import { withoutColours } from './output.ts'
import { type Fault, quotedLine } from './result.ts'

/** What a run left behind, as far as its value depends on it; the text is hostile. */
export interface RunEnd {
  readonly seconds: number
  /** CPU time of the run and its children, where it is known. */
  readonly cpuSeconds?: number
  /** Most resident memory that one process of the run had at once, where it was asked for. */
  readonly peakBytes?: number
  readonly code: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  readonly stdout: string
  readonly stderr?: string
  readonly truncated: boolean
  /** The limit that it reached. */
  readonly ranOut?: RanOut
  /** The command around the benchmark that failed, whose end this is. */
  readonly failedStep?: AroundStep
}

const LAST_LINES = 12
const LAST_CHARACTERS = 16_384

/** What a run said at its end. */
export function lastLinesOf({ stdout, stderr = '' }: RunEnd): readonly string[] {
  const of = (text: string) =>
    withoutColours(text.slice(-LAST_CHARACTERS))
      .split('\n')
      .map(line => line.trimEnd())
      .filter(line => line !== '')
  const [errors, output] = [of(stderr), of(stdout)]
  // Both, where there is room: some harnesses tell of a failure on their standard output.
  const told = errors.slice(-LAST_LINES)
  return [...output.slice(-Math.max(0, LAST_LINES - told.length)), ...told].slice(-LAST_LINES)
}

/** How a run failed as a process, or undefined when it ended well. */
export function failureOf(run: RunEnd): Fault | undefined {
  const failure = endOf(run)
  if (run.failedStep === undefined || failure === undefined) return failure
  return { kind: run.failedStep, says: { rule: 'step-failed', step: run.failedStep, end: failure.says } }
}

function endOf(run: RunEnd): Fault | undefined {
  const { signal, code, ranOut } = run
  if (run.timedOut) return { kind: 'timeout', says: { rule: 'timed-out', seconds: run.seconds } }
  if (signal !== null) return { kind: 'crash', says: { rule: 'signal', signal, ranOut } }
  if (code === 0) return undefined
  const missing = missingCommand(run)
  if (missing !== undefined)
    return { kind: 'not-found', says: { rule: 'not-started', said: quotedLine(missing) } }
  const told = [run.stdout, run.stderr ?? ''].map(text => text.slice(-LAST_CHARACTERS))
  return { kind: 'crash', says: { rule: 'exit', code, ranOut, offline: foundNoNetwork(told.join('\n')) } }
}

/** What a shell says of a program that it cannot start; make passes it on with a code of its own. */
function missingCommand({ code, stderr = '' }: RunEnd): string | undefined {
  if (code !== 127 && code !== 126 && !/Error 12[67]$/m.test(stderr)) return undefined
  return startFailure(stderr)
}

const NOT_STARTED = /not found\s*$|No such file or directory|Permission denied|cannot execute/

function startFailure(stderr: string): string | undefined {
  return stderr
    .slice(-LAST_CHARACTERS)
    .split('\n')
    .findLast(line => NOT_STARTED.test(line))
    ?.replace(/^bash: (?:line \d+: )?/, '')
}

/** Why nothing can be read from the output of a run that ended well, or undefined. */
export function lostOutput(run: RunEnd): Fault | undefined {
  if (run.truncated) return { kind: 'flood', says: { rule: 'output-cut' } }
  if (run.stdout.trim() === '') {
    const missing = startFailure(run.stderr ?? '')
    const onErrors = (run.stderr ?? '').trim() !== ''
    const said = missing === undefined ? {} : { said: quotedLine(missing) }
    return { kind: 'silent', says: { rule: 'nothing-printed', onErrors, ...said } }
  }
  return undefined
}
