/**
 * Characters that are not what they look like: control, bidirectional, zero-width, private, surrogates on their own, every
 * space but the plain one, and marks piled on marks.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|(?! )\p{Zs}|^\p{M}|(?<=\p{M}{3})\p{M}/gu

/** What nearly every name is made of, none of it unseen. */
const PLAIN = /^[ -~]*$/

/** A backslash in a name that would make what follows look like one of our escapes, `\u{hex}`. */
const FALSE_ESCAPE = /\\(?=u\{)/g

/** Spaces that a reader would not see: at the edges and next to another one. */
const LOST_SPACES = /^ +| +$|(?<= ) +/g

function escaped(text: string): string {
  return [...text].map(char => `\\u{${char.codePointAt(0)?.toString(16)}}`).join('')
}

/** Shows every unseen character of one line as `\u{hex}`; twice is the same as once. */
export function visible(line: string): string {
  return PLAIN.test(line) ? line : line.replace(UNSEEN, escaped)
}

/** The same for a text of several lines; a tab is a blank. */
export function visibleLines(text: string): string {
  return text.replaceAll('\t', ' ').split('\n').map(visible).join('\n')
}

/** What a terminal, a browser or an editor may obey in a JSON text, which has no control characters but line breaks. */
const UNSEEN_IN_JSON = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/gu

/** A value as JSON with nothing unseen in its text: it is read as the same value. */
export function visibleJson(value: unknown, indentation = 0): string {
  return JSON.stringify(value, null, indentation).replace(UNSEEN_IN_JSON, unseen =>
    Array.from({ length: unseen.length }, (_, at) => unitEscape(unseen.charCodeAt(at))).join(''),
  )
}

const unitEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`

/** Keeps the start and the end of a text that is longer than `limit` code points, with `…` for what is left out. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  const tail = Math.floor((limit - 1) / 3)
  const start = firstPoints(text, limit - 1 - tail)
  const end = lastPoints(text, tail)
  // Of a text of surrogate pairs fewer code points than units are there to be left out.
  if (text.length <= 2 * limit && Array.from(text).length <= limit) return text
  return `${start}…${end}`
}

function firstPoints(text: string, count: number): string {
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('')
}

function lastPoints(text: string, count: number): string {
  if (count === 0) return ''
  return Array.from(text.slice(-2 * count))
    .slice(-count)
    .join('')
}

/**
 * A name out of code of the pull request with nothing unseen in it, never empty; what is within `limit` code points can be
 * read back from its `\u{hex}`.
 */
export function visibleName(name: string, limit: number): string {
  if (name === '') return '(no name)'
  return visible(shortened(name, limit).replace(FALSE_ESCAPE, escaped)).replace(LOST_SPACES, escaped)
}

/** A name in a sentence of plain text: between backticks, so that each form of the report can set it apart. */
export function quoted(name: string): string {
  return `\`${visibleName(name, 120).replaceAll('`', '\\u{60}')}\``
}

const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** `one benchmark`, `three benchmarks`, `40 benchmarks`; the plural is the noun with an `s` unless given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${NUMBERS[count] ?? count} ${count === 1 ? noun : plural}`
}

/** `1 benchmark`, `3 benchmarks`: with figures, for small print and titles. */
export function numbered(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`
}

/** `a`, `a and b`, `a, b and c`; of more than `most` and one, the first ones: `a, b, c and 5 more`. */
export function listed(parts: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const shown = parts.length > most + 1 ? [...parts.slice(0, most), `${parts.length - most} more`] : parts
  const last = shown.at(-1)
  if (last === undefined) return ''
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}
