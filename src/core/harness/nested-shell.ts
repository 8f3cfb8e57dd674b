/** A shell that a command starts itself, up to the text it runs. */
const NESTED =
  /(?:^|[\s;&|(/])(?:ba|da|k|z)?sh\s+((?:-\S+\s+|pipefail\s+)*)-\w*c\s+(?:'([^']*)'|"((?:[^"\\]|\\.)*)")/

/**
 * Whether a command starts a shell of its own for a pipe: that shell takes the end of the pipe's last program for its own, so that a
 * benchmark which fails before it passes for one that is done.
 */
export function pipesInNestedShell(command: string): boolean {
  const found = NESTED.exec(command)
  if (!found) return false
  const [, options = '', single, double = ''] = found
  const text = single ?? double
  const pipes = /[^|]\|[^|]/.test(text)
  return pipes && !/pipefail/.test(options + text)
}
