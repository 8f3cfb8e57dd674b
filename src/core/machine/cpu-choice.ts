import { formatCpuList, without } from './cpu-list.ts'

/** One online CPU as the kernel describes it. */
export interface Cpu {
  readonly id: number
  /** The threads of its core, itself included. */
  readonly siblings: readonly number[]
  readonly node: number
}

/** What a choice of CPUs depends on. */
export interface Topology {
  readonly cpus: readonly Cpu[]
  /** CPUs that our processes may use (cgroup and affinity). */
  readonly allowed: readonly number[]
  /** CPUs that the scheduler leaves alone: `isolcpus=` or an isolated cpuset partition. */
  readonly isolated: readonly number[]
  /** The fast cores of a hybrid processor; empty when all are alike. */
  readonly fast: readonly number[]
}

/** CPUs for the benchmark, what is to be kept quiet around them, and why these. */
export interface CpuChoice {
  readonly chosen: readonly number[]
  readonly quiet: readonly number[]
  readonly because: string
}

/** How many CPUs a benchmark is given. */
export type CpuCount = number | 'all'

/**
 * Chooses CPUs for the benchmark: isolated ones if there are any, fast cores of a hybrid processor, never the core of CPU 0 where
 * the kernel does its housekeeping (unless there is no other core), one thread per core, all in one NUMA node. Where more are asked for
 * than these, others of the same kind are added, then second threads, then what is left; CPU 0 comes last. None on one CPU.
 */
export function chooseCpus(topology: Topology, count: CpuCount = 1): CpuChoice {
  const usable = topology.cpus.filter(({ id }) => topology.allowed.includes(id))
  if (usable.length < 2) {
    return {
      chosen: [],
      quiet: [],
      because: 'this machine lends us only one CPU, which everything else needs too',
    }
  }
  const isolated = usable.filter(({ id }) => topology.isolated.includes(id))
  const pool = isolated.length > 0 ? isolated : prefer(usable, ({ id }) => topology.fast.includes(id))
  const housekeeping = topology.cpus.find(({ id }) => id === 0)?.siblings ?? [0]
  const away = prefer(
    prefer(pool, ({ id }) => id !== 0),
    ({ id }) => !housekeeping.includes(id),
  )
  const cores = firstThreads(away)
  const node = largestNode(cores)
  const rest = usable.filter(({ id }) => id !== 0)
  const tiers = [cores.filter(cpu => cpu.node === node), cores, away, pool, firstThreads(rest), rest, usable]
  const wanted = count === 'all' ? usable.length : Math.min(count, usable.length)
  const chosen = takeFrom(tiers, wanted)
  const ids = chosen.map(({ id }) => id).sort((a, b) => a - b)
  return {
    chosen: ids,
    quiet: [...new Set(chosen.flatMap(({ siblings }) => siblings))].sort((a, b) => a - b),
    because: reason(chosen, topology.fast, isolated),
  }
}

/** So many CPUs from the first tiers that have them; the highest numbers, since drivers and daemons pile up on the lowest. */
function takeFrom(tiers: readonly (readonly Cpu[])[], count: number): readonly Cpu[] {
  const taken = new Set<Cpu>()
  for (const tier of tiers) for (const cpu of tier.toReversed()) if (taken.size < count) taken.add(cpu)
  return [...taken]
}

/** The CPUs of the quiet cores that stay idle while measuring. */
export function idleSiblings(choice: CpuChoice): readonly number[] {
  return without(choice.quiet, choice.chosen)
}

function prefer(cpus: readonly Cpu[], wanted: (cpu: Cpu) => boolean): readonly Cpu[] {
  const preferred = cpus.filter(wanted)
  return preferred.length > 0 ? preferred : cpus
}

function firstThreads(cpus: readonly Cpu[]): readonly Cpu[] {
  const ids = cpus.map(({ id }) => id)
  return cpus.filter(({ id, siblings }) => !siblings.some(other => other < id && ids.includes(other)))
}

function largestNode(cpus: readonly Cpu[]): number {
  const sizes = new Map<number, number>()
  for (const { node } of cpus) sizes.set(node, (sizes.get(node) ?? 0) + 1)
  const most = Math.max(...sizes.values())
  return Math.max(...[...sizes].filter(([, size]) => size === most).map(([node]) => node))
}

function reason(chosen: readonly Cpu[], fast: readonly number[], isolated: readonly Cpu[]): string {
  const ids = chosen.map(({ id }) => id).sort((a, b) => a - b)
  const nodes = [...new Set(chosen.map(({ node }) => node))].sort((a, b) => a - b)
  const kinds = [
    ...(chosen.every(cpu => isolated.includes(cpu)) ? ['isolated from the scheduler'] : []),
    ...(fast.length > 0 && ids.every(id => fast.includes(id)) ? ['a fast core'] : []),
    ...(ids.includes(0) ? [] : ['away from CPU 0']),
    `on NUMA node ${formatCpuList(nodes)}`,
  ]
  return `CPU ${formatCpuList(ids)}: ${kinds.join(', ')}`
}
