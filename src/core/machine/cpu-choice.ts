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

/**
 * Chooses CPUs for the benchmark: isolated ones if there are any, fast cores of a hybrid processor, never the core of CPU 0 where
 * the kernel does its housekeeping (unless there is no other core), one thread per core, all in one NUMA node. None on one CPU.
 */
export function chooseCpus(topology: Topology, count = 1): CpuChoice {
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
  const chosen = cores
    .filter(cpu => cpu.node === node)
    // The highest numbers: drivers and daemons pile up on the lowest. One CPU is left to everything else.
    .slice(-Math.min(count, usable.length - 1))
  const ids = chosen.map(({ id }) => id)
  return {
    chosen: ids,
    quiet: [...new Set(chosen.flatMap(({ siblings }) => siblings))].sort((a, b) => a - b),
    because: reason(ids, { isolated: isolated.length > 0, fast: topology.fast, node }),
  }
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

function reason(
  ids: readonly number[],
  facts: { readonly isolated: boolean; readonly fast: readonly number[]; readonly node: number },
): string {
  const kinds = [
    ...(facts.isolated ? ['isolated from the scheduler'] : []),
    ...(facts.fast.length > 0 && ids.every(id => facts.fast.includes(id)) ? ['a fast core'] : []),
    ...(ids.includes(0) ? [] : ['away from CPU 0']),
    `on NUMA node ${facts.node}`,
  ]
  return `CPU ${formatCpuList(ids)}: ${kinds.join(', ')}`
}
