import type { Flame } from '../model/explanation.ts'
import { type PerSide, SIDES, type Side } from '../model/side.ts'
import type { CalledFunction, CallGraph } from './call-graph.ts'

/** Frames below this part of either side are part of their caller. */
const LEAST_SHARE = 0.002
const MOST_FRAMES = 800
const DEEPEST = 100

/** A frame while the tree grows. */
interface Node {
  readonly parent: number
  readonly key: string
  readonly depth: number
  readonly weights: PerSide<number>
}

/**
 * Call stacks out of two call graphs, grown together from the functions that nobody calls. A call graph does not say which callee belongs
 * to which caller's caller, so that each function's callees share its cost alike under every caller (as gprof's do: Graham, Kessler and
 * McKusick 1982); a call back into the stack is part of the frame it comes from.
 */
export function growFlame(graphs: PerSide<CallGraph>, unit: Flame['unit']): Flame {
  const nodes: Node[] = []
  const shareOf = ({ weights }: Node): number =>
    Math.max(...SIDES.map(side => (graphs[side].total > 0 ? weights[side] / graphs[side].total : 0)))
  // Most costly first, so that a limit cuts off what matters least.
  let open = childrenOf(rootsOf(graphs), { parent: -1, depth: 0 })
  while (nodes.length < MOST_FRAMES) {
    const next = mostOf(open, shareOf)
    if (!next || shareOf(next) < LEAST_SHARE) break
    open = open.filter(node => node !== next)
    const at = nodes.push(next) - 1
    if (next.depth >= DEEPEST) continue
    const stack = stackOf(nodes, at)
    const below = weightsBelow(graphs, next, stack)
    const children = childrenOf(below, { parent: at, depth: next.depth + 1 })
    open.push(...children.filter(child => shareOf(child) >= LEAST_SHARE))
  }
  return written(nodes, graphs, unit)
}

function mostOf(nodes: readonly Node[], shareOf: (node: Node) => number): Node | undefined {
  let best: Node | undefined
  for (const node of nodes) if (!best || shareOf(node) > shareOf(best)) best = node
  return best
}

type Weights = PerSide<ReadonlyMap<string, number>>

function childrenOf(weights: Weights, at: { readonly parent: number; readonly depth: number }): Node[] {
  const keys = new Set([...weights.base.keys(), ...weights.head.keys()])
  return Array.from(keys, key => ({
    ...at,
    key,
    weights: { base: weights.base.get(key) ?? 0, head: weights.head.get(key) ?? 0 },
  }))
}

/** What is counted in and below each function that is not called from elsewhere as often as that. */
function rootsOf(graphs: PerSide<CallGraph>): Weights {
  const on = (side: Side): ReadonlyMap<string, number> => {
    const { self, callees, functions, total } = graphs[side]
    const own = new Map<string, number>()
    const add = (key: string, cost: number) => own.set(key, (own.get(key) ?? 0) + cost)
    for (const key of functions.keys()) add(key, self.get(key) ?? 0)
    for (const [caller, called] of callees)
      for (const [callee, cost] of called) {
        add(caller, cost)
        add(callee, -cost)
      }
    const roots = [...own].filter(([, cost]) => cost > 0)
    const rooted = roots.reduce((sum, [, cost]) => sum + cost, 0)
    // What is counted twice in recursion is not there twice.
    const scale = rooted > total ? total / rooted : 1
    return new Map(roots.map(([key, cost]) => [key, cost * scale]))
  }
  return { base: on('base'), head: on('head') }
}

/** How a frame's cost is shared among itself and its callees; what stays is its own. */
function weightsBelow(graphs: PerSide<CallGraph>, node: Node, stack: ReadonlySet<string>): Weights {
  const on = (side: Side): ReadonlyMap<string, number> => {
    const { self, callees } = graphs[side]
    const called = [...(callees.get(node.key) ?? [])].filter(([callee]) => !stack.has(callee))
    const all = called.reduce((sum, [, cost]) => sum + cost, self.get(node.key) ?? 0)
    return new Map(all > 0 ? called.map(([callee, cost]) => [callee, (node.weights[side] * cost) / all]) : [])
  }
  return { base: on('base'), head: on('head') }
}

function stackOf(nodes: readonly Node[], from: number): ReadonlySet<string> {
  const stack = new Set<string>()
  for (let at = from; at >= 0; at = nodes[at]!.parent) stack.add(nodes[at]!.key)
  return stack
}

/** Callers before callees, and among callees the most costly first. */
function written(nodes: readonly Node[], graphs: PerSide<CallGraph>, unit: Flame['unit']): Flame {
  const below = new Map<number, number[]>()
  for (const [at, { parent }] of nodes.entries()) below.set(parent, [...(below.get(parent) ?? []), at])
  const functions: CalledFunction[] = []
  const positions = new Map<string, number>()
  const functionOf = (key: string): number => {
    const known = positions.get(key)
    if (known !== undefined) return known
    positions.set(key, functions.length)
    functions.push((graphs.head.functions.get(key) ?? graphs.base.functions.get(key))!)
    return functions.length - 1
  }
  const frames: (readonly [number, number, number, number])[] = []
  const heat = (at: number): number => nodes[at]!.weights.base + nodes[at]!.weights.head
  const write = (at: number, parent: number): void => {
    const { key, weights } = nodes[at]!
    const written = frames.push([parent, functionOf(key), Math.round(weights.base), Math.round(weights.head)])
    for (const child of ordered(below.get(at) ?? [])) write(child, written - 1)
  }
  const ordered = (children: readonly number[]) => children.toSorted((a, b) => heat(b) - heat(a))
  for (const root of ordered(below.get(-1) ?? [])) write(root, -1)
  return { unit, totals: { base: graphs.base.total, head: graphs.head.total }, functions, frames }
}
