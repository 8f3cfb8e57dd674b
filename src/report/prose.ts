import { shortened, visible } from '../core/text.ts'
import { cellSpan, codeSpan, html } from './encode.ts'

/** Longest sentence that is shown whole; what is longer was not written by us. */
const SENTENCE_LIMIT = 2000
const CODE_LIMIT = 200

/**
 * A word that means nothing to Markdown or to GitHub wherever it stands: letters, digits and quiet punctuation. Everything
 * that could be a link, a mention, a reference, an emoji, markup or a list marker is not one and is shown as code instead.
 */
const QUIET = /^["'(‘“]*[\p{L}\p{N}%±×+−–—…=/.,;:!?'’”"()-]*$/u
const LOUD = [
  /:\S/, // :emoji:, http://, a::b
  /\p{L}-\d/u, // GH-1, JIRA-12
  /(?<![a-z0-9])[0-9a-f]{7,}/i, // a commit
  /www\./i,
  /^\//, // a command to a bot
  /^[\p{P}\p{S}]+$/u, // ---, ===, +, and whatever else is no word
  /[.,;:!?=/+-]{3}/,
]
const CALM_SYMBOLS = new Set(['−', '–', '—', '…', '×', '±', '%', '→', '≥', '≤', '≈'])
const LIST_MARKER = /^\d{1,9}[.)]$/

function isQuiet(word: string, first: boolean): boolean {
  if (CALM_SYMBOLS.has(word)) return true
  if (first && LIST_MARKER.test(word)) return false
  return QUIET.test(word) && visible(word) === word && !LOUD.some(pattern => pattern.test(word))
}

interface Part {
  readonly code: boolean
  readonly text: string
}

/** Parts a sentence at its backticks; one without a partner stands for itself. */
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
  return quotes(sentence.slice(0, SENTENCE_LIMIT).replace(/[\u00a0\u202f]/g, ' ')).flatMap((part, index) =>
    part.code ? [part] : words(part.text, index === 0),
  )
}

/** Punctuation around a loud word that need not be shown as code with it: what opens before it, what ends after it. */
const AROUND = /^(["'(‘“]*)(.*?)([.,;:!?"'’”]*)$/su
const AROUND_IN_PARENTHESES = /^(["'‘“]*\(["'(‘“]*)(.*?)([.,;:!?"'’”)]*)$/su

function words(text: string, start: boolean): readonly Part[] {
  let first = start
  return text.split(/( +)/).flatMap((word): readonly Part[] => {
    if (word === '' || word.startsWith(' ')) return [{ code: false, text: word === '' ? '' : ' ' }]
    const quiet = isQuiet(word, first)
    first = false
    if (quiet) return [{ code: false, text: word }]
    const [, before = '', core = '', after = ''] = AROUND_IN_PARENTHESES.exec(word) ?? AROUND.exec(word) ?? []
    if (core === '') return [{ code: true, text: word }]
    return [
      { code: false, text: before },
      { code: true, text: core },
      { code: false, text: after },
    ]
  })
}

/** A number and its unit stay on one line: a narrow no-break space between them. */
export function typeset(text: string): string {
  return text.replace(/(?<=\d) (?=(?:%|[nµmk]?s|min|[KMGT]i?B|bytes?)(?![\p{L}\p{N}]))/gu, '\u202f')
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
  const asText = (part: Part) => (part.code ? `<code>${html(shown(part.text))}</code>` : html(part.text))
  return quotes(sentence.slice(0, SENTENCE_LIMIT)).map(asText).join('')
}
