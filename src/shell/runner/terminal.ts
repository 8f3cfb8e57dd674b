import type { LogPort } from '../ports/world.ts'

/** Plain lines on standard error, so that standard output holds the report alone. */
export const terminal: LogPort = {
  line: text => write(`  ${text}`),
  warn: text => write(`  warning: ${text}`),
  async group(title, work) {
    write(title)
    return work()
  },
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
