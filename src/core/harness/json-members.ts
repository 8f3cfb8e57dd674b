/** Looks into documents of unknown shape; each returns undefined for what is not there or is something else. */

export type Members = Readonly<Record<string, unknown>>

/** An object's members; undefined for arrays and all else. */
export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined
}

/** One own member. */
export function memberOf(value: unknown, name: string): unknown {
  const members = membersOf(value)
  return members && Object.hasOwn(members, name) ? members[name] : undefined
}

/** A number; strings are none. */
export function numberAt(value: unknown, name: string): number | undefined {
  const found = memberOf(value, name)
  return typeof found === 'number' ? found : undefined
}

/** A text. */
export function textAt(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name)
  return typeof found === 'string' ? found : undefined
}

/** A list; empty when there is none. */
export function listAt(value: unknown, name: string): readonly unknown[] {
  const found = memberOf(value, name)
  return Array.isArray(found) ? found : []
}
