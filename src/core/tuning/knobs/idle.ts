import { without } from '../../machine/cpu-list.ts'
import type { Knob } from './knob.ts'

const cStates: Knob = {
  name: 'c-states',
  unit: 'µs of exit latency allowed',
  via: 'held',
  files: ['/dev/cpu_dma_latency'],
  shape: 'number',
  grammar: /^\d{1,10}$/,
  scope: 'auto',
  // The shallowest real state rather than 0, which keeps idle SMT siblings busy in a loop while the benchmark runs.
  wish: ({ value }, scene) =>
    scene.idleLatency === undefined
      ? { leave: 'this machine shows no idle states' }
      : { set: `${Math.min(Number(value), scene.idleLatency)}` },
  needs: 'root; the kernel takes it back when the host process ends, however it ends',
  why: 'a CPU that slept deeply takes long to wake and wakes with cold caches',
  source: 'https://docs.kernel.org/power/pm_qos_interface.html',
}

const smt: Knob = {
  name: 'smt',
  unit: '0 is offline',
  via: 'file',
  files: ['/sys/devices/system/cpu/cpu*/online'],
  shape: 'number',
  grammar: /^[01]$/,
  scope: 'required',
  wish: ({ path, value }, scene) => {
    const cpu = Number(/\/cpu(\d+)\/online$/.exec(path)?.[1])
    return { set: without(scene.quiet, scene.chosen).includes(cpu) ? '0' : value }
  },
  needs: 'root; other programs lose that CPU meanwhile',
  why: 'the other thread of the core shares its caches and execution units with the benchmark',
  source: 'https://docs.kernel.org/core-api/cpu_hotplug.html',
}

/** Sleep states first; a CPU is taken offline last and comes back first, because its other settings vanish with it. */
export const idleKnobs: readonly Knob[] = [cStates]
export const smtKnobs: readonly Knob[] = [smt]
