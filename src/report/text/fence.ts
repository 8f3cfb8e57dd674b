import { shortened, visible } from '../../core/text/text.ts'

const LINE_LIMIT = 300
const TAB = '    '

/** Colours and other sequences of a terminal, which a log shows and a report does not (ECMA-48 CSI and OSC). */
const TERMINAL = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g

/** Lines of foreign output as they may be shown in any form: no terminal sequences, nothing unseen, none of them endless. */
export function outputLines(text: string, most: number): readonly string[] {
  const lines = text.replace(TERMINAL, '').split(/\r\n|[\n\r]/)
  return lines.slice(-most).map(line => visible(shortened(line.replaceAll('\t', TAB).trimEnd(), LINE_LIMIT)))
}

/** Lines as a fenced block of Markdown; the fence is longer than any run of backticks in it (CommonMark 0.31 §4.5). */
export function fence(lines: readonly string[]): string {
  const shown = lines.map(visible)
  const longest = shown
    .flatMap(line => line.match(/`+/g) ?? [])
    .reduce((most, run) => Math.max(most, run.length), 2)
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}text\n${shown.join('\n')}\n${ticks}`
}
