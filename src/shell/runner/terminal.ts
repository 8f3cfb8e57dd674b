import type { LogPort } from '../ports/ports.ts'
import { openPhases } from './phases.ts'

/** Plain lines on standard error, so that standard output holds the report alone. */
export const terminal: LogPort = openTerminal()

function openTerminal(): LogPort {
  const phases = openPhases({
    open: title => write(title),
    close: () => {},
    line: text => write(`  ${text}`),
  })
  const say = (text: string) => {
    phases.spoke()
    write(`  ${text}`)
  }
  return {
    ...phases,
    line: say,
    warn: text => say(`warning: ${text}`),
    debug: text => {
      if (process.env.RUNNER_DEBUG === '1') say(text)
    },
  }
}

function write(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Listens for the signals that end a run; tells whether one has come, after which nothing that still happens means anything. */
export function listenForStop(): () => boolean {
  let stopped = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => (stopped = true))
  return () => stopped
}
