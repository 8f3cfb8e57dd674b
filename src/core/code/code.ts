import { normaliseName } from '../elf/names.ts'
import { type Body, readBody } from './body.ts'
import type { ObjectView } from './object-view.ts'
import { type Reference, readReferences } from './reference.ts'

/** A function's code in the form in which two sides are compared. */
export interface Code {
  readonly body: Body
  readonly references: readonly Reference[]
}

/** `same-where-run`: other code stands only where the profile counted nothing. */
export type Sameness = 'same' | 'same-where-run' | 'changed'

/** Decodes a function and names what it refers to; undefined when its code cannot be read. */
export function readCode(
  view: ObjectView,
  place: { readonly name: string; readonly address: number; readonly size: number },
): Code | undefined {
  const body = readBody(view.elf, place)
  if (!body) return undefined
  return { body, references: readReferences(view, { name: normaliseName(place.name), body }) }
}

/** Names of the head that the base knows under another name, both as they are compared. */
export type Renames = ReadonlyMap<string, string>

const NO_RENAMES: Renames = new Map()

/** Whether two functions are the same code at, possibly, other addresses. */
export function sameCode(base: Code, head: Code, renames: Renames = NO_RENAMES): boolean {
  const [a, b] = [base.body.instructions, head.body.instructions]
  return (
    a.length === b.length &&
    a.every((one, at) => one.shape === b[at]!.shape) &&
    sameReferences(base.references, head.references, renames)
  )
}

function sameReferences(base: readonly Reference[], head: readonly Reference[], renames: Renames): boolean {
  return (
    base.length === head.length &&
    base.every((one, at) => one.at === head[at]!.at && sameReference(one, head[at]!, renames))
  )
}

function sameReference(a: Reference, b: Reference, renames: Renames): boolean {
  if (a.raw !== undefined && a.raw === b.raw) return true
  if (a.table && b.table) {
    const shorter = Math.min(a.table.length, b.table.length)
    return a.table.slice(0, shorter).every((position, at) => position === b.table![at])
  }
  if (a.before !== undefined && a.before === b.before) return true
  if (a.identity === undefined || b.identity === undefined) return false
  return a.identity === b.identity || (renames.size > 0 && a.identity === inBaseTerms(b.identity, renames))
}

function inBaseTerms(identity: string, renames: Renames): string {
  const [, kind, name, offset] = /^(pointer )?(.*?)(\+\d+)?$/s.exec(identity)!
  return `${kind ?? ''}${renames.get(name!) ?? name}${offset ?? ''}`
}

/**
 * What remains of a function when only instructions that ran are kept; jumps to code that never ran lose their
 * target, and jump tables the entries that were not taken.
 */
export function whatRan(code: Code, ran: (address: number) => boolean): Code {
  const { body } = code
  const kept = new Map<number, number>()
  body.instructions.forEach((instruction, at) => {
    if (ran(instruction.address)) kept.set(at, kept.size)
  })
  const references = code.references.flatMap(reference => {
    const at = kept.get(reference.at)
    if (at === undefined) return []
    if (reference.table) return [{ at, identity: 'table' }]
    if (reference.inside === undefined) return [{ ...reference, at }]
    const inside = kept.get(reference.inside)
    return [{ at, identity: inside === undefined ? '>not run' : `>${inside}` }]
  })
  return { body: { ...body, instructions: body.instructions.filter((_, at) => kept.has(at)) }, references }
}
