import type { AddressField, Instruction } from '../disassembly/instruction.ts'
import { normaliseName } from '../elf/names.ts'
import type { Body } from './body.ts'
import { isColdPart, isNameless, sameOrigin } from './clone-name.ts'
import { readJumpTable } from './jump-table.ts'
import type { ObjectView } from './object-view.ts'

/** What a field of an instruction refers to, said without addresses. */
export interface Reference {
  /** Position of the instruction in its body. */
  readonly at: number
  /** Equal identities name the same thing on both sides; undefined for a number that is no address. */
  readonly identity: string | undefined
  /** The same place seen from the symbol behind it: compilers also name places just outside of an object. */
  readonly before?: string
  /** The position in the same body that is named. */
  readonly inside?: number
  /** A number that only may be an address: equal numbers are equal whatever they name. */
  readonly raw?: number
  /** Positions in the same body, for a jump table; how long it is, is known from the code only. */
  readonly table?: readonly number[]
}

const WRITABLE = 1
const ALLOCATED = 2
/** How far outside of an object a folded index can point: one step of a large element. */
const NEAR_BYTES = 256
/** Symbols of the Go linker that stand for a whole group of nameless data. */
const CARRIER = /^(?:anon$|go:|type:|runtime\.(?:types|etypes|rodata|gcbits|noptrbss|bss|data|pclntab))/

/** Names everything that a body refers to; unnamed places are numbered in the order in which the body meets them. */
export function readReferences(
  view: ObjectView,
  owner: { readonly name: string; readonly body: Body },
): Reference[] {
  const references: Reference[] = []
  const context: Context = { view, ...owner, met: new Map() }
  owner.body.instructions.forEach((instruction, at) => {
    for (const field of instruction.fields) references.push({ at, ...resolve(context, field, instruction) })
  })
  return references
}

interface Context {
  readonly view: ObjectView
  readonly name: string
  readonly body: Body
  /** Unnamed places met so far, by address. */
  readonly met: Map<number, string>
}

type Resolved = Omit<Reference, 'at'>

function resolve(context: Context, field: AddressField, instruction: Instruction): Resolved {
  if (field.kind === 'code') return resolveCode(context, field.target)
  if (field.kind === 'data') return resolveData(context, field, instruction)
  const { elf, sectionAt } = context.view
  const maybeAddress =
    elf.type === 'executable' && field.target > 0xffff && sectionAt(field.target) !== undefined
  if (!maybeAddress) return { identity: endOfSection(context.view, field.target), raw: field.target }
  return { ...resolveData(context, field, instruction), raw: field.target }
}

/** Start and stop marks of sections point at an end, where no section is. */
function endOfSection(view: ObjectView, address: number): string | undefined {
  if (view.elf.type !== 'executable') return undefined
  const section = view.elf.sections.find(
    ({ flags, address: start, size }) => flags & ALLOCATED && start + size === address,
  )
  return section && `end of ${section.name}`
}

function resolveCode(context: Context, target: number): Resolved {
  const { view, body, name } = context
  const inside = body.indexAt(target)
  if (inside !== undefined) return { identity: `>${inside}`, inside }
  const stub = view.stubAt(target)
  if (stub !== undefined) return { identity: `import ${stub}` }
  const symbol = view.functions.at(target)
  if (!symbol || isNameless(symbol.name)) return { identity: numbered(context, 'code', target) }
  const other = normaliseName(symbol.name)
  // A function and the parts split off it jump into each other's middle; where exactly is the part's own matter.
  if (other !== name && sameOrigin(other, name) && (isColdPart(other) || isColdPart(name)))
    return { identity: 'own part' }
  return { identity: withOffset(other, target - symbol.address) }
}

function resolveData(context: Context, field: AddressField, instruction: Instruction): Resolved {
  const { view, body } = context
  const { target } = field
  const section = view.sectionAt(target)
  if (!section) return { identity: endOfSection(view, target) ?? numbered(context, 'nowhere', target) }
  if (target >= body.address && target < body.address + body.size) return resolveCode(context, target)
  if (section.name.startsWith('.got')) return resolvePointer(context, target)
  const before = nextSymbol(view, target)
  const symbol = view.data.at(target)
  if (symbol) {
    const name = normaliseName(symbol.name)
    return { identity: CARRIER.test(name) ? name : withOffset(name, target - symbol.address), ...before }
  }
  if (view.functions.at(target) || view.stubAt(target)) return resolveCode(context, target)
  const kind = section.name.startsWith('.data.rel.ro') ? '.data.rel.ro' : section.name
  if (section.flags & WRITABLE || kind === '.data.rel.ro')
    return { identity: numbered(context, kind, target), ...before }
  const constant = resolveConstant(context, field, instruction)
  // What is read in place is what it contains; only an address that is computed with can point outside its object.
  const readInPlace = field.kind === 'data' && field.width > 0
  return readInPlace ? constant : { ...constant, ...before }
}

function nextSymbol(view: ObjectView, address: number): { before?: string } {
  const next = view.data.symbols[view.data.lastUpTo(address) + 1]
  if (!next || next.address - address > NEAR_BYTES) return {}
  return { before: `${next.address - address} before ${normaliseName(next.name)}` }
}

/** A slot of the global offset table stands for what the dynamic linker puts there. */
function resolvePointer(context: Context, target: number): Resolved {
  const slot = context.view.slotAt(target)
  if (!slot) return { identity: numbered(context, 'got', target) }
  if ('name' in slot) return { identity: `import ${slot.name}` }
  const symbol = context.view.functions.at(slot.address) ?? context.view.data.at(slot.address)
  if (!symbol || isNameless(symbol.name)) return { identity: numbered(context, 'got', target) }
  return { identity: `pointer ${withOffset(normaliseName(symbol.name), slot.address - symbol.address)}` }
}

/** Nameless read-only data is what it contains: a number of known width, a jump table, the start of a text. */
function resolveConstant({ view, body }: Context, field: AddressField, instruction: Instruction): Resolved {
  const pointers = instruction.flow === 'indirect-jump'
  if (field.width === 0 || pointers) {
    const table = readJumpTable(view, { address: field.target, body, pointers })
    if (table.length > 1) return { identity: 'table', table }
  }
  const bytes = view.elf.bytesAt(field.target, field.width || 16)
  if (field.width > 0) return { identity: `constant ${bytes.join(' ')}` }
  const slot = view.slotAt(field.target)
  return { identity: slot ? 'pointer' : `literal ${literalStart(bytes)}` }
}

/** Texts without an end mark (Rust, Go) run into their neighbours, so that only a short start is compared. */
function literalStart(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  const text = end >= 0 ? bytes.subarray(0, end + 1) : bytes.subarray(0, 4)
  return text.every(byte => byte === 0 || (byte >= 9 && byte < 127))
    ? text.join(' ')
    : bytes.subarray(0, 4).join(' ')
}

const withOffset = (name: string, offset: number): string => (offset === 0 ? name : `${name}+${offset}`)

function numbered(context: Context, kind: string, address: number): string {
  const known = context.met.get(address)
  if (known !== undefined) return known
  const identity = `${kind} #${context.met.size + 1}`
  context.met.set(address, identity)
  return identity
}
