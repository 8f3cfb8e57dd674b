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
