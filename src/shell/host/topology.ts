import type { Topology } from '../../core/machine/cpu-choice.ts'
import { parseCpuList } from '../../core/machine/cpu-list.ts'
import type { SettingsPort } from './ports.ts'

const CPU = '/sys/devices/system/cpu'

/** The CPUs of this machine as sysfs describes them; what cannot be read counts as the simplest machine. */
export function readTopology(files: Pick<SettingsPort, 'expand' | 'read'>): Topology {
  const list = (path: string): readonly number[] | undefined => {
    const read = files.read(path)
    return read.ok ? parseCpuList(read.value) : undefined
  }
  const online = list(`${CPU}/online`) ?? [0]
  const nodes = files.expand('/sys/devices/system/node/node*/cpulist').map(path => ({
    node: Number(/node(\d+)/.exec(path)![1]),
    cpus: list(path) ?? [],
  }))
  return {
    cpus: online.map(id => ({
      id,
      siblings: list(`${CPU}/cpu${id}/topology/thread_siblings_list`) ?? [id],
      node: nodes.find(({ cpus }) => cpus.includes(id))?.node ?? 0,
    })),
    allowed: readAllowed(files) ?? online,
    isolated: list(`${CPU}/isolated`) ?? [],
    fast: list('/sys/devices/cpu_core/cpus') ?? readBigCores(files),
  }
}

/** Exit latency in µs of the shallowest idle state that is not the busy loop. */
export function readIdleLatency(files: Pick<SettingsPort, 'expand' | 'read'>): number | undefined {
  const latencies = files.expand(`${CPU}/cpu0/cpuidle/state*/latency`).flatMap(path => {
    const name = files.read(path.replace(/latency$/, 'name'))
    const latency = files.read(path)
    if (!name.ok || !latency.ok) return []
    const isLoop = name.value.trim() === 'POLL'
    return !isLoop && /^\d{1,7}\s*$/.test(latency.value) ? [Number(latency.value)] : []
  })
  return latencies.length > 0 ? Math.min(...latencies) : undefined
}

function readAllowed(files: Pick<SettingsPort, 'read'>): readonly number[] | undefined {
  const status = files.read('/proc/self/status')
  const allowed = status.ok ? /^Cpus_allowed_list:\s*(\S+)$/m.exec(status.value)?.[1] : undefined
  return allowed === undefined ? undefined : parseCpuList(allowed)
}

/** The CPUs of the highest capacity where others have plainly less (Documentation/scheduler/sched-capacity.rst); favoured cores differ by less. */
function readBigCores(files: Pick<SettingsPort, 'expand' | 'read'>): readonly number[] {
  const capacities = files.expand(`${CPU}/cpu*/cpu_capacity`).flatMap(path => {
    const read = files.read(path)
    return read.ok ? [{ cpu: Number(/cpu(\d+)/.exec(path)![1]), capacity: Number(read.value) }] : []
  })
  const least = 0.85 * Math.max(...capacities.map(({ capacity }) => capacity))
  const big = capacities.filter(({ capacity }) => capacity >= least)
  return big.length < capacities.length ? big.map(({ cpu }) => cpu) : []
}
