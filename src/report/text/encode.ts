import { visible, visibleName } from '../../core/text/text.ts'

/** How many code points of a name are shown before its middle is left out. */
export const NAME_LIMIT = 80

/** A name in a sentence of Markdown: nothing in it is a link, a mention, a reference, an emoji, HTML or math. */
export function code(name: string, limit = NAME_LIMIT): string {
  return codeSpan(visibleName(name, limit))
}

/** A name in a table cell of Markdown. */
export function cell(name: string, limit = NAME_LIMIT): string {
  return cellSpan(visibleName(name, limit))
}

/** Visible text as a code span of a table cell: GFM splits cells before it reads spans, so `|` is `\|` there, with no backslash before it. */
export function cellSpan(shown: string): string {
  return codeSpan(shown.replace(/\\(?=\|)/g, '\\u{5c}')).replaceAll('|', '\\|')
}

/**
 * Visible text as a code span (CommonMark 0.31 §6.1): the run of backticks is the shortest that the text does not hold, and a
 * space parts it from a backtick or a dollar sign at the text's edge, since `$` next to a backtick opens GitHub's math.
 */
export function codeSpan(shown: string): string {
  const taken = new Set((shown.match(/`+/g) ?? []).map(run => run.length))
  let length = 1
  while (taken.has(length)) length++
  const ticks = '`'.repeat(length)
  const pad = /^[`$]|[`$]$/.test(shown) ? ' ' : ''
  return `${ticks}${pad}${shown}${pad}${ticks}`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text in HTML, between tags or in a quoted attribute. */
export function html(text: string): string {
  return visible(text).replace(/[&<>"']/g, char => ENTITIES[char] ?? char)
}

/** A name in HTML, as code; GitHub makes no mention and no reference of the text of a `code` element. */
export function htmlCode(name: string, limit = NAME_LIMIT): string {
  return `<code>${html(visibleName(name, limit))}</code>`
}

/**
 * One line of a log, of an annotation's message or of its title: the runner reads `##[command]` anywhere in a line and
 * `::command::` after leading blanks (actions/runner, ActionCommand.cs), so neither is left standing.
 */
export function plainLine(line: string): string {
  return visible(line)
    .replace(/(?<=##)\[/g, '\\u{5b}')
    .replace(/^( *):(?=:)/, '$1\\u{3a}')
}

/** A name in a line of plain text. */
export function plainName(name: string, limit = NAME_LIMIT): string {
  return plainLine(visibleName(name, limit))
}
