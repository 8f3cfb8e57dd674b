import type { Knob } from './knob.ts'

const DOC = 'https://docs.kernel.org/admin-guide/sysctl/kernel.html'

const aslr: Knob = {
  name: 'aslr',
  unit: '0, 1 or 2',
  via: 'file',
  files: ['/proc/sys/kernel/randomize_va_space'],
  shape: 'number',
  grammar: /^[012]$/,
  scope: 'auto',
  // Kept on: many processes sample many layouts, so the median does not rest on one. Counting switches it off per process.
  wish: () => ({ set: '2' }),
  needs: 'root, and only where it was switched off',
  why: 'every process gets another layout of stack and heap, so no single lucky one decides',
  source: `${DOC}#randomize-va-space`,
}

/**
 * The umbrella file kernel.watchdog follows these two by itself, so it is not touched. But whoever reads it while both are off switches it
 * off (proc_watchdog_common in kernel/watchdog.c keeps what it showed), and then neither can be switched on before it is. It was on where
 * one of these was found on.
 */
const WATCHDOG = '/proc/sys/kernel/watchdog'

const nmiWatchdog: Knob = {
  name: 'nmi-watchdog',
  unit: '0 or 1',
  via: 'file',
  files: ['/proc/sys/kernel/nmi_watchdog'],
  master: WATCHDOG,
  shape: 'number',
  grammar: /^[01]$/,
  scope: 'auto',
  wish: () => ({ set: '0' }),
  needs: 'root',
  why: 'it occupies one hardware counter of every CPU, and its interrupts come at random times',
  source: `${DOC}#nmi-watchdog`,
}

const softWatchdog: Knob = {
  name: 'soft-watchdog',
  unit: '0 or 1',
  via: 'file',
  files: ['/proc/sys/kernel/soft_watchdog'],
  master: WATCHDOG,
  shape: 'number',
  grammar: /^[01]$/,
  scope: 'auto',
  wish: () => ({ set: '0' }),
  needs: 'root',
  why: 'no watchdog timer fires on the CPU of the benchmark',
  source: `${DOC}#soft-watchdog`,
}

const sampleRate: Knob = {
  name: 'perf-sample-rate',
  unit: 'samples per second',
  via: 'file',
  files: ['/proc/sys/kernel/perf_event_max_sample_rate'],
  shape: 'number',
  grammar: /^\d{1,9}$/,
  scope: 'auto',
  // Raised only: a low rate saves nothing while counting and throttles the gate's sampling.
  wish: ({ value }) => ({ set: `${Math.max(100_000, Number(value))}` }),
  // The kernel lowers it by itself when a sample takes too long.
  isOurs: (present, { set }) => Number(present) < Number(set),
  needs: 'root',
  why: 'perf record can sample as often as it asks to',
  source: `${DOC}#perf-event-max-sample-rate`,
}

const paranoid: Knob = {
  name: 'perf-paranoid',
  unit: '-1 to 4',
  via: 'file',
  files: ['/proc/sys/kernel/perf_event_paranoid'],
  shape: 'number',
  grammar: /^-?\d$/,
  scope: 'auto',
  // 2 is what counting user code of one's own processes takes; anything lower would weaken the kernel while foreign code runs.
  wish: ({ value }) => ({ set: `${Math.min(2, Number(value))}` }),
  needs: 'root; CAP_PERFMON on perf makes it unnecessary',
  why: 'perf may count the instructions and cache misses of the benchmark',
  source: 'https://docs.kernel.org/admin-guide/perf-security.html',
}

/** Settings of the kernel proper; their order does not matter. */
export const kernelKnobs: readonly Knob[] = [aslr, nmiWatchdog, softWatchdog, sampleRate, paranoid]
