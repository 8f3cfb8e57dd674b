/** What decides whether a machine can gate, and on what. */
export interface ReadinessFacts {
  /** CPUs that can be set apart for the benchmark. */
  readonly chosenCpus: number
  readonly virtual: boolean
  /** Whether the host process can tune the machine. */
  readonly tunable: boolean
  /** What disturbs the machine right now, a sentence each. */
  readonly noise: readonly string[]
  /** `none` where code of a pull request cannot be kept apart. */
  readonly isolation: string
  readonly hardwareCounters: boolean
  /** Whether perf is refused now, and a gate may lower kernel.perf_event_paranoid while it measures. */
  readonly countersWhileTuned?: boolean
  /** Whether there is a PMU that perf may not use. */
  readonly countersClosed?: boolean
  readonly simulation: boolean
  /** Programs that are not installed, with the Debian package that has each. */
  readonly missing: readonly { readonly name: string; readonly debian: string; readonly required: boolean }[]
}

/** What a machine is good for: gating on time, gating on instructions alone, or not yet anything. */
export interface Readiness {
  readonly verdict: 'times' | 'instructions' | 'not-ready'
  /** The metric to gate on here; absent where the machine is not ready. */
  readonly metric?: 'time' | 'instructions'
  /** Why, a sentence each. */
  readonly because: readonly string[]
  /** One line to paste that installs what is missing. */
  readonly install?: string
}

/** Judges a machine by what it can do now; the caller keeps the facts with it. */
export function readinessOf(facts: ReadinessFacts): Readiness {
  const { missing } = facts
  const packages = [...new Set(missing.map(({ debian }) => debian))]
  const install = packages.length > 0 ? { install: `sudo apt-get install -y ${packages.join(' ')}` } : {}
  const blockers = blockersOf(facts)
  if (blockers.length > 0) return { verdict: 'not-ready', because: blockers, ...install }
  const against = againstTimes(facts)
  if (against.length === 0) return { verdict: 'times', metric: 'time', because: remarks(facts), ...install }
  if (facts.hardwareCounters || facts.countersWhileTuned || facts.simulation) {
    const how =
      facts.hardwareCounters || facts.countersWhileTuned ? 'counted by hardware' : 'simulated by valgrind'
    const says = `Instructions can be ${how}; they do not depend on what else runs, and say nothing of caches, branches or placement.`
    return { verdict: 'instructions', metric: 'instructions', because: [...against, says], ...install }
  }
  const remedy =
    facts.chosenCpus > 0
      ? 'Install valgrind to gate on instructions while it is busy.'
      : 'Install valgrind to gate on instructions here, or use a machine with two CPUs or more.'
  return { verdict: 'not-ready', because: [...against, remedy], ...install }
}

function blockersOf({ missing, isolation }: ReadinessFacts): readonly string[] {
  const required = missing.filter(({ required }) => required)
  return [
    ...required.map(({ name, debian }) => `${name} is not installed; install the package ${debian}.`),
    ...(isolation === 'none'
      ? [
          'Code of a pull request cannot be kept apart from the runner here; install bubblewrap and allow user namespaces, or run as root.',
        ]
      : []),
  ]
}

function againstTimes({ chosenCpus, noise }: ReadinessFacts): readonly string[] {
  return [
    ...(chosenCpus === 0 ? ['No CPU can be set apart for the benchmark.'] : []),
    ...(noise.length > 0 ? [BUSY, ...(chosenCpus > 0 ? [CPU_TIME] : [])] : []),
  ]
}

const BUSY =
  'Other programs disturb this machine right now; stop them and ask again, because it may be ready for times when it is quiet.'
const CPU_TIME =
  'Where they cannot be stopped, metric: cpu-time suffers less from them than time does; it is blind to waiting, locks and lost parallelism.'

const WHILE_TUNED =
  'Hardware counters are closed to this user now; a gate that tunes opens them while it measures, and finds out then what they count.'

const CLOSED =
  'Hardware counters are closed to this user, so causes rest on simulated counts; what opens them is below, with what can be counted.'

function remarks(facts: ReadinessFacts): readonly string[] {
  const { virtual, tunable, hardwareCounters, countersWhileTuned, countersClosed } = facts
  const without = countersClosed ? CLOSED : 'No hardware counters: causes rest on simulated counts.'
  return [
    'A CPU can be set apart for the benchmark, and nothing disturbs it now.',
    ...(tunable ? [] : ['This user cannot tune the machine, so small changes need more rounds.']),
    ...(virtual ? ['This is a virtual machine, so neighbours may disturb it unseen.'] : []),
    ...(hardwareCounters ? [] : [countersWhileTuned ? WHILE_TUNED : without]),
  ]
}
