import type { HotCode } from '../placement/compare-hot.ts'
import type { Examination } from '../placement/examine.ts'
import type { AllocationCalls, Direction, FamilyGrowth, RuntimeWork } from './evidence.ts'
import { isAllocator, type RuntimeFamily, runtimeFamily } from './runtime-family.ts'

/** Sums up hot functions of the runtime by what they are there for; samples stand for time, so that the slower side's weigh more. */
export function runtimeWork(
  { hot, totals, exact }: Examination,
  { from, to }: Direction,
  slowdown: number,
): RuntimeWork {
  const gain = (code: HotCode): number =>
    exact
      ? ((code[to]?.count ?? 0) - (code[from]?.count ?? 0)) / Math.max(1, totals[from])
      : slowdown * (code[to]?.share ?? 0) - (code[from]?.share ?? 0)
  const families: Partial<Record<RuntimeFamily, FamilyGrowth>> = {}
  for (const family of ['allocation', 'collection', 'copying'] as const) {
    const codes = hot.filter(({ name }) => runtimeFamily(name) === family)
    if (codes.length === 0) continue
    const gained = codes.filter(code => gain(code) > 0).toSorted((a, b) => gain(b) - gain(a))
    families[family] = {
      growth: codes.reduce((sum, code) => sum + gain(code), 0),
      functions: gained.map(({ name }) => name),
    }
  }
  const allocations = exact ? allocationCalls(hot, { from, to }) : undefined
  return { families, ...(allocations ? { allocations } : {}) }
}

/** An allocator's first instruction runs once a call. */
function allocationCalls(hot: readonly HotCode[], { from, to }: Direction): AllocationCalls | undefined {
  const calls = (code: HotCode, side: 'base' | 'head'): number =>
    code.object[side]?.profile.at(code[side]?.symbol.address ?? -1) ?? 0
  // Another library's allocator has the same name as the C library's: together they are called once for each allocation.
  const byName = new Map<string, AllocationCalls>()
  for (const code of hot.filter(({ name }) => isAllocator(name))) {
    const known = byName.get(code.name) ?? { allocator: code.name, from: 0, to: 0 }
    byName.set(code.name, {
      allocator: code.name,
      from: known.from + calls(code, from),
      to: known.to + calls(code, to),
    })
  }
  return [...byName.values()].toSorted((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))[0]
}
