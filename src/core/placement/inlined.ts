import type { InlinedCode, InlineTable } from '../elf/dwarf/inline-table.ts'
import { normaliseName } from '../elf/names.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { HotCode } from './compare-hot.ts'
import type { ObjectPair, SideObject } from './objects.ts'

/** The inlined functions of an object on one side, where its debug information tells them. */
export type InlinesOf = (object: ObjectPair, side: Side) => InlineTable | undefined

/** What was counted in a function's code inside another one. */
export interface InlinedCost {
  readonly name: string
  /** In its own code, without that of functions inlined into it. */
  readonly own: number
  /** With them. */
  readonly whole: number
}

/** The inlined functions of a hot function's code on one side, by their names without what changes between builds; undefined where nobody knows which there are. */
function inlinedCosts(
  code: HotCode,
  side: Side,
  inlinesOf: InlinesOf | undefined,
): ReadonlyMap<string, InlinedCost> | undefined {
  const part = code.object[side]
  const symbol = code[side]?.symbol
  const table = part && symbol && !code.object.shared ? inlinesOf?.(code.object, side) : undefined
  if (!part || !symbol || !table?.known) return undefined
  const instances = table.within(symbol)
  if (!instances) return undefined
  const wholes = instances.map(instance => countIn(part, instance, symbol))
  const costs = new Map<string, InlinedCost>()
  instances.forEach((instance, at) => {
    const key = normaliseName(instance.name)
    const known = costs.get(key) ?? { name: instance.name, own: 0, whole: 0 }
    costs.set(key, {
      name: known.name,
      own: known.own + wholes[at]! - insideOf(instances, wholes, at),
      // A function inside another instance of itself is counted once.
      whole: known.whole + (isInsideItself(instances, at) ? 0 : wholes[at]!),
    })
  })
  return costs
}

function countIn(
  { profile }: SideObject,
  { ranges }: InlinedCode,
  { address, size }: { readonly address: number; readonly size: number },
): number {
  return ranges.reduce((sum, { low, high }) => {
    const [start, end] = [Math.max(low, address), Math.min(high, address + size)]
    return end > start ? sum + profile.sum(start, end).count : sum
  }, 0)
}

/** What the instances directly inside one hold: those that follow it one level deeper, up to the next that is no deeper. */
function insideOf(instances: readonly InlinedCode[], wholes: readonly number[], at: number): number {
  let sum = 0
  const { depth } = instances[at]!
  for (let next = at + 1; next < instances.length && instances[next]!.depth > depth; next++)
    if (instances[next]!.depth === depth + 1) sum += wholes[next]!
  return sum
}

function isInsideItself(instances: readonly InlinedCode[], at: number): boolean {
  let { depth } = instances[at]!
  for (let before = at - 1; before >= 0 && depth > 0; before--) {
    if (instances[before]!.depth >= depth) continue
    depth = instances[before]!.depth
    if (instances[before]!.name === instances[at]!.name) return true
  }
  return false
}

/** What is inlined into one function, on the sides of which that is known. */
export type InlinedSides = Partial<PerSide<ReadonlyMap<string, InlinedCost>>>

/** What is inlined into hot functions, on both sides. */
export type Inlined = ReadonlyMap<HotCode, InlinedSides>

/** Reads what is inlined into every hot function of the program under test. */
export function inlinedInto(hot: readonly HotCode[], inlinesOf: InlinesOf | undefined): Inlined {
  const found = new Map<HotCode, InlinedSides>()
  if (!inlinesOf) return found
  for (const code of hot) {
    const [base, head] = [inlinedCosts(code, 'base', inlinesOf), inlinedCosts(code, 'head', inlinesOf)]
    if (base || head) found.set(code, { ...(base ? { base } : {}), ...(head ? { head } : {}) })
  }
  return found
}
