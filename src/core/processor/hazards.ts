import { indexedWithinPage } from './cache-lines.ts'
import type { CpuModel } from './cpu.ts'
import type { CacheGeometry } from './geometry.ts'

/** What a processor has that makes the place of code matter in a way of its own. */
export type HazardId = 'jcc-erratum' | 'l1i-by-physical-page' | 'no-uop-cache' | 'small-core'

/** One such property of the processor at hand. */
export interface Hazard {
  readonly id: HazardId
  /** The core by its maker's name for it, where the table has it. */
  readonly core?: string
  /** Whether the microcode works around the erratum, which is what costs time; `unknown` where the machine names no real revision. */
  readonly workaround?: 'active' | 'missing' | 'unknown'
  /** The document that says so. */
  readonly source: string
}

const JCC_SOURCE = 'Intel 341810, "Mitigations for Jump Conditional Code Erratum"'

/**
 * Family 6, by model: the steppings of Intel's document, and the first microcode revision with the workaround (release notes of
 * microcode-20191112 in Intel's Linux processor microcode files). 0xa5 (Comet Lake S and H) came after the document with the same core.
 */
const JCC_MODELS: ReadonlyMap<
  number,
  readonly { readonly steppings: readonly number[]; readonly fixed: number }[]
> = new Map([
  [0x4e, [{ steppings: [3], fixed: 0xd4 }]],
  [
    0x55,
    [
      { steppings: [4], fixed: 0x2000065 },
      { steppings: [7], fixed: 0x500002c },
    ],
  ],
  [0x5e, [{ steppings: [3], fixed: 0xd4 }]],
  [0x8e, [{ steppings: [9, 0xa, 0xb, 0xc], fixed: 0xc6 }]],
  [0x9e, [{ steppings: [9, 0xa, 0xb, 0xd], fixed: 0xc6 }]],
  [0xa5, [{ steppings: [0, 2, 3, 5], fixed: 0 }]],
  [0xa6, [{ steppings: [0], fixed: 0xc6 }]],
  [0xae, [{ steppings: [0xa], fixed: 0xc6 }]],
])

/** What hypervisors name as the revision when they hide the host's: 1 (KVM's default) and all ones (Hyper-V, for Azure). */
const NO_REVISION = new Set([-1, 0, 1, 0xffffffff])

function jccErratum({ vendor, family, model, stepping, microcode }: CpuModel): readonly Hazard[] {
  if (vendor !== 'intel' || family !== 6) return []
  const known = JCC_MODELS.get(model)?.find(({ steppings }) => steppings.includes(stepping))
  if (!known) return []
  const workaround = NO_REVISION.has(microcode) ? 'unknown' : microcode >= known.fixed ? 'active' : 'missing'
  return [{ id: 'jcc-erratum', workaround, source: JCC_SOURCE }]
}

const INTEL_MANUAL = 'Intel 248966, optimization reference manual, Atom microarchitectures'

/** Intel's small cores by model of family 6, as arch/x86/include/asm/intel-family.h of Linux names them. None keeps decoded instructions. */
const INTEL_SMALL: ReadonlyMap<number, string> = new Map([
  ...[0x37, 0x4a, 0x4d, 0x5a, 0x5d, 0x75].map(model => [model, 'Silvermont'] as const),
  [0x4c, 'Airmont'],
  ...[0x5c, 0x5f].map(model => [model, 'Goldmont'] as const),
  [0x7a, 'Goldmont Plus'],
  ...[0x86, 0x96, 0x9c].map(model => [model, 'Tremont'] as const),
  [0xbe, 'Gracemont'],
  ...[0xaf, 0xb6].map(model => [model, 'Crestmont'] as const),
  [0xdd, 'Darkmont'],
])

/** Arm's cores by part number, as arch/arm64/include/asm/cputype.h of Linux names them, and what its manuals say of each. */
const ARM_CORES: ReadonlyMap<
  number,
  { readonly core: string; readonly small?: true; readonly decoded?: true }
