/** Time of one CPU since boot, in ticks of the kernel (proc_stat(5)). */
export interface CpuTime {
  readonly cpu: number
  readonly busy: number
  readonly steal: number
  readonly total: number
}

/** Signs of disturbance at one moment; what cannot be read is absent. */
export interface Vitals {
  readonly times: readonly CpuTime[]
  /** Load average over one minute. */
  readonly load?: number
  /** Share of the last ten seconds in which something waited for it, in % (PSI, `some avg10`). */
  readonly pressure: Readonly<Partial<Record<'cpu' | 'memory' | 'io', number>>>
  /** Times that any core slowed down for heat since boot. */
  readonly throttles?: number
  /** Whether the machine runs on its battery. */
  readonly onBattery: boolean
  readonly clocksource?: string
  /** Bytes. */
  readonly memory?: { readonly total: number; readonly available: number }
}

/** Reads `/proc/stat`. */
export function parseCpuTimes(text: string): readonly CpuTime[] {
  return [...text.matchAll(/^cpu(\d+) ([\d ]+)$/gm)].map(([, cpu, numbers]) => {
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = numbers!
      .split(' ')
      .map(Number)
    const busy = user + nice + system + irq + soft
    return { cpu: Number(cpu), busy, steal, total: busy + idle + wait + steal }
  })
}

/** Reads `some avg10` of a pressure file (Documentation/accounting/psi.rst). */
export function parsePressure(text: string): number | undefined {
  const found = /^some avg10=(\d+\.\d+) /m.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** Reads total and available memory in bytes out of `/proc/meminfo`. */
export function parseMemory(text: string): { total: number; available: number } | undefined {
  const bytes = (name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
    return found === undefined ? undefined : Number(found) * 1024
  }
  const total = bytes('MemTotal')
  const available = bytes('MemAvailable')
  return total === undefined || available === undefined ? undefined : { total, available }
}
