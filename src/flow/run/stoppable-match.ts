import { runInNewContext } from 'node:vm'
import type { Match, Matcher } from '../../core/harness/plain-values.ts'

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

/** The answer leaves the context as text, so that no object of it does. Of many matches the first ones tell enough. */
const MATCH = `
const found = []
for (const match of text.matchAll(new RegExp(pattern, 'gmd'))) {
  const { value, unit } = match.groups ?? {}
  const group = match.findIndex((each, at) => at > 0 && each !== undefined && each !== unit)
  const own = value ?? (group > 0 ? match[group] : match[0])
  const [start, end] = value === undefined ? (match.indices[Math.max(group, 0)] ?? match.indices[0]) : match.indices.groups.value
  const [from, to] = match.indices[0]
  const around = [start === from ? text.slice(Math.max(0, from - 16), from) : '', end === to ? text.slice(to, to + 16) : '']
  found.push({ value: own, ...(unit === undefined ? {} : { unit }), after: text.slice(end, end + 16), around })
  if (found.length >= 1000) break
}
JSON.stringify(found)`

function parsed(list: string): readonly Match[] {
  const items: unknown = JSON.parse(list)
  if (!Array.isArray(items)) return []
  return items.map(({ value, unit, after, around }: Record<string, unknown>) => ({
    value: String(value),
    ...(unit !== undefined && { unit: String(unit) }),
    after: String(after),
    ...(Array.isArray(around) && { around: [String(around[0]), String(around[1])] as const }),
  }))
}
