import { isColdPart, isNameless, originOf } from '../code/clone-name.ts'
import type { ElfSymbol } from '../elf/elf.ts'
import { normaliseName } from '../elf/names.ts'

/** Which symbol of the head is which symbol of the base, by their positions in address order; -1 for none. */
export interface Partners {
  readonly headOf: Int32Array
  readonly baseOf: Int32Array
}

/** Partners, and which of them bear different names. */
export interface Matching extends Partners {
  /** The pairs that were matched by their origin, since they do not bear one name: `f.constprop` and `f`. */
  readonly clones: readonly (readonly [base: number, head: number])[]
}

type Symbols = readonly ElfSymbol[]

/**
 * Matches the symbols of two builds by name. Static functions of one name are matched in their order, and by size
 * where their number differs; a clone that is left over is matched by the function it was made from, and functions
 * without names by the sizes around them.
 */
export function matchSymbols(base: Symbols, head: Symbols): Matching {
  const partners = {
    headOf: new Int32Array(base.length).fill(-1),
    baseOf: new Int32Array(head.length).fill(-1),
  }
  pairInOrder(base, head, partners)
  const byName = groupBy(head, partners.baseOf)
  for (const [name, ofBase] of groupBy(base, partners.headOf)) {
    const ofHead = byName.get(name)
    if (ofHead) for (const [one, other] of pairsOf({ base, head }, ofBase, ofHead)) pair(partners, one, other)
  }
  const clones = matchClones(base, head, partners)
  for (const [ofBase, ofHead] of [...clones, ...matchNameless(base, head, partners)])
    pair(partners, ofBase, ofHead)
  return { ...partners, clones }
}

function pair({ headOf, baseOf }: Partners, ofBase: number, ofHead: number): void {
  headOf[ofBase] = ofHead
  baseOf[ofHead] = ofBase
}

/** How far ahead the same name is looked for when the two orders part. */
const LOOK_AHEAD = 12

/** Two builds list nearly all symbols in the same order: these are paired by walking along both. */
function pairInOrder(base: Symbols, head: Symbols, partners: Partners): void {
  for (let from = 0, to = 0; from < base.length && to < head.length; ) {
    const { name } = base[from]!
    if (name === head[to]!.name) {
      if (!isNameless(name) && !isDoubtful(base, head, { from, to })) pair(partners, from, to)
      from++
      to++
      continue
    }
    const step = resume(base, head, { from, to })
    from += step.from
    to += step.to
  }
}

/** One of several neighbours of the same name, of another size: which is which is decided by size later. */
function isDoubtful(
  base: Symbols,
  head: Symbols,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const { name, size } = base[from]!
  return size !== head[to]!.size && (base[from + 1]?.name === name || head[to + 1]?.name === name)
}

/** The shortest step after which both lists agree again; past both symbols when there is none nearby. */
function resume(
  base: Symbols,
  head: Symbols,
  at: { readonly from: number; readonly to: number },
): { from: number; to: number } {
  for (let step = 1; step <= LOOK_AHEAD; step++) {
    for (let part = 0; part <= step; part++) {
      const [one, other] = [base[at.from + part], head[at.to + step - part]]
      if (one && one.name === other?.name) return { from: part, to: step - part }
    }
  }
  return { from: 1, to: 1 }
}

/** Symbols that have no partner yet, by their comparable names. */
function groupBy(symbols: Symbols, partner: Int32Array): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  symbols.forEach(({ name }, index) => {
    if (partner[index] !== -1 || isNameless(name)) return
    const key = normaliseName(name)
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  })
  return groups
}

/** Positions of one name on both sides, paired. */
function pairsOf(
  sides: { readonly base: Symbols; readonly head: Symbols },
  ofBase: readonly number[],
  ofHead: readonly number[],
): [number, number][] {
  if (ofBase.length === ofHead.length || ofBase.length * ofHead.length > 1e6) {
    return Array.from({ length: Math.min(ofBase.length, ofHead.length) }, (_, at) => [
      ofBase[at]!,
      ofHead[at]!,
    ])
  }
  return commonBySize(sides, ofBase, ofHead)
}

