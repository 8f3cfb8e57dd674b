/** The processor as `/proc/cpuinfo` names it; numbers are -1 where the file does not say. */
export interface CpuModel {
  readonly vendor: 'intel' | 'amd' | 'arm' | 'other'
  readonly family: number
  readonly model: number
  readonly stepping: number
  /** Revision of the microcode; virtual machines often name one that is none. */
  readonly microcode: number
  /** ARM's part number (MIDR bits 4–15), for example 0xd0c for Neoverse N1. */
  readonly part: number
  readonly name: string
}

/** Reads a processor of `/proc/cpuinfo` (x86 and arm64 forms): the one with that number, else the first. */
export function readCpu(cpuinfo: string, number?: number): CpuModel {
  const all = cpuinfo.split(/\n[ \t]*\n/)
  return readBlock(
    all.find(block => new RegExp(`^processor[ \\t]*:[ \\t]*${number}$`, 'm').test(block)) ?? cpuinfo,
  )
}

function readBlock(cpuinfo: string): CpuModel {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}[ \\t]*:[ \\t]*(.+)$`, 'im').exec(cpuinfo)?.[1]?.trim()
  const number = (name: string): number => {
    const value = Number(field(name) ?? '')
    return field(name) !== undefined && Number.isSafeInteger(value) ? value : -1
  }
  const maker = field('vendor_id')
  const implementer = field('CPU implementer')
  const vendor =
    maker === 'GenuineIntel'
      ? 'intel'
      : maker === 'AuthenticAMD' || maker === 'HygonGenuine'
        ? 'amd'
        : implementer !== undefined
          ? 'arm'
          : 'other'
  return {
    vendor,
    family: number('cpu family'),
    model: number('model'),
    stepping: number('stepping'),
    microcode: number('microcode'),
    part: implementer === '0x41' ? number('CPU part') : -1,
    name: field('model name') ?? (implementer ? `ARM part ${field('CPU part') ?? 'unknown'}` : 'unknown'),
  }
}

const HIGHEST_CPU = 8191

/** The CPUs of a list such as `0-3,8`; empty for what is no list. */
export function cpuList(text: string): readonly number[] {
  const cpus: number[] = []
  for (const part of text.trim().split(',')) {
    const match = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part.trim())
    if (!match) return []
    const first = Number(match[1])
    const last = Math.min(Number(match[2] ?? match[1]), HIGHEST_CPU)
    for (let cpu = first; cpu <= last; cpu++) cpus.push(cpu)
  }
  return cpus
}
