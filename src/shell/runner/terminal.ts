import { visibleLines } from '../../core/text/text.ts'
import type { LogPort } from '../ports/ports.ts'
import { type LiveLine, openLiveLine } from './live-line.ts'
import { openPhases } from './phases.ts'

/** How much is written in addition to the result: warnings only, what is being done, or details too. */
export type Verbosity = 'quiet' | 'normal' | 'verbose'

/** Plain lines on standard error, so that standard output holds the report alone. */
export const terminal: LogPort = openTerminal('normal')

/**
 * Opens the log of a command. On a terminal its last line says what is being done, how far it has come and what is left; where the output
 * goes to a file, a pipe or a dumb terminal there are plain lines only, and never a colour.
 */
export function openTerminal(verbosity: Verbosity): LogPort {
  let live: LiveLine | undefined
  let status = ''
  const write = (given: string) => {
    // Names and titles in it may be of code of the pull request, and a terminal obeys what is in them.
    const text = `${visibleLines(given)}\n`
    if (live) live.above(text)
    else process.stderr.write(text)
  }
  const quiet = verbosity === 'quiet'
  const lively = process.stderr.isTTY && process.env.TERM !== 'dumb' && !quiet
  const phases = openPhases(
    {
      open: title => {
        status = ''
        if (!quiet) write(title)
        live?.start()
      },
      close: () => live?.stop(),
      line: text => {
        if (!quiet) write(`  ${text}`)
      },
    },
    lively ? { silent: true } : {},
  )
  if (lively) {
    const screen = {
      write: (text: string) => void process.stderr.write(text),
      columns: () => process.stderr.columns || 80,
    }
    live = openLiveLine(screen, () => (status === '' ? phases.now() : `${status} · ${phases.now()}`))
    process.once('exit', () => live?.stop())
  }
  const say = (text: string) => {
    phases.spoke()
    if (!quiet) write(`  ${text}`)
  }
  return {
    ...phases,
    line: say,
    warn: text => {
      phases.spoke()
      write(`  warning: ${text}`)
    },
    debug: text => {
      if (verbosity === 'verbose' || process.env.RUNNER_DEBUG === '1') say(text)
    },
    ...(lively && {
      status: (text: string) => {
        status = text
      },
    }),
  }
}

/** Listens for the signals that end a run; tells whether one has come, after which nothing that still happens means anything. */
export function listenForStop(): () => boolean {
  let stopped = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => (stopped = true))
  return () => stopped
}
