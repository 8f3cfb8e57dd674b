import { visible } from '../text/text.ts'

/**
 * One line for the job log that the runner cannot take for a command, and with nothing unseen in it, which a terminal or a browser may obey.
 * The runner reads `::name::` at the start of a line, after blanks, and `##[name]` anywhere in it (actions/runner, ActionCommand.cs); a lone
 * carriage return ends a line too.
 */
export function harmless(line: string): string {
  return visible(line.replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ').replaceAll('\t', ' '))
    .replaceAll('##[', '##\\[')
    .replace(/^\s*(?=::)/, '\\')
}
