import type { CounterProbe } from '../../src/core/counters/probe.ts'
import type { BenchmarkPlan } from '../../src/core/model/plan.ts'

/** A plain benchmark that is timed. */
export const SAMPLE_PLAN: BenchmarkPlan = {
  name: 'bench',
  command: './bench',
  format: { kind: 'wall' },
  unit: 's',
  better: 'lower',
  metric: 'time',
  threshold: 0.05,
  budgetSeconds: 60,
  timeoutSeconds: 30,
}

const cache = { sizeBytes: 32768, ways: 8, lineBytes: 64 }

/** A machine on which nothing can be counted and only the caches are known. */
export const BARE_PROBE: CounterProbe = {
  cpu: { vendor: 'intel', family: 6, model: 44, stepping: 2, microcode: 0x1f, part: -1, name: 'Xeon X5680' },
  mostHertz: 100_000,
  units: [{ name: 'cpu' }],
  hardware: false,
  roles: [],
  geometry: { l1i: cache, l1d: cache, ll: cache, from: 'sysfs' },
  hazards: [],
  geometryLimitations: [],
  limitations: [],
}
