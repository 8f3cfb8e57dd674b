import type { ElfSymbol } from '../elf/elf.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { ObjectPair, SideObject } from './objects.ts'
import type { Cost } from './profile-index.ts'

/** A function with what was counted in it on one side. */
export interface FunctionCost extends Cost {
  readonly symbol: ElfSymbol
  /** Part of everything that was counted on that side, 0 to 1. */
  readonly share: number
}

/** A function that is hot on at least one side; a side is absent where the function does not exist. */
export interface HotPair {
  readonly object: ObjectPair
  readonly base?: FunctionCost
  readonly head?: FunctionCost
}

const HOT_SHARE = 0.01
const COVER_SHARE = 0.99
/** Beyond this many functions a profile is so flat that none of them decides anything. */
const MOST_FUNCTIONS = 400

/**
 * The functions that make up 99 % of what was counted, and all with at least 1 %, on either side, hottest first;
 * `covered` says which part of the counts is in functions that could be named.
 */
export function findHot(
  objects: readonly ObjectPair[],
  totals: PerSide<number>,
  costs: PerSide<Costs>,
): { readonly hot: readonly HotPair[]; readonly covered: PerSide<number> } {
  const pairs = objects.flatMap(object => pairsOf(object, totals, costs))
  const chosen = new Set([...coverage(pairs, 'base'), ...coverage(pairs, 'head')])
  const named = (side: Side): number => pairs.reduce((sum, pair) => sum + (pair[side]?.share ?? 0), 0)
  return {
    hot: [...chosen].sort((a, b) => greatestShare(b) - greatestShare(a)).slice(0, MOST_FUNCTIONS),
    covered: { base: named('base'), head: named('head') },
  }
}

/** The larger of a function's shares on the two sides. */
export function greatestShare(pair: HotPair): number {
  return Math.max(pair.base?.share ?? 0, pair.head?.share ?? 0)
}

function coverage(pairs: readonly HotPair[], side: Side): HotPair[] {
  const sorted = pairs
    .filter(pair => (pair[side]?.count ?? 0) > 0)
    .sort((a, b) => b[side]!.share - a[side]!.share)
  let covered = 0
  return sorted.filter(pair => {
    const { share } = pair[side]!
    const wanted = covered < COVER_SHARE || share >= HOT_SHARE
    covered += share
    return wanted
  })
}

/** Every function of an object that ran on either side, with its partner whether that ran or not. */
function pairsOf(object: ObjectPair, totals: PerSide<number>, costs: PerSide<Costs>): HotPair[] {
  const { base, head, functions } = object
  const pairs: HotPair[] = []
  const paired = new Set<number>()
  for (const [index, cost] of costs.base.get(object) ?? []) {
    const partner = functions.headOf[index] ?? -1
    if (partner >= 0) paired.add(partner)
    pairs.push({
      object,
      base: cost,
      ...(head && partner >= 0 ? { head: costAt(head, partner, totals.head) } : {}),
    })
  }
  for (const [index, cost] of costs.head.get(object) ?? []) {
    if (paired.has(index)) continue
    const partner = functions.baseOf[index] ?? -1
    pairs.push({
      object,
      head: cost,
      ...(base && partner >= 0 ? { base: costAt(base, partner, totals.base) } : {}),
    })
  }
  return pairs
}

/** What was counted in each function that ran on one side, by object file and by the function's position in it. */
export type Costs = ReadonlyMap<ObjectPair, ReadonlyMap<number, FunctionCost>>

/** Sums up one side's counts by function; files that the side does not have are absent. */
export function costsOn(side: Side, objects: readonly ObjectPair[], total: number): Costs {
  const costs = new Map<ObjectPair, ReadonlyMap<number, FunctionCost>>()
  for (const object of objects) if (object[side]) costs.set(object, costsOf(object[side], total))
  return costs
}

/** Walks addresses and functions side by side. */
function costsOf(side: SideObject, total: number): Map<number, FunctionCost> {
  const { addresses } = side.profile.profile
  const { symbols } = side.view.functions
  const costs = new Map<number, FunctionCost>()
  let next = 0
  for (let index = 0; index < symbols.length && next < addresses.length; index++) {
    const { address, size } = symbols[index]!
    while (next < addresses.length && addresses[next]! < address) next++
    if (next < addresses.length && addresses[next]! < address + size)
      costs.set(index, costAt(side, index, total))
  }
  return costs
}

function costAt(side: SideObject, index: number, total: number): FunctionCost {
  const symbol = side.view.functions.symbols[index]!
  const cost = side.profile.sum(symbol.address, symbol.address + symbol.size)
  return { ...cost, symbol, share: total > 0 ? cost.count / total : 0 }
}
