import type { Limitation } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'

/** What the report says of what jobs are given, before anything is built. */

/** Variables of the job that a build may want and does not get, once for all of them. */
export function variablesNotPassed(names: readonly string[]): readonly Limitation[] {
  if (names.length === 0) return []
  const shown = names.slice(0, 12).map(quoted).join(', ')
  const more = names.length > 12 ? ` and ${names.length - 12} more` : ''
  return [
    {
      what: `Builds and benchmarks do not get ${names.length === 1 ? 'this variable' : 'these variables'} of the job: ${shown}${more}.`,
      instead:
        'List in env what the build needs; a variable that holds a secret reaches the code of the pull request then.',
    },
  ]
}

/** A token that jobs can read. */
export const tokenReadable: Limitation = {
  what: "Code of the pull request could read a token in git's configuration, because this isolation level hides no files.",
  instead:
    'Check out with persist-credentials: false, or run where the gate may make namespaces (see SECURITY.md).',
}
