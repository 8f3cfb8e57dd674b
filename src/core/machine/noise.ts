import type { Vitals } from './vitals.ts'

/** What the two looks are judged by. */
export interface CpuRoles {
  /** CPUs for the benchmark. */
  readonly chosen: readonly number[]
  /** The other threads of their cores. */
  readonly siblings: readonly number[]
  /** Who else holds the machine. */
  readonly holder?: string
}

/** One thing that disturbs the machine, with its figures (shares from 0 to 1); the report says it and what to do about it. */
export type Noise =
  | { readonly rule: 'held'; readonly holder: string }
  | { readonly rule: 'busy'; readonly share: number; readonly cpus: number; readonly load?: number }
  | {
      readonly rule: 'chosen-busy' | 'siblings-busy'
      readonly share: number
      readonly cpus: readonly number[]
    }
  | { readonly rule: 'pressure'; readonly on: 'cpu' | 'memory' | 'io'; readonly share: number }
  | { readonly rule: 'steal'; readonly share: number }
  | { readonly rule: 'throttling' }
  | { readonly rule: 'throttled'; readonly times: number }
  | { readonly rule: 'battery' }
  | { readonly rule: 'slow-clock'; readonly clocksource: string }
  | { readonly rule: 'little-memory'; readonly availableBytes: number }

/** Clock sources that are read by a slow device access at every call. */
const SLOW_CLOCKS = ['hpet', 'acpi_pm', 'jiffies', 'pit', 'refined-jiffies']

/** What disturbs the machine, seen in two looks a moment apart. */
export function findNoise(before: Vitals, after: Vitals, scene: CpuRoles): readonly Noise[] {
  return [
    ...(scene.holder === undefined ? [] : [{ rule: 'held', holder: scene.holder } as const]),
    ...findBusyCpus(before, after, scene),
    ...findPressure(after),
    ...findSteal(before, after),
    ...findHeat(before, after),
    ...(after.onBattery ? [{ rule: 'battery' } as const] : []),
    ...(after.clocksource !== undefined && SLOW_CLOCKS.includes(after.clocksource)
      ? [{ rule: 'slow-clock', clocksource: after.clocksource } as const]
      : []),
    ...findMemory(after),
  ]
}

interface Share {
  readonly busy: number
  readonly steal: number
}

/** Shares of the time between two looks, over some CPUs; undefined when no time passed for them. */
function shareOf(before: Vitals, after: Vitals, cpus?: readonly number[]): Share | undefined {
  let [busy, steal, total] = [0, 0, 0]
  for (const later of after.times) {
    const earlier = before.times.find(({ cpu }) => cpu === later.cpu)
    if (!earlier || (cpus && !cpus.includes(later.cpu))) continue
    busy += later.busy - earlier.busy
    steal += later.steal - earlier.steal
    total += later.total - earlier.total
  }
  return total > 0 ? { busy: busy / total, steal: steal / total } : undefined
}

function findBusyCpus(before: Vitals, after: Vitals, { chosen, siblings }: CpuRoles): readonly Noise[] {
  const all = shareOf(before, after)?.busy ?? 0
  const target = shareOf(before, after, chosen)?.busy ?? 0
  const sibling = shareOf(before, after, siblings)?.busy ?? 0
  return [
    ...(all > 0.25
      ? [
          {
            rule: 'busy' as const,
            share: all,
            cpus: after.times.length,
            ...(after.load === undefined ? {} : { load: after.load }),
          },
        ]
      : []),
    ...(chosen.length > 0 && target > 0.1
      ? [{ rule: 'chosen-busy', share: target, cpus: chosen } as const]
      : []),
    ...(siblings.length > 0 && sibling > 0.1
      ? [{ rule: 'siblings-busy', share: sibling, cpus: siblings } as const]
      : []),
  ]
}

function findPressure({ pressure }: Vitals): readonly Noise[] {
  const limits = { cpu: 10, memory: 1, io: 10 } as const
  return (['cpu', 'memory', 'io'] as const).flatMap(on => {
    const waited = pressure[on] ?? 0
    return waited > limits[on] ? [{ rule: 'pressure', on, share: waited / 100 } as const] : []
  })
}

function findSteal(before: Vitals, after: Vitals): readonly Noise[] {
  const steal = shareOf(before, after)?.steal ?? 0
  return steal > 0.01 ? [{ rule: 'steal', share: steal }] : []
}

function findHeat(before: Vitals, after: Vitals): readonly Noise[] {
  const now = (after.throttles ?? 0) - (before.throttles ?? 0)
  if (now > 0) return [{ rule: 'throttling' }]
  const times = after.throttles ?? 0
  return times > 0 ? [{ rule: 'throttled', times }] : []
}

function findMemory({ memory }: Vitals): readonly Noise[] {
  if (!memory || memory.available >= Math.max(0.1 * memory.total, 512 * 2 ** 20)) return []
  return [{ rule: 'little-memory', availableBytes: memory.available }]
}
