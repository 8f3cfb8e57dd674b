import { isNameless } from '../code/clone-name.ts'
import { type Code, readCode, sameCode } from '../code/code.ts'
import { normaliseName } from '../elf/names.ts'
import type { PerSide } from '../model/side.ts'
import type { HotCode } from './compare-hot.ts'
import { costsOn, findHot, greatestShare } from './hot.ts'
import type { ObjectPair, SideObject } from './objects.ts'
import { compareAll } from './renames.ts'

/** Whether the code that a benchmark spends its time in changed, and how that is known. */
export type HotChange =
  /** Every hot function of the program's own files is the same code, whatever its address, and so is what calls them. */
  | { readonly kind: 'same' }
  /** Hot functions that are other code now, or whose callers are. */
  | { readonly kind: 'changed'; readonly functions: readonly string[] }
  /** Too much of the time is in code that no symbol names. */
  | { readonly kind: 'unknown'; readonly share: number }

/** What the two builds are looked at for. */
export interface HotChangeRequest {
  readonly objects: readonly ObjectPair[]
  /** All samples of each side. */
  readonly totals: PerSide<number>
  /** The part of the samples from which on a function is hot. */
  readonly hotShare: number
}

/** When more than this part of the samples is in nameless code of the program's own files, names say nothing. */
const MOST_UNNAMED = 0.05
/** Callers are looked for in files of at most so many functions; decoding all of larger ones takes seconds. */
const MOST_FUNCTIONS = 20_000

/**
 * Whether hot code changed, by samples of both sides. Code that only moved is the same. A changed function that is not hot itself counts
 * where it calls or names a hot one of its file, because it may call it more often.
 */
export function hotChange({ objects, totals, hotShare }: HotChangeRequest): HotChange {
  const own = objects.filter(({ shared }) => !shared)
  const costs = { base: costsOn('base', own, totals.base), head: costsOn('head', own, totals.head) }
  const { hot: pairs, covered } = findHot(own, totals, costs)
  const hot = pairs.filter(pair => greatestShare(pair) >= hotShare)
  const compared = compareAll(hot, own, false)
  const changed = compared
    .filter(({ state }) => state !== 'same' && state !== 'moved')
    .map(({ name }) => name)
  if (changed.length > 0) return { kind: 'changed', functions: changed }
  const unnamed = Math.max(
    partOf(own, totals, 'base') - covered.base,
    partOf(own, totals, 'head') - covered.head,
  )
  if (unnamed > MOST_UNNAMED) return { kind: 'unknown', share: unnamed }
  const callers = own.flatMap(object => changedCallers(object, compared))
  return callers.length > 0 ? { kind: 'changed', functions: callers } : { kind: 'same' }
}

/** The part of a side's samples that is in the program's own files. */
function partOf(own: readonly ObjectPair[], totals: PerSide<number>, side: 'base' | 'head'): number {
  const counts = own.flatMap(object => object[side]?.profile.profile.counts ?? [])
  return totals[side] > 0 ? counts.reduce((sum, count) => sum + count, 0) / totals[side] : 0
}

/** Functions of a file that are other code now and refer to a hot function of it. */
function changedCallers(object: ObjectPair, hot: readonly HotCode[]): readonly string[] {
  const { base, head, functions } = object
  const names = new Set(hot.filter(code => code.object === object).map(({ name }) => normaliseName(name)))
  if (!base || !head || names.size === 0) return []
  if (head.view.functions.symbols.length > MOST_FUNCTIONS) return []
  return head.view.functions.symbols.flatMap((symbol, at): string[] => {
    if (names.has(normaliseName(symbol.name)) || isNameless(symbol.name)) return []
    const partner = functions.baseOf[at] ?? -1
    if (partner >= 0 && sameBytes({ base, head }, partner, at)) return []
    const code = readCode(head.view, symbol)
    const before = partner >= 0 ? readCode(base.view, base.view.functions.symbols[partner]!) : undefined
    if (!code || (before && sameCode(before, code))) return []
    return refersTo(names, [code, ...(before ? [before] : [])]) ? [symbol.name] : []
  })
}

function refersTo(names: ReadonlySet<string>, codes: readonly Code[]): boolean {
  return codes.some(({ references }) =>
    references.some(({ identity }) => identity !== undefined && names.has(identity.replace(/^import /, ''))),
  )
}

/** Equal bytes are equal code but for what they refer to, which moved with it. */
function sameBytes({ base, head }: PerSide<SideObject>, ofBase: number, ofHead: number): boolean {
  const [one, other] = [base.view.functions.symbols[ofBase]!, head.view.functions.symbols[ofHead]!]
  if (one.size !== other.size) return false
  const [a, b] = [
    base.view.elf.bytesAt(one.address, one.size),
    head.view.elf.bytesAt(other.address, other.size),
  ]
  return a.length > 0 && a.every((byte, at) => byte === b[at])
}
