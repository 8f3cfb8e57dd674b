import type { Evidence, NewCall } from '../../evidence/evidence.ts'
import { isAllocator, runtimeFamily } from '../../evidence/runtime-family.ts'
import type { Side } from '../../model/side.ts'

/** From this part of the additional instructions or time on, allocating or copying is worth a sentence. */
const PART = 0.2

/** What allocating memory takes of the difference, and how often it was done. */
export interface AllocationFigures {
  readonly slower: Side
  /** Part of the additional instructions (of the additional time, where it was sampled) in the allocator. */
  readonly allocation: number
  /** The same of the collector. */
  readonly collection: number
  readonly functions: readonly string[]
  readonly allocator?: string
  /** Calls of it on each side in the run that was counted, or in one iteration where it has iterations. */
  readonly base?: number
  readonly head?: number
  readonly perIteration?: boolean
  /** The changed function that allocates anew, and how often each time it runs. */
  readonly caller?: string
  readonly perCall?: number
}

/** The additional instructions allocate and collect memory. */
export function allocatesMore(evidence: Evidence) {
  const { growth = 0, tolerance, explained, examination } = evidence
  if (!examination?.exact || growth <= tolerance || explained < LEAST_EXPLAINED) return undefined
  return allocationFigures(evidence, growth)
}

const LEAST_EXPLAINED = 0.05

/** The additional time, as sampled, goes into allocating and collecting, and code that the pull request changes ran. */
export function timeInAllocator(evidence: Evidence) {
  const { slowdown, examination, changed } = evidence
  if (!examination || examination.exact || slowdown <= 1) return undefined
  if (!changed.some(({ touched }) => touched === 'yes' || touched === 'maybe')) return undefined
  return allocationFigures(evidence, slowdown - 1)
}

/** The additional instructions copy or fill memory. */
export function copiesMore({ runtime, growth = 0, tolerance, examination, to }: Evidence) {
  const copying = runtime?.families.copying
  if (!examination?.exact || growth <= tolerance || !copying || copying.growth < PART * growth)
    return undefined
  return { slower: to, part: Math.min(1, copying.growth / growth), functions: copying.functions }
}

function allocationFigures(evidence: Evidence, all: number): AllocationFigures | undefined {
  const { runtime, to, calls, iterations } = evidence
  const { allocation, collection } = runtime?.families ?? {}
  const part = (growth = 0) => Math.min(1, Math.max(0, growth / all))
  if (part((allocation?.growth ?? 0) + (collection?.growth ?? 0)) < PART) return undefined
  const found = runtime?.allocations
  const each = iterations ?? 1
  const [base, head] = to === 'head' ? [found?.from, found?.to] : [found?.to, found?.from]
  return {
    slower: to,
    allocation: part(allocation?.growth),
    collection: part(collection?.growth),
    functions: [...(allocation?.functions ?? []), ...(collection?.functions ?? [])],
    ...(found && base !== undefined && head !== undefined
      ? { allocator: found.allocator, base: base / each, head: head / each }
      : {}),
    ...(found && iterations ? { perIteration: true } : {}),
    ...newAllocation(calls, to),
  }
}

/** The first changed function that calls an allocator on the slower side only. */
function newAllocation(calls: readonly NewCall[], to: Side): Pick<AllocationFigures, 'caller' | 'perCall'> {
  const wanted = calls.filter(({ on, callee }) => on === to && runtimeFamily(callee) === 'allocation')
  const found = wanted.find(({ callee }) => isAllocator(callee)) ?? wanted[0]
  if (!found) return {}
  return { caller: found.caller, ...(found.perCall === undefined ? {} : { perCall: found.perCall }) }
}
