import type { Knob, SettingReading, Wish } from './knob.ts'

const CPUFREQ = '/sys/devices/system/cpu/cpufreq/policy*'
const OLD_CPUFREQ = '/sys/devices/system/cpu/cpu*/cpufreq'

const governor: Knob = {
  name: 'governor',
  unit: 'name of a cpufreq governor',
  via: 'file',
  files: [`${CPUFREQ}/scaling_governor`, `${OLD_CPUFREQ}/scaling_governor`],
  related: { offered: '{dir}/scaling_available_governors' },
  shape: 'word',
  grammar: /^[a-z_]{1,32}$/,
  scope: 'auto',
  wish: ({ related }) =>
    (related.offered ?? 'performance').split(/\s+/).includes('performance')
      ? { set: 'performance' }
      : { leave: 'the driver does not offer the performance governor' },
  needs: 'root and a cpufreq driver',
  why: 'the clock does not wait for the load to be noticed, so the first milliseconds of a run are as fast as the last',
  source: 'https://docs.kernel.org/admin-guide/pm/cpufreq.html',
}

const minPerfPct: Knob = {
  name: 'min-perf-pct',
  unit: '% of the highest performance',
  via: 'guard',
  goesWith: 'turbo',
  files: ['/sys/devices/system/cpu/intel_pstate/min_perf_pct'],
  shape: 'number',
  grammar: /^\d{1,3}$/,
  scope: 'auto',
  wish: ({ value }) => ({ set: value }),
  // Switching turbo off squashes this value and switching it on does not bring it back (intel_pstate.c, store_no_turbo).
  isOurs: (present, { found }) => Number(present) < Number(found),
  needs: 'root and the intel_pstate driver',
  why: 'it is only watched: switching turbo off lowers it, and it is restored after turbo',
  source: 'https://docs.kernel.org/admin-guide/pm/intel_pstate.html',
}

const turbo: Knob = {
  name: 'turbo',
  unit: 'no_turbo: 1 is off; boost: 0 is off',
  via: 'file',
  files: [
    '/sys/devices/system/cpu/intel_pstate/no_turbo',
    '/sys/devices/system/cpu/cpufreq/boost',
    `${CPUFREQ}/boost`,
  ],
  shape: 'number',
  grammar: /^[01]$/,
  scope: 'auto',
  wish: ({ path }) => ({ set: path.endsWith('/no_turbo') ? '1' : '0' }),
  needs: 'root and a driver that can switch it (intel_pstate, acpi-cpufreq, amd-pstate)',
  why: 'boost clocks follow temperature and the load of the other cores, which no two runs share',
  source: 'https://docs.kernel.org/admin-guide/pm/cpufreq.html#the-boost-file-in-sysfs',
}

const minFrequency: Knob = {
  name: 'min-frequency',
  unit: 'kHz',
  via: 'file',
  files: [`${CPUFREQ}/scaling_min_freq`, `${OLD_CPUFREQ}/scaling_min_freq`],
  related: {
    base: '{dir}/base_frequency',
    steps: '{dir}/scaling_available_frequencies',
    nominal: '/sys/devices/system/cpu/cpu{n}/acpi_cppc/nominal_freq',
    most: '{dir}/scaling_max_freq',
  },
  shape: 'number',
  grammar: /^\d{1,9}$/,
  scope: 'auto',
  wish: wishMinFrequency,
  needs: 'root and a driver that says its base frequency',
  why: 'the clock is held at the highest speed that it can keep without turbo',
  source: 'https://docs.kernel.org/admin-guide/pm/cpufreq.html',
}

/** The base frequency, never a boost clock: the kernel would clamp that with turbo off, and we could not recognise a clamped value to put it back. */
function wishMinFrequency({ value, related }: SettingReading): Wish {
  const base =
    whole(related.base) ??
    highest(related.steps) ??
    // CPPC speaks in MHz (Documentation/admin-guide/acpi/cppc_sysfs.rst).
    (whole(related.nominal) === undefined ? undefined : whole(related.nominal)! * 1000)
  if (base === undefined) return { leave: 'the driver does not say its base frequency' }
  const most = whole(related.most) ?? base
  return { set: `${Math.max(Number(value), Math.min(base, most))}` }
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

function highest(text: string | undefined): number | undefined {
  const steps = (text ?? '').split(/\s+/).flatMap(step => whole(step) ?? [])
  return steps.length > 0 ? Math.max(...steps) : undefined
}

/** In the order of setting: a new governor may switch turbo on again, so it comes before; the watched value comes before what moves it. */
export const frequencyKnobs: readonly Knob[] = [governor, minFrequency, minPerfPct, turbo]
