import type { Arrangement } from './harness.ts'
import { withArguments } from './shell-line.ts'

/**
 * For harnesses that write exact results to a file only: the command writes to a new one, what it prints goes to standard error, and the
 * file's text is what the run prints. The variable is the shell's own.
 */
export function throughFile(
  run: Arrangement,
  options: readonly string[],
  { fresh = true }: { readonly fresh?: boolean } = {},
): Arrangement | undefined {
  const marked = withArguments(run.command, [...options, MARK])
  if (marked === undefined) return undefined
  const command = marked.replace(MARK, `"$${VARIABLE}"`)
  const made = fresh ? 'mktemp -u' : 'mktemp'
  return {
    ...run,
    // Each on a line of its own: behind `&&` no failure of a part would count.
    command: `${VARIABLE}=$(${made})\n{ ${command}; } >&2\ncat "$${VARIABLE}"\nrm -f "$${VARIABLE}"`,
  }
}

const VARIABLE = 'PERF_VERDICT_RESULTS'
const MARK = 'PERF-VERDICT-RESULTS-FILE'
