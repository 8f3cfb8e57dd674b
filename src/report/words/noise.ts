import { formatCpuList } from '../../core/machine/cpu-list.ts'
import type { Noise } from '../../core/machine/noise.ts'
import { percent } from '../../core/text/figures.ts'

const WAITED_FOR = {
  cpu: { name: 'a CPU', advice: 'let fewer jobs run on this machine' },
  memory: { name: 'memory', advice: 'add memory, or let fewer jobs run on this machine' },
  io: { name: 'input and output', advice: 'find what reads or writes so much (pidstat -d 1)' },
} as const

/** What disturbs the machine and what to do about it. */
export function describeNoise(noise: Noise): string {
  switch (noise.rule) {
    case 'held':
      return `Another perf-verdict run holds this machine (${noise.holder}); measure one job at a time.`
    case 'busy': {
      const load = noise.load === undefined ? '' : ` (load ${noise.load} on ${noise.cpus} CPUs)`
      return `The CPUs are ${percent(noise.share)} busy${load} though nothing is being measured yet; stop other jobs, timers and services on this machine.`
    }
    case 'chosen-busy':
      return `CPU ${formatCpuList(noise.cpus)}, where the benchmark is to run, is ${percent(noise.share)} busy; move what runs there away, or isolate that CPU (isolcpus).`
    case 'siblings-busy':
      return `CPU ${formatCpuList(noise.cpus)}, the other thread of the benchmark's core, is ${percent(noise.share)} busy; add smt to tune, or switch SMT off in the firmware.`
    case 'pressure': {
      const { name, advice } = WAITED_FOR[noise.on]
      return `Programs waited for ${name} in ${Math.round(noise.share * 100)} % of the last ten seconds; ${advice}.`
    }
    case 'steal':
      return `The hypervisor took ${percent(noise.share)} of the CPU time away for its other guests; use a dedicated machine or instance.`
    case 'throttling':
      return 'The processor is slowing down for heat right now; let it cool, and check its fans.'
    case 'throttled':
      return `The processor has slowed down for heat ${noise.times} times since the boot; check its cooling, or switch turbo off.`
    case 'battery':
      return 'The machine runs on its battery, which slows it down; connect it to power.'
    case 'slow-clock':
      return `The clock source is ${noise.clocksource}, which makes every reading of the time slow; find out why the kernel gave up the TSC (dmesg | grep -i tsc).`
    case 'little-memory':
      return `Only ${Math.round(noise.availableBytes / 2 ** 20)} MiB of memory are available, so files fall out of the page cache; free some, or add more.`
  }
}
