import { originOf } from '../code/clone-name.ts'
import { normaliseName } from '../elf/names.ts'

/**
 * The name that a function has in its source, without scopes, parameters and clone suffixes: of `_ZN3foo3barEv` it
 * is `bar`, of Go's `main.(*T).Run.func1` it is `Run`.
 */
export function sourceName(symbol: string): string {
  const name = originOf(normaliseName(symbol))
  if (name.startsWith('_ZN')) return lastNested(name, 3) ?? name
  // `L` marks what only its own file knows.
  if (name.startsWith('_Z')) return identifierAt(name, name[2] === 'L' ? 3 : 2)?.text ?? name
  if (name.startsWith('_R'))
    return (
      [...name.matchAll(/(\d+)_?(?=[A-Za-z_])/g)]
        .map(found => name.substr(found.index + found[0].length, Number(found[1])))
        .at(-1) ?? name
    )
  if (!/[./]/.test(name)) return name
  return name.replace(/(?:\.func\d+(?:\.\d+)*|\.gowrap\d+|-fm|\[[^\]]*\])+$/, '').replace(/^.*[./]/, '')
}

/** Walks the identifiers of a nested Itanium name up to its end; template arguments are stepped over. */
function lastNested(name: string, start: number): string | undefined {
  let at = start
  while ('KVrRO'.includes(name[at] ?? '.')) at++
  let last: string | undefined
  while (at < name.length) {
    const identifier = identifierAt(name, at)
    if (identifier) {
      last = identifier.text
      at = identifier.end
    } else if (name[at] === 'I') at = afterArguments(name, at)
    else if (name[at] === 'S')
      at =
        name.indexOf('_', at) === at + 1 || /\dA-Z/.test(name[at + 1] ?? '')
          ? name.indexOf('_', at) + 1
          : at + 2
    else break
  }
  return last
}

/** Behind the `E` that closes template arguments, counting what opens inside them. */
function afterArguments(name: string, start: number): number {
  let depth = 0
  for (let at = start; at < name.length; ) {
    const identifier = identifierAt(name, at)
    if (identifier) at = identifier.end
    else {
      if ('INXLFJ'.includes(name[at]!)) depth++
      if (name[at] === 'E') depth--
      at++
      if (depth === 0) return at
    }
  }
  return name.length
}

function identifierAt(name: string, at: number): { readonly text: string; readonly end: number } | undefined {
  const digits = /^\d+/.exec(name.slice(at, at + 6))?.[0]
  if (digits === undefined) return undefined
  const from = at + digits.length
  return { text: name.slice(from, from + Number(digits)), end: from + Number(digits) }
}