/** The longest common subsequence of sizes, by the usual table. */
function commonBySize(
  { base, head }: { readonly base: Symbols; readonly head: Symbols },
  ofBase: readonly number[],
  ofHead: readonly number[],
): [number, number][] {
  const width = ofHead.length + 1
  const table = new Uint32Array((ofBase.length + 1) * width)
  const equal = (i: number, j: number): boolean => base[ofBase[i]!]!.size === head[ofHead[j]!]!.size
  for (let i = ofBase.length - 1; i >= 0; i--) {
    for (let j = ofHead.length - 1; j >= 0; j--) {
      const skip = Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!)
      table[i * width + j] = equal(i, j) ? Math.max(skip, table[(i + 1) * width + j + 1]! + 1) : skip
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < ofBase.length && j < ofHead.length; ) {
    if (equal(i, j) && table[i * width + j] === table[(i + 1) * width + j + 1]! + 1)
      pairs.push([ofBase[i++]!, ofHead[j++]!])
    else if (table[(i + 1) * width + j]! >= table[i * width + j + 1]!) i++
    else j++
  }
  return pairs.length > 0 ? pairs : [[ofBase[0]!, ofHead[0]!]]
}

/** Matches clones that only one side has under that name, where their origin leaves no choice. */
function matchClones(base: Symbols, head: Symbols, { headOf, baseOf }: Partners): [number, number][] {
  const left = (symbols: Symbols, partner: Int32Array): Map<string, number[]> => {
    const groups = new Map<string, number[]>()
    symbols.forEach(({ name }, index) => {
      if (partner[index] !== -1 || isNameless(name)) return
      const key = `${isColdPart(name)} ${originOf(normaliseName(name))}`
      groups.set(key, [...(groups.get(key) ?? []), index])
    })
    return groups
  }
  const ofHead = left(head, baseOf)
  return Array.from(left(base, headOf)).flatMap(([key, ofBase]): [number, number][] => {
    const candidates = ofHead.get(key) ?? []
    return ofBase.length === 1 && candidates.length === 1 ? [[ofBase[0]!, candidates[0]!]] : []
  })
}

/**
 * Pairs functions of stripped files, of which only bounds are known and which have no partner: first those whose own size and both
 * neighbours' sizes occur once on each side, then, from these outwards, neighbours of equal size, then those whose
 * own size occurs once.
 */
function matchNameless(
  base: readonly ElfSymbol[],
  head: readonly ElfSymbol[],
  { headOf, baseOf }: Partners,
): [number, number][] {
  const [ofBase, ofHead] = [namelessOf(base, headOf), namelessOf(head, baseOf)]
  if (ofBase.length === 0 || ofHead.length === 0) return []
  const headAt = new Int32Array(ofBase.length).fill(-1)
  const taken = new Uint8Array(ofHead.length)
  const takeUnique = (reach: 0 | 1): void => {
    const once = positionsOfUnique(head, ofHead, reach)
    for (const [key, at] of positionsOfUnique(base, ofBase, reach)) {
      const partner = once.get(key) ?? -1
      if (partner < 0 || headAt[at] !== -1 || taken[partner]) continue
      headAt[at] = partner
      taken[partner] = 1
    }
  }
  takeUnique(1)
  const equal = (at: number, partner: number): boolean =>
    partner >= 0 &&
    partner < ofHead.length &&
    !taken[partner] &&
    base[ofBase[at]!]!.size === head[ofHead[partner]!]!.size
  const extend = (at: number, step: 1 | -1): void => {
    const neighbour = headAt[at - step] ?? -1
    if (headAt[at] !== -1 || neighbour < 0 || !equal(at, neighbour + step)) return
    headAt[at] = neighbour + step
    taken[neighbour + step] = 1
  }
  for (let at = 1; at < headAt.length; at++) extend(at, 1)
  for (let at = headAt.length - 2; at >= 0; at--) extend(at, -1)
  takeUnique(0)
  return ofBase.flatMap((index, at): [number, number][] =>
    headAt[at]! >= 0 ? [[index, ofHead[headAt[at]!]!]] : [],
  )
}

function namelessOf(symbols: readonly ElfSymbol[], partner: Int32Array): number[] {
  const indexes: number[] = []
  for (let index = 0; index < symbols.length; index++)
    if (partner[index] === -1 && isNameless(symbols[index]!.name)) indexes.push(index)
  return indexes
}

/** Positions by the sizes of a function and, within reach, its neighbours, where these occur once. */
function positionsOfUnique(
  symbols: readonly ElfSymbol[],
  indexes: readonly number[],
  reach: 0 | 1,
): Map<string, number> {
  const size = (at: number): number => symbols[indexes[at] ?? -1]?.size ?? 0
  const seen = new Map<string, number>()
  for (let at = 0; at < indexes.length; at++) {
    const key = reach === 0 ? `${size(at)}` : `${size(at - 1)} ${size(at)} ${size(at + 1)}`
    seen.set(key, seen.has(key) ? -1 : at)
  }
  return new Map([...seen].filter(([, at]) => at >= 0))
}
