/** What of the machine the limits of jobs depend on. */
export interface MachineRoom {
  readonly cpus: number
  readonly memoryBytes: number
  /** Free bytes of the disk that the work trees are on. */
  readonly diskBytes: number
  /** What we may not exceed ourselves, which nobody but root can raise (getrlimit(2)). */
  readonly hard?: Readonly<Partial<Record<HardLimit, number>>>
}

export type HardLimit = 'processes' | 'file size' | 'core file size'

/** The hard limits in the text of `/proc/self/limits` (proc_pid_limits(5)). */
export function readHardLimits(text: string): NonNullable<MachineRoom['hard']> {
  const of = (name: HardLimit) => {
    const hard = new RegExp(`^Max ${name}\\s+\\S+\\s+(\\d+)`, 'm').exec(text)?.[1]
    return hard === undefined ? {} : { [name]: Number(hard) }
  }
  return { ...of('processes'), ...of('file size'), ...of('core file size') }
}

/**
 * What one job and everything that it starts may take. Generous, so that no honest build reaches it, and small enough that the machine
 * survives whoever wants it all.
 */
export interface JobLimits {
  readonly memoryBytes: number
  /** Processes and threads. */
  readonly processes: number
  /** The size of one file, in memory or on disk. */
  readonly fileBytes: number
  /** What the folders of one side may hold on the disk. */
  readonly diskBytes: number
  /** Of the memory of a job that crashed: 1 writes nothing and calls no handler of the machine's, which 0 would do (core(5), fs/coredump.c). */
  readonly coreBytes: number
  /** Of queues of POSIX (mq_overview(7)), where what jobs leave of them could not be found; as the machine has it when absent. */
  readonly queueBytes?: number
  /** What must stay free of the machine's memory, where nothing separates a job's own from that of others. */
  readonly keptMemoryBytes: number
}

const MIB = 2 ** 20
const GIB = 2 ** 30

/** The limits on one machine. */
export function limitsOf({ cpus, memoryBytes, diskBytes, hard = {} }: MachineRoom): JobLimits {
  return {
    // The gate, the runner and the system live in the rest.
    memoryBytes: Math.round(memoryBytes - Math.min(memoryBytes / 8, 2 * GIB)),
    processes: atMost(hard.processes, Math.max(4096, 128 * cpus)),
    fileBytes: atMost(hard['file size'], Math.round(Math.max(GIB, diskBytes / 2))),
    diskBytes: Math.round(Math.max(GIB, diskBytes / 2)),
    coreBytes: atMost(hard['core file size'], 1),
    keptMemoryBytes: Math.round(Math.min(memoryBytes / 16, 512 * MIB)),
  }
}

const atMost = (hard: number | undefined, wanted: number): number => Math.min(hard ?? wanted, wanted)

/** How much of a disk must stay free, from what is free before the first job. */
export function keptOfDisk(free: { readonly bytes: number; readonly files: number }) {
  return {
    bytes: Math.round(Math.min(free.bytes / 10, 2 * GIB)),
    files: Math.round(Math.min(free.files / 10, 20_000)),
  }
}

/** Which limit a job reached, and how much of it there was. */
export interface RanOut {
  readonly of: 'memory' | 'machine memory' | 'disk' | 'disk use' | 'disk files' | 'processes' | 'file size'
  /** The most that a job may take, or for the machine's memory and the disk the least that has to stay free. */
  readonly limit?: number
}
