import { StringDecoder } from 'node:string_decoder'
import { linesNotShown } from '../../report/reasons/builds.ts'

/** Passes the output of a build on as whole lines while it runs, and says where there are too many of them. */
export interface OutputLines {
  take(chunk: Buffer): void
  /** Passes on what is left of the last line. */
  end(): void
}

/** As many lines of one build as a reader can use; the log of a runner has its own limits. */
const MOST_LINES = 2_000
const LONGEST_LINE = 1_000

/** Lines go to `line` as they come. */
export function outputLines(line: (text: string) => void): OutputLines {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let count = 0
  const pass = (text: string) => {
    if (text.trim() === '') return
    count += 1
    if (count <= MOST_LINES) line(text.slice(0, LONGEST_LINE))
    else if (count === MOST_LINES + 1) line(linesNotShown(MOST_LINES))
  }
  return {
    take: chunk => {
      const lines = (rest + decoder.write(chunk)).split(/\r\n|[\r\n]/)
      // Without an end of line in sight, what does not fit is not kept.
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
      for (const text of lines) pass(text)
    },
    end: () => {
      if (rest !== '') pass(rest)
    },
  }
}
