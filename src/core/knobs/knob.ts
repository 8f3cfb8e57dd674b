/** The name of a setting of the system, as users write it in `tune`. */
export type KnobName =
  | 'governor'
  | 'min-frequency'
  | 'min-perf-pct'
  | 'turbo'
  | 'c-states'
  | 'irqbalance'
  | 'irq-affinity'
  | 'default-irq-affinity'
  | 'workqueues'
  | 'aslr'
  | 'thp'
  | 'khugepaged'
  | 'ksm'
  | 'numa-balancing'
  | 'swappiness'
  | 'compaction'
  | 'stat-interval'
  | 'nmi-watchdog'
  | 'soft-watchdog'
  | 'perf-sample-rate'
  | 'perf-paranoid'
  | 'smt'

/**
 * How a setting is changed: `file` by one write, journaled; `held` by keeping a device open, which the kernel undoes when the
 * holder dies; `service` by stopping a unit, journaled; `guard` is never changed by us but by another knob, and put back after it.
 */
export type Via = 'file' | 'held' | 'service' | 'guard'

/** How the text of a file is understood; `choice` is `always [madvise] never`. */
export type Shape = 'word' | 'choice' | 'number' | 'mask' | 'list'

/** One file of a knob as found: its value in plain form, and what lies beside it. */
export interface Reading {
  readonly path: string
  readonly value: string
  /** For `choice`: every word offered. */
  readonly choices: readonly string[]
  /** Values of the files named in `beside`, where they exist. */
  readonly beside: Readonly<Record<string, string>>
}

/** What the wanted values depend on besides the file itself. */
export interface Scene {
  readonly online: readonly number[]
  /** CPUs for the benchmark; empty when pinning is not possible. */
  readonly chosen: readonly number[]
  /** The chosen CPUs and their SMT siblings: what interrupts and kernel workers are kept away from. */
  readonly quiet: readonly number[]
  /** Exit latency in µs of the shallowest idle state that is not a busy loop. */
  readonly idleLatency?: number
}

/** The value to set (the found one: nothing to do), or why the setting is left alone. */
export type Wish = { readonly set: string } | { readonly leave: string }

/** One setting of the system: where it is, what is wanted, what that needs, and why it helps. */
export interface Knob {
  readonly name: KnobName
  readonly unit: string
  readonly via: Via
  /** Patterns of absolute paths, best first: the first that matches a file is taken; `*` stands for a number. */
  readonly files: readonly string[]
  /** Files to read along; `{dir}` is the folder of the file and `{n}` the number in its path. */
  readonly beside?: Readonly<Record<string, string>>
  readonly shape: Shape
  /** What a value may look like, in the journal and in a write. */
  readonly grammar: RegExp
  /** `auto` is set whenever possible, `required` only by `tune: required` or by name. */
  readonly scope: 'auto' | 'required'
  wish(found: Reading, scene: Scene): Wish
  /** Whether the present value still counts as ours though it is neither the found one nor the one we set. */
  isOurs?(present: string, setting: Setting): boolean
  readonly needs: string
  readonly why: string
  readonly source: string
}

/** One change of one file or service: the unit of the journal. */
export interface Setting {
  readonly knob: KnobName
  readonly path: string
  readonly found: string
  readonly set: string
}
