import type { Limitation } from '../../core/model/report.ts'
import type { CpuModel } from '../../core/processor/cpu.ts'
import type { Geometry } from '../../core/processor/geometry.ts'
import { formatGeometry, type GeometryOverride, withOverride } from '../../core/processor/geometry.ts'
import { cachesFromSysfs } from '../../core/processor/sysfs-caches.ts'
import { typicalCaches } from '../../core/processor/typical-caches.ts'
import { assumedGeometry } from '../../report/limitations/counting.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import { cacheFoldersOfLibrary, readCacheFolders } from '../../shell/profilers/cache-geometry.ts'

export interface GeometrySources {
  readonly sysfs: string
  readonly pinnedCpu: number
  readonly cpu: CpuModel
  readonly override?: GeometryOverride
}

/** The caches to simulate: the user's, else the kernel's, else the C library's, else those usual for the processor, with what to say of a guess. */
export async function findGeometry(
  tools: ToolPort,
  { sysfs, pinnedCpu, cpu, override }: GeometrySources,
): Promise<{ readonly geometry: Geometry; readonly limitations: readonly Limitation[] }> {
  const kernel = cachesFromSysfs(await readCacheFolders(sysfs, pinnedCpu))
  const library = kernel.l1i && kernel.l1d ? {} : cachesFromSysfs(await cacheFoldersOfLibrary(tools))
  const typical = typicalCaches(cpu)
  const found = {
    l1i: kernel.l1i ?? library.l1i ?? typical.l1i,
    l1d: kernel.l1d ?? library.l1d ?? typical.l1d,
    ll: kernel.ll ?? library.ll ?? typical.ll,
    from: kernel.l1i ? 'sysfs' : library.l1i ? 'getconf' : 'table',
  }
  const geometry = withOverride(found, override)
  if (found.from !== 'table' || override?.l1i) return { geometry, limitations: [] }
  return {
    geometry,
    limitations: [assumedGeometry(typical.known ? cpu.name : undefined, formatGeometry(geometry.l1i))],
  }
}
