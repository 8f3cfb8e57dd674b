/** Reads names and versions of a manifest's text; some formats say the name by the file's own name only. */
export type VersionReader = (text: string, path: string) => Iterable<readonly [name: string, version: string]>

/** Names and versions by a pattern that captures both. */
export function* matches(text: string, pattern: RegExp): Generator<readonly [string, string]> {
  for (const found of text.matchAll(pattern)) yield [found[1]!, found[2] ?? '']
}

/** The value of a JSON text; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const LONGEST_CALL = 8_000

/** What stands between the parentheses of calls of these functions: parentheses inside are counted, and those in quoted texts are none. */
export function* argumentsOf(text: string, functions: string): Generator<string> {
  for (const { index, 0: whole } of text.matchAll(new RegExp(`\\b(?:${functions})\\s*\\(`, 'gi'))) {
    const start = index + whole.length
    let depth = 1
    let quoted = false
    for (let at = start; at < Math.min(text.length, start + LONGEST_CALL); at++) {
      const sign = text[at]!
      if (sign === '\\') at++
      else if (sign === '"') quoted = !quoted
      else if (!quoted && sign === '(') depth++
      else if (!quoted && sign === ')' && --depth === 0) {
        yield text.slice(start, at)
        break
      }
    }
  }
}
