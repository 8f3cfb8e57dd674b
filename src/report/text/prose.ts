import { shortened, visible } from '../../core/text/text.ts'
import { cellSpan, codeSpan, html } from './encode.ts'

/** Longest sentence that is shown whole; what is longer was not written by us. */
const SENTENCE_LIMIT = 2000
const CODE_LIMIT = 200

/**
 * A word that means nothing to Markdown or to GitHub wherever it stands: letters, digits and quiet punctuation. Everything
 * that could be a link, a mention, a reference, an emoji, markup or a list marker is not one and is shown as code instead.
 */
const QUIET = /^[\p{L}\p{N}±×+−–—…=/.,;:!?'’()-]+$/u
const LOUD = [
  /:/, // :emoji:, http://, a::b
  /\p{L}-\d/u, // GH-1, JIRA-12
  /(?<![a-z0-9])[0-9a-f]{7,}/i, // a commit
  /www\./i,
  /^\//, // a command to a bot
  /^[\p{P}\p{S}]+$/u, // ---, ===, +, and whatever else is no word
  /[.,;!?=/+-]{3}/,
]
const CALM_SYMBOLS = new Set(['', '−', '–', '—', '…', '×', '±', '%', '→', '≥', '≤', '≈'])
/** The beginning of an address, whose colon is no punctuation. */
const SCHEME = /(?:https?|ftp|mailto):/i
const LIST_MARKER = /^\d{1,9}[.)]$/

/** Punctuation around a word that need not be shown as code with it: what opens before it, what ends after it. */
const AROUND = /^(["'(‘“]*)(.*?)([.,;:!?"'’”)%]*)$/su

function isQuiet(word: string, core: string): boolean {
  if (CALM_SYMBOLS.has(core)) return word.length <= core.length + 4
  return QUIET.test(core) && visible(core) === core && !LOUD.some(pattern => pattern.test(core))
}

interface Part {
  readonly code: boolean
  readonly text: string
}

/** Parts a sentence at its backticks; one without a partner is plain text. */
function quotes(sentence: string): readonly Part[] {
  const pieces = sentence.split('`')
  const paired = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1
  return pieces.map((text, index) => ({
    code: index % 2 === 1 && index < paired,
    text: index < paired ? text : `\`${text}`,
  }))
}

/** Parts a sentence into what is quoted or suspicious, to be shown as code, and words that mean nothing to a renderer. */
function parts(sentence: string): readonly Part[] {
  // Blanks in front would hide that the first word is a list marker.
  const text = shortened(sentence, SENTENCE_LIMIT)
    .replace(/[\u00a0\u202f]/g, ' ')
    .trimStart()
  return quotes(text).flatMap((part, index) => (part.code ? [part] : words(part.text, index === 0)))
}

function words(text: string, start: boolean): readonly Part[] {
  return text.split(/( +)/).flatMap((word, index): readonly Part[] => {
    if (word === '' || word.startsWith(' ')) return [{ code: false, text: word.slice(0, 1) }]
    const [, before = '', core = '', after = ''] = AROUND.exec(word) ?? []
    const isMarker = start && index === 0 && LIST_MARKER.test(word)
    if (!isMarker && !SCHEME.test(word) && isQuiet(word, core)) return [{ code: false, text: word }]
    // A bracket that opens within the word closes within it.
    const kept = core.includes('(') && !before.includes('(') ? (/^[^)]*\)*/.exec(after)?.[0] ?? '') : ''
    return [
      { code: false, text: before },
      { code: true, text: `${core}${kept}` || word },
      { code: false, text: after.slice(kept.length) },
    ]
  })
}

/** A number and its unit stay on one line: a narrow no-break space between them. */
export function typeset(text: string): string {
  return text.replace(/(?<=\d) (?=(?:%|×|[nµmk]?s|min|[kMGT]|[KMGT]i?B|bytes?)(?![\p{L}\p{N}]))/gu, '\u202f')
}

/** Text that is shown as code, never empty. */
function shown(text: string): string {
  return visible(shortened(text.trim(), CODE_LIMIT)) || '(no name)'
}

function rendered(all: readonly Part[], asCode: (shown: string) => string): string {
  const out: string[] = []
  let beforeIsCode = false
  for (const part of all) {
    if (!part.code && part.text === '') continue
    // Two code spans side by side would be read as one.
    if (part.code) out.push(beforeIsCode ? ' ' : '', asCode(shown(part.text)))
    else out.push(part.text)
    beforeIsCode = part.code
  }
  return typeset(out.join('').trim())
}

/** A sentence in Markdown: what it quotes between backticks, and every word that could mean something to GitHub, becomes a code span. */
export function prose(sentence: string): string {
  return rendered(parts(sentence), codeSpan)
}

/** A sentence in a table cell of Markdown. */
export function cellProse(sentence: string): string {
  return rendered(parts(sentence), cellSpan)
}

/** A sentence in HTML. */
export function htmlProse(sentence: string): string {
  const asText = (part: Part) =>
    part.code ? `<code>${html(shown(part.text))}</code>` : typeset(html(part.text))
  return quotes(shortened(sentence, SENTENCE_LIMIT)).map(asText).join('')
}
