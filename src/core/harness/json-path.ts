import type { PathPlace } from './fault-says.ts'

/** One step of a path: a member, an index, or the element of a list whose member has a value. */
export type PathStep = string | number | { readonly member: string; readonly is: string }

const STEP =
  /\.([^.[\]"]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]|\[([^\]="'[]+)=(?:("(?:[^"\\]|\\.)*")|'([^']*)'|([^\]"'][^\]]*))\]/y

/**
 * The steps of a path such as `results[0].median`, `["a.b"].time` or `benchmarks[name=BM_op].real_time` (a leading `$` may stand for the
 * document); undefined when it is no such path.
 */
export function parseJsonPath(path: string): readonly PathStep[] | undefined {
  const text = path.trim().replace(/^\$(?=[.[]|$)/, '')
  const rooted = text === '' || /^[.[]/.test(text) ? text : `.${text}`
  const step = new RegExp(STEP)
  const steps: PathStep[] = []
  while (step.lastIndex < rooted.length) {
    const found = step.exec(rooted)
    const read = found && stepOf(found)
    if (read === undefined || read === null) return undefined
    steps.push(read)
  }
  return steps
}

function stepOf([, name, index, key, member, quoted, single, bare]: RegExpExecArray): PathStep | undefined {
  if (name !== undefined) return name
  if (index !== undefined) return Number(index)
  if (key !== undefined) return textOf(key)
  const is = quoted === undefined ? (single ?? bare) : textOf(quoted)
  return is === undefined ? undefined : { member: member!.trim(), is }
}

/** What is at the end of the steps, or why nothing does. */
export type AtPath =
  | {
      readonly found: unknown
      /** What holds it, for a unit that is next to it. */
      readonly holder: unknown
      /** Names of the list elements that were chosen by their index: another one may stand there tomorrow. */
      readonly names: readonly string[]
    }
  | { readonly missing: PathPlace }

/** Follows the steps; own members only, so that a hostile document reaches nothing else. */
export function valueAt(document: unknown, steps: readonly PathStep[]): AtPath {
  let value = document
  let holder: unknown
  const names: string[] = []
  for (const [at, step] of steps.entries()) {
    holder = value
    if (typeof step === 'object') {
      const fitting = Array.isArray(value) ? value.filter(each => textIn(each, step.member) === step.is) : []
      if (fitting.length > 1) return { missing: { kind: 'several', count: fitting.length, ...step } }
      if (fitting.length === 0) return { missing: whatIsThere(value, steps.slice(0, at), step.member) }
      value = fitting[0]
      continue
    }
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return { missing: whatIsThere(value, steps.slice(0, at)) }
    const inList = Array.isArray(value)
    value = Reflect.get(value, step)
    const name = inList ? nameOf(value) : undefined
    if (name !== undefined) names.push(name)
  }
  return { found: value, holder, names }
}

function nameOf(element: unknown): string | undefined {
  return ['name', 'benchmark', 'command', 'id', 'title']
    .map(member => textIn(element, member))
    .find(each => each !== undefined)
}

function textIn(value: unknown, member: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined
  const found: unknown = Reflect.get(value, member)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined
}

/** What a reader may have meant: the members or elements of the last place that was reached. */
function whatIsThere(value: unknown, steps: readonly PathStep[], member?: string): PathPlace {
  const place = pathText(steps)
  if (Array.isArray(value)) {
    if (member === undefined) return { kind: 'list', place, count: value.length }
    const texts = value.flatMap(each => textIn(each, member) ?? [])
    return texts.length > 0
      ? { kind: 'elements', place, member, texts }
      : { kind: 'list', place, count: value.length, member }
  }
  if (typeof value !== 'object' || value === null)
    return { kind: 'no-object', place, type: value === null ? 'null' : typeof value }
  const names = Object.keys(value)
  return names.length === 0 ? { kind: 'empty', place } : { kind: 'members', place, names }
}

/** A path as it is written. */
function pathText(steps: readonly PathStep[]): string {
  return steps
    .map(step => {
      if (typeof step === 'number') return `[${step}]`
      if (typeof step === 'object') return `[${step.member}=${step.is}]`
      return /^[\w -]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
    })
    .join('')
    .replace(/^\./, '')
}

function textOf(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}
