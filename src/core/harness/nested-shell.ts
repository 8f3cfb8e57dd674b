import { quoted } from '../text/text.ts'

/** A shell that a command starts itself, up to the text it runs. */
const NESTED =
  /(?:^|[\s;&|(/])(?:ba|da|k|z)?sh\s+((?:-\S+\s+|pipefail\s+)*)-\w*c\s+(?:'([^']*)'|"((?:[^"\\]|\\.)*)")/

/**
 * What a reader must know of a command that starts a shell of its own for a pipe: that shell takes the end of the pipe's last program
 * for its own, so that a benchmark which fails before it passes for one that is done. Undefined where there is no such doubt.
 */
export function nestedShellNote(name: string, command: string): string | undefined {
  const found = NESTED.exec(command)
  if (!found) return undefined
  const [, options = '', single, double = ''] = found
  const text = single ?? double
  const pipes = /[^|]\|[^|]/.test(text)
  if (!pipes || /pipefail/.test(options + text)) return undefined
  return `${quoted(name)} starts a shell of its own, which takes the last program of a pipe for the whole pipe, so a benchmark that fails before it is not seen to fail; write the pipe without that shell, or use bash -o pipefail -c.`
}