> = new Map([
  [0xd03, { core: 'Cortex-A53', small: true }],
  [0xd04, { core: 'Cortex-A35', small: true }],
  [0xd05, { core: 'Cortex-A55', small: true }],
  [0xd46, { core: 'Cortex-A510', small: true }],
  [0xd80, { core: 'Cortex-A520', small: true }],
  [0xd07, { core: 'Cortex-A57' }],
  [0xd08, { core: 'Cortex-A72' }],
  [0xd09, { core: 'Cortex-A73' }],
  [0xd0a, { core: 'Cortex-A75' }],
  [0xd0b, { core: 'Cortex-A76' }],
  [0xd0c, { core: 'Neoverse N1' }],
  [0xd0d, { core: 'Cortex-A77', decoded: true }],
  [0xd41, { core: 'Cortex-A78', decoded: true }],
  [0xd44, { core: 'Cortex-X1', decoded: true }],
  [0xd40, { core: 'Neoverse V1', decoded: true }],
  [0xd49, { core: 'Neoverse N2', decoded: true }],
  [0xd4f, { core: 'Neoverse V2', decoded: true }],
])

const ARM_MANUAL = "Arm's technical reference manual and software optimization guide of the core"

/** AMD's cores before Zen: Bulldozer to Excavator, Bobcat and Jaguar. */
const firstZenFamily = 0x17

function coreHazards(cpu: CpuModel, smallOfHybrid: boolean): readonly Hazard[] {
  if (cpu.vendor === 'intel' && cpu.family === 6) {
    const core = INTEL_SMALL.get(cpu.model)
    if (core === undefined && !smallOfHybrid) return []
    const named = { ...(core !== undefined && { core }), source: INTEL_MANUAL }
    return [
      { id: 'small-core', ...named },
      { id: 'no-uop-cache', ...named },
    ]
  }
  if (cpu.vendor === 'amd' && cpu.family > 0 && cpu.family < firstZenFamily)
    return [
      { id: 'no-uop-cache', source: 'AMD 47414 and 52128, software optimization guides before family 17h' },
    ]
  const arm = cpu.vendor === 'arm' ? ARM_CORES.get(cpu.part) : undefined
  if (!arm) return []
  const named = { core: arm.core, source: ARM_MANUAL }
  return [
    ...(arm.small ? [{ id: 'small-core' as const, ...named }] : []),
    ...(arm.decoded ? [] : [{ id: 'no-uop-cache' as const, ...named }]),
  ]
}

/**
 * The hazards of the processor that a benchmark ran on, by its maker's documents: which of them a cause may rest on, and which figures mean
 * nothing there. Only Zen 4 and Zen 5, which have none of them, were run by the project itself.
 */
export function hazardsOf(
  cpu: CpuModel,
  { l1i, smallOfHybrid = false }: { readonly l1i?: CacheGeometry; readonly smallOfHybrid?: boolean } = {},
): readonly Hazard[] {
  const beyondPage = l1i !== undefined && !indexedWithinPage(l1i)
  return [
    ...jccErratum(cpu),
    ...(beyondPage
      ? [
          {
            id: 'l1i-by-physical-page' as const,
            source: `a cache of ${l1i.sizeBytes / 1024} KB with ${l1i.ways} ways`,
          },
        ]
      : []),
    ...coreHazards(cpu, smallOfHybrid),
  ]
}

/** Whether jumps on 32-byte boundaries cost time here: only the workaround makes them slow. */
export const jumpsOnBoundariesCost = (hazards: readonly Hazard[]): boolean =>
  hazards.some(({ id, workaround }) => id === 'jcc-erratum' && workaround !== 'missing')

/** A hazard in a few words, for the table of what the machine is. */
export function hazardPhrase({ id, core, workaround }: Hazard): string {
  if (id === 'jcc-erratum')
    return `jumps on 32-byte boundaries (JCC erratum, ${MICROCODE[workaround ?? 'unknown']})`
  if (id === 'l1i-by-physical-page') return 'sets of the L1 instruction cache depend on physical pages'
  return `${id === 'small-core' ? 'small core' : 'no cache of decoded instructions'}${core === undefined ? '' : ` (${core})`}`
}

const MICROCODE = {
  active: 'worked around by the microcode, which makes them slow',
  missing: 'not worked around by this microcode, so they cost nothing',
  unknown: 'the machine does not tell whether the microcode works around it',
}
