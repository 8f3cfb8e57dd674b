/** What a benchmark printed, made ready for reading: hostile, long, coloured, or with other text around what counts. */
export interface Output {
  /** Without a byte order mark, colours and what a carriage return overwrote. */
  readonly text: string
  readonly lines: readonly string[]
  /** The JSON documents in it, in their order; other text around them is passed over. */
  readonly documents: readonly unknown[]
}

/** Terminal control sequences: CSI (ECMA-48 §5.4), OSC up to BEL or ST, and two-character escapes. */
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g

/** Makes output ready once, in time linear in its length; documents are looked for when they are asked for. */
export function outputOf(stdout: string): Output {
  const text = cleaned(stdout)
  const lazy: { lines?: readonly string[]; documents?: readonly unknown[] } = {}
  return {
    text,
    get lines() {
      lazy.lines ??= text.split('\n')
      return lazy.lines
    },
    get documents() {
      lazy.documents ??= documentsIn(text)
      return lazy.documents
    },
  }
}

function cleaned(stdout: string): string {
  const plain = stdout.charCodeAt(0) === 0xfeff ? stdout.slice(1) : stdout
  const colourless = withoutColours(plain)
  if (!colourless.includes('\r')) return colourless
  return colourless
    .split('\n')
    .map(line => {
      const kept = line.endsWith('\r') ? line.slice(0, -1) : line
      return kept.slice(kept.lastIndexOf('\r') + 1)
    })
    .join('\n')
}

/** A text without the control sequences of a terminal. */
export function withoutColours(text: string): string {
  return text.includes('\u001b') ? text.replace(ESCAPES, '') : text
}

/** Text that only looks like JSON is passed over this many times, so that hostile text costs a bounded time. */
const MOST_MISSES = 20_000
const MOST_WASTED = 4

function documentsIn(text: string): readonly unknown[] {
  const whole = parsed(text)
  if (whole !== undefined) return [whole]
  const found = documentsAt(text, START)
  // A program may print its progress and then a document without a line break between.
  return found.length > 0 ? found : documentsAt(text, ANYWHERE)
}

function documentsAt(text: string, start: RegExp): readonly unknown[] {
  const found: unknown[] = []
  let misses = 0
  let wasted = 0
  let at = nextStart(text, start, 0)
  while (at !== undefined && misses < MOST_MISSES && wasted <= MOST_WASTED * text.length) {
    const end = closingOf(text, at)
    const document = end === undefined ? undefined : parsed(text.slice(at, end))
    if (document === undefined) {
      misses++
      wasted += (end ?? text.length) - at
      at = nextStart(text, start, start === START ? lineAfter(text, at) : at + 1)
    } else {
      found.push(document)
      at = nextStart(text, start, end!)
    }
  }
  return found
}

/** A document begins a line, or follows one that has just ended; its first bracket may also end a line. */
const START = /(?:^|(?<=[}\]]))[ \t]*[[{]|[[{](?=\n\s*["{])/gm
const ANYWHERE = /[[{](?=\s*["{])/g

function nextStart(text: string, start: RegExp, from: number): number | undefined {
  start.lastIndex = from
  const found = start.exec(text)
  return found ? found.index + found[0].length - 1 : undefined
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** The index behind the bracket that closes the one at `at`; brackets in strings do not count. */
function closingOf(text: string, at: number): number | undefined {
  let depth = 0
  for (let index = at; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      for (index++; index < text.length && text.charCodeAt(index) !== QUOTE; index++)
        if (text.charCodeAt(index) === BACKSLASH) index++
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--
      if (depth === 0) return index + 1
    }
  }
  return undefined
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

function parsed(text: string): unknown {
  try {
    return objectIn(text)
  } catch {
    return NO_NUMBER.test(text) ? parsedWithoutNumbers(text) : undefined
  }
}

/** Google Benchmark and Python print what is no number without quotes, although JSON has no such value. */
const NO_NUMBER = /[:[,]\s*-?(?:NaN|Infinity)\s*[,}\]]/
const EACH_NO_NUMBER = /(?<=[:[,]\s{0,40})-?(?:NaN|Infinity)(?=\s{0,40}[,}\]])/g

function parsedWithoutNumbers(text: string): unknown {
  try {
    return objectIn(text.replace(EACH_NO_NUMBER, word => `"${word}"`))
  } catch {
    return undefined
  }
}

function objectIn(text: string): object | undefined {
  const document: unknown = JSON.parse(text)
  return typeof document === 'object' && document !== null ? document : undefined
}
