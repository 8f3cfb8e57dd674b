import { type CpuChoice, chooseCpus, type Topology } from '../core/machine/cpu-choice.ts'
import type { Scene } from '../core/tuning/knobs/knob.ts'
import { readIdleLatency, readTopology } from '../shell/host/topology.ts'
import type { HostWorld } from '../shell/host/world.ts'

/** The CPUs that a hold would choose now, and what the wishes of the knobs depend on. */
export function readScene({ settings, client }: Pick<HostWorld, 'settings' | 'client'>): {
  readonly scene: Scene
  readonly choice: CpuChoice
  readonly topology: Topology
} {
  const topology = readTopology(settings)
  const choice = chooseCpus(topology)
  const idleLatency = readIdleLatency(settings)
  const scene: Scene = {
    online: topology.cpus.map(({ id }) => id),
    chosen: choice.chosen,
    quiet: choice.quiet,
    asRoot: client.isRoot(),
    ...(idleLatency === undefined ? {} : { idleLatency }),
  }
  return { scene, choice, topology }
}
