import type { SymbolIndex } from '../code/symbol-index.ts'
import type { CodeAddress } from '../counters/call-table.ts'
import type { Profile } from '../counters/profile.ts'
import type { PerSide, Side } from '../model/side.ts'
import { costsOn } from '../placement/hot.ts'
import type { ObjectPair } from '../placement/objects.ts'

/** A function of either side; the same on both where they were matched. */
export interface CalledFunction {
  readonly symbol: string
  readonly object: string
}

/** Who called whom on one side, by keys that name the same function on both sides. */
export interface CallGraph {
  readonly total: number
  readonly functions: ReadonlyMap<string, CalledFunction>
  /** What was counted in a function itself. */
  readonly self: ReadonlyMap<string, number>
  /** What was counted below each callee of a function. */
  readonly callees: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** The call graphs of both sides; undefined where a side's profile does not say who called whom. */
export function callGraphs(
  objects: readonly ObjectPair[],
  profiles: PerSide<Profile>,
): PerSide<CallGraph> | undefined {
  if (!profiles.base.calls?.length || !profiles.head.calls?.length) return undefined
  return { base: graphOn('base', objects, profiles.base), head: graphOn('head', objects, profiles.head) }
}

function graphOn(side: Side, objects: readonly ObjectPair[], profile: Profile): CallGraph {
  const functions = new Map<string, CalledFunction>()
  const self = new Map<string, number>()
  const callees = new Map<string, Map<string, number>>()
  const opened = new Map(
    objects.flatMap((object, at) => {
      const path = object[side]?.profile.profile.object
      return path === undefined ? [] : [[path, { object, at }] as const]
    }),
  )
  /** The key of a function, which is made known by it; by the file where that was not opened or no symbol names the code. */
  const keyOf = (path: string, index: number): string => {
    const known = opened.get(path)
    const { key, ...named } =
      known && index >= 0 ? functionAt(known, side, index) : fileAt(path, known?.object.name ?? path)
    if (!functions.has(key)) functions.set(key, named)
    return key
  }
  const keyAt = ({ object, address }: CodeAddress): string => {
    const view = opened.get(object)?.object[side]?.view
    return keyOf(object, view ? indexAt(view.functions, address) : -1)
  }
  addSelf(side, objects, { profile, keyOf, self })
  for (const { from, to, cost } of profile.calls ?? []) {
    const [caller, callee] = [keyAt(from), keyAt(to)]
    if (caller === callee) continue
    const called = callees.get(caller) ?? new Map<string, number>()
    callees.set(caller, called.set(callee, (called.get(callee) ?? 0) + cost))
  }
  return { total: profile.total, functions, self, callees }
}

/** Adds what was counted in each function, and in each file what is in none. */
function addSelf(
  side: Side,
  objects: readonly ObjectPair[],
  to: {
    readonly profile: Profile
    readonly keyOf: (path: string, index: number) => string
    readonly self: Map<string, number>
  },
): void {
  const { profile, keyOf, self } = to
  const costs = costsOn(side, objects, profile.total)
  const inFunctions = new Map<string, number>()
  const add = (key: string, count: number) => self.set(key, (self.get(key) ?? 0) + count)
  for (const [object, byIndex] of costs) {
    const path = object[side]!.profile.profile.object
    for (const [index, { count }] of byIndex) {
      add(keyOf(path, index), count)
      inFunctions.set(path, (inFunctions.get(path) ?? 0) + count)
    }
  }
  for (const { object, counts } of profile.objects) {
    const rest = counts.reduce((sum, each) => sum + each, 0) - (inFunctions.get(object) ?? 0)
    if (rest > 0) add(keyOf(object, -1), rest)
  }
}

interface Known extends CalledFunction {
  readonly key: string
}

/** A function of the head keeps its position there; one that only the base has, its own. */
function functionAt(
  { object, at }: { readonly object: ObjectPair; readonly at: number },
  side: Side,
  index: number,
): Known {
  const partner = side === 'base' ? (object.functions.headOf[index] ?? -1) : index
  const symbol =
    partner >= 0 && object.head
      ? object.head.view.functions.symbols[partner]!
      : object[side]!.view.functions.symbols[index]!
  const key = partner >= 0 ? `${at} head ${partner}` : `${at} base ${index}`
  return { key, symbol: symbol.name, object: object.name }
}

/** By the name that both sides share: the path in the work tree, or that of a system library. */
function fileAt(path: string, name: string): Known {
  return { key: `file ${name}`, symbol: `[${path.slice(path.lastIndexOf('/') + 1)}]`, object: name }
}

/** The position of the function that holds an address, -1 where none does. */
function indexAt({ symbols, lastUpTo }: SymbolIndex, address: number): number {
  const last = lastUpTo(address)
  for (let index = last; index >= 0 && index > last - 4; index--) {
    const { address: start, size } = symbols[index]!
    if (address < start + Math.max(size, 1)) return index
  }
  return -1
}
