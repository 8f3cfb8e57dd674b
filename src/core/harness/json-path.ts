/**
 * The steps of a path such as `results[0].median` or `["a.b"].time` (a leading `$` may stand for the document): names of members and
 * indices; undefined when it is no such path.
 */
export function parseJsonPath(path: string): readonly (string | number)[] | undefined {
  const text = path.trim().replace(/^\$(?=[.[]|$)/, '')
  const rooted = text === '' || /^[.[]/.test(text) ? text : `.${text}`
  const step = /\.([^.[\]"]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y
  const steps: (string | number)[] = []
  while (step.lastIndex < rooted.length) {
    const found = step.exec(rooted)
    if (!found) return undefined
    const [, name, index, key] = found
    const member = name ?? (index === undefined ? memberName(key!) : Number(index))
    if (member === undefined) return undefined
    steps.push(member)
  }
  return steps
}

/** What lies at the end of the steps; own members only, so that a hostile document reaches nothing else. */
export function valueAt(document: unknown, steps: readonly (string | number)[]): unknown {
  let value = document
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Reflect.get(value, step)
  }
  return value
}

function memberName(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}
