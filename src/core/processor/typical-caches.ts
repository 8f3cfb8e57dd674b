import type { CpuModel } from './cpu.ts'
import type { CacheGeometry, Geometry } from './geometry.ts'

const cache = (kilobytes: number, ways: number): CacheGeometry => ({
  sizeBytes: kilobytes * 1024,
  ways,
  lineBytes: 64,
})

interface KnownCore {
  readonly matches: (cpu: CpuModel) => boolean
  readonly l1i: CacheGeometry
  readonly l1d: CacheGeometry
}

/** Arm part numbers (MIDR) of cores whose first-level caches are 64 KB, 4 ways: A76, N1, V1, A78, N2, V2, N3, V3. */
const ARM_64K_4WAY = new Set([0xd0b, 0xd0c, 0xd40, 0xd41, 0xd49, 0xd4f, 0xd8e, 0xd84])

/** First-level caches by maker's documentation, for machines whose kernel does not tell them; only Zen 5 was checked on hardware. */
const KNOWN_CORES: readonly KnownCore[] = [
  {
    matches: cpu => cpu.vendor === 'amd' && cpu.family === 0x17 && cpu.model < 0x30,
    l1i: cache(64, 4),
    l1d: cache(32, 8),
  },
  { matches: cpu => cpu.vendor === 'amd' && cpu.family === 0x1a, l1i: cache(32, 8), l1d: cache(48, 12) },
  { matches: cpu => cpu.vendor === 'amd' && cpu.family >= 0x17, l1i: cache(32, 8), l1d: cache(32, 8) },
  { matches: cpu => cpu.vendor === 'intel' && cpu.family === 6, l1i: cache(32, 8), l1d: cache(32, 8) },
  { matches: cpu => ARM_64K_4WAY.has(cpu.part), l1i: cache(64, 4), l1d: cache(64, 4) },
  { matches: cpu => cpu.part === 0xd07 || cpu.part === 0xd08, l1i: cache(48, 3), l1d: cache(32, 2) },
  { matches: cpu => cpu.part === 0xd03, l1i: cache(32, 2), l1d: cache(32, 4) },
]

/** The caches to simulate when the machine tells none: those of its make, or the most common ones. */
export function typicalCaches(cpu: CpuModel): Geometry & { readonly known: boolean } {
  const core = KNOWN_CORES.find(({ matches }) => matches(cpu))
  return {
    l1i: core?.l1i ?? cache(32, 8),
    l1d: core?.l1d ?? cache(32, 8),
    ll: cache(1024, 8),
    from: 'table',
    known: core !== undefined,
  }
}
