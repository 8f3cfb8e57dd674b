import { percent } from '../text/figures.ts'
import { formatCpuList } from './cpu-list.ts'
import type { Vitals } from './vitals.ts'

/** What the two looks are judged by. */
export interface NoiseScene {
  /** CPUs for the benchmark. */
  readonly chosen: readonly number[]
  /** The other threads of their cores. */
  readonly siblings: readonly number[]
  /** Who else holds the machine. */
  readonly holder?: string
}

/** Clock sources that are read by a slow device access at every call. */
const SLOW_CLOCKS = ['hpet', 'acpi_pm', 'jiffies', 'pit', 'refined-jiffies']

/** What disturbs the machine, seen in two looks a moment apart: a sentence each, with what to do about it. */
export function findNoise(before: Vitals, after: Vitals, scene: NoiseScene): readonly string[] {
  return [
    ...(scene.holder === undefined
      ? []
      : [`Another perf-verdict run holds this machine (${scene.holder}); measure one job at a time.`]),
    ...findBusyCpus(before, after, scene),
    ...findPressure(after),
    ...findSteal(before, after),
    ...findHeat(before, after),
    ...(after.onBattery
      ? ['The machine runs on its battery, which slows it down; connect it to power.']
      : []),
    ...(SLOW_CLOCKS.includes(after.clocksource ?? '')
      ? [
          `The clock source is ${after.clocksource}, which makes every reading of the time slow; find out why the kernel gave up the TSC (dmesg | grep -i tsc).`,
        ]
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

function findBusyCpus(before: Vitals, after: Vitals, { chosen, siblings }: NoiseScene): readonly string[] {
  const all = shareOf(before, after)?.busy ?? 0
  const target = shareOf(before, after, chosen)?.busy ?? 0
  const beside = shareOf(before, after, siblings)?.busy ?? 0
  const load = after.load === undefined ? '' : ` (load ${after.load} on ${after.times.length} CPUs)`
  return [
    ...(all > 0.25
      ? [
          `The CPUs are ${percent(all)} busy${load} though nothing is being measured yet; stop other jobs, timers and services on this machine.`,
        ]
      : []),
    ...(chosen.length > 0 && target > 0.1
      ? [
          `CPU ${formatCpuList(chosen)}, where the benchmark is to run, is ${percent(target)} busy; move what runs there away, or isolate that CPU (isolcpus).`,
        ]
      : []),
    ...(siblings.length > 0 && beside > 0.1
      ? [
          `CPU ${formatCpuList(siblings)}, the other thread of the benchmark's core, is ${percent(beside)} busy; add smt to tune, or switch SMT off in the firmware.`,
        ]
      : []),
  ]
}

function findPressure({ pressure }: Vitals): readonly string[] {
  const advice = {
    cpu: 'let fewer jobs run on this machine',
    memory: 'add memory, or let fewer jobs run on this machine',
    io: 'find what reads or writes so much (pidstat -d 1)',
  } as const
  const limits = { cpu: 10, memory: 1, io: 10 } as const
  return (['cpu', 'memory', 'io'] as const).flatMap(what => {
    const waited = pressure[what] ?? 0
    const name = what === 'io' ? 'input and output' : what === 'cpu' ? 'a CPU' : 'memory'
    return waited > limits[what]
      ? [`Programs waited for ${name} in ${Math.round(waited)} % of the last ten seconds; ${advice[what]}.`]
      : []
  })
}

function findSteal(before: Vitals, after: Vitals): readonly string[] {
  const steal = shareOf(before, after)?.steal ?? 0
  return steal > 0.01
    ? [
        `The hypervisor took ${percent(steal)} of the CPU time away for its other guests; use a dedicated machine or instance.`,
      ]
    : []
}

function findHeat(before: Vitals, after: Vitals): readonly string[] {
  const now = (after.throttles ?? 0) - (before.throttles ?? 0)
  if (now > 0) return ['The processor is slowing down for heat right now; let it cool, and check its fans.']
  return (after.throttles ?? 0) > 0
    ? [
        `The processor has slowed down for heat ${after.throttles} times since the boot; check its cooling, or switch turbo off.`,
      ]
    : []
}

function findMemory({ memory }: Vitals): readonly string[] {
  if (!memory || memory.available >= Math.max(0.1 * memory.total, 512 * 2 ** 20)) return []
  const free = Math.round(memory.available / 2 ** 20)
  return [
    `Only ${free} MiB of memory are available, so files fall out of the page cache; free some, or add more.`,
  ]
}
