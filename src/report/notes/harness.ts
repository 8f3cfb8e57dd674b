import type { UnmatchedRule } from '../../core/harness/expand.ts'
import type { UnrecognisedOutput } from '../../core/harness/unrecognised.ts'
import { listed, quoted } from '../../core/text/text.ts'

/** What a reader must know of a benchmark whose output or command leaves a doubt. */

/** The whole run is timed although it seems to print results. */
export function unrecognisedNote(name: string, output: UnrecognisedOutput): string {
  const prints = `${quoted(name)} prints`
  switch (output.kind) {
    case 'on-errors':
      return `${prints} results of ${output.harness} on standard error, which is not read, so its whole run is timed; add 2>&1 to its command, or set format: wall.`
    case 'around':
      return `${prints} figures of its own run on standard error (${output.line}), which are not read, so its whole run is timed; leave that tool out of the command and use metric, or set format: wall.`
    case 'like-a-result':
      return `${prints} what looks like a result (${output.line}), but no harness was recognised, so its whole run is timed; name the harness, give a format that reads the value, or set format: wall.`
  }
}

/** The command starts a shell of its own for a pipe. */
export const nestedShellNote = (name: string): string =>
  `${quoted(name)} starts its own shell, which reports only the last program of a pipe, so a benchmark that fails earlier goes unnoticed; write the pipe without that shell, or use bash -o pipefail -c.`

/** The command ends well although its benchmark failed. */
export const hiddenFailureNote = (name: string, part: string): string =>
  `${quoted(name)} goes on where its benchmark failed (${quoted(part)}), so a run that broke counts like one that did its work; leave that out of its command.`

/** A pattern that fits no row of a benchmark. */
export function patternWithoutRow(name: string, { match, names }: UnmatchedRule): string {
  return `${quoted(name)} has no result that fits the pattern ${quoted(match)}; it has ${listed(names.map(quoted), 8)}.`
}
