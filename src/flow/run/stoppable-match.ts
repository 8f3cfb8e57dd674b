import { runInNewContext } from 'node:vm'
import type { Matcher } from '../../core/harness/read-run.ts'

/**
 * A matcher that is ended after so many milliseconds: a pattern that backtracks without end on hostile text would
 * otherwise hold the gate for ever, and only a context of its own can be stopped in the middle of a match.
 */
export function stoppableMatch(milliseconds: number): Matcher {
  return (pattern, text) => {
    try {
      const found: unknown = runInNewContext(MATCH, { pattern, text }, { timeout: milliseconds })
      return typeof found === 'string' ? parsed(found) : undefined
    } catch {
      return undefined
    }
  }
}

/** The answer leaves the context as text, so that no object of it does. */
const MATCH =
  'JSON.stringify(Array.from(text.matchAll(new RegExp(pattern, "gm")), match => match[1] ?? match[0]))'

function parsed(list: string): readonly string[] {
  const items: unknown = JSON.parse(list)
  return Array.isArray(items) ? items.map(String) : []
}
