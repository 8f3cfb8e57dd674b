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
  | 'priority'
  | 'real-time'
  | 'cpuset-controller'
  | 'cpuset'
  | 'smt'

/**
 * How a setting is changed: `file` by one write, journaled; `held` by keeping a device open, which the kernel undoes when the
 * holder dies; `client` by a right lent to the process that asked, which ends with it; `service` by stopping a unit, journaled;
 * `group` by making a cgroup, journaled; `guard` is never changed by us but by another knob, and restored after it.
 */
export type Mechanism = 'file' | 'held' | 'client' | 'service' | 'group' | 'guard'

/** How the text of a file is understood; `choice` is `always [madvise] never`, `cpuset` whether a list of controllers has that one. */
export type Shape = 'word' | 'choice' | 'number' | 'mask' | 'list' | 'cpuset'

/** One file of a knob as found: its value in plain form, and the files next to it. */
export interface SettingReading {
  readonly path: string
  readonly value: string
  /** For `choice`: every word offered. */
  readonly choices: readonly string[]
  /** Values of the files named in `related`, where they exist. */
  readonly related: Readonly<Record<string, string>>
}

/** What the wanted values depend on in addition to the file itself. */
export interface TuningContext {
  readonly online: readonly number[]
  /** CPUs for the benchmark; empty when pinning is not possible. */
  readonly chosen: readonly number[]
  /** The chosen CPUs and their SMT siblings: what interrupts and kernel workers are kept away from. */
  readonly quiet: readonly number[]
  /** Exit latency in µs of the shallowest idle state that is not a busy loop. */
  readonly idleLatency?: number
  /** Whether the benchmark is started by root, who can move it into a group. */
  readonly asRoot: boolean
}

/** The value to set (the found one: nothing to do), or why the setting is left alone. */
export type Wish = { readonly set: string } | { readonly leave: string }

/** Where a wish that needs a CPU of its own ends on a machine without one. */
export const NO_CPU: Wish = { leave: 'no CPU could be set apart for the benchmark' }

/** One setting of the system: where it is, what is wanted, what that needs, and why it helps. */
export interface Knob {
  readonly name: KnobName
  readonly unit: string
  readonly via: Mechanism
  /** Patterns of absolute paths, best first: the first that matches a file is taken; `*` stands for a number. */
  readonly files: readonly string[]
  /** Files to read along; `{dir}` is the folder of the file and `{n}` the number in its path. */
  readonly related?: Readonly<Record<string, string>>
  readonly shape: Shape
  /** A file to write 1 to first where restoring has no effect: the master switch of several settings. */
  readonly master?: string
  /** What a value may look like, in the journal and in a write. */
  readonly grammar: RegExp
  /** `auto` is set whenever possible, `required` only by `tune: required` or by name, `named` only by name. */
  readonly scope: 'auto' | 'required' | 'named'
  /** The knob that this one goes with: it cannot be named by itself, and is set and restored around that one. */
  readonly goesWith?: KnobName
  wish(found: SettingReading, scene: TuningContext): Wish
  /** Whether the present value still counts as set by us though it is neither the found one nor the one we set. */
  isOurs?(present: string, setting: KnobSetting): boolean
  readonly needs: string
  readonly why: string
  readonly source: string
}

/** Whether the kernel puts the setting back by itself, so that no journal needs to name it. */
export function healsItself({ via }: Pick<Knob, 'via'>): boolean {
  return via === 'held' || via === 'client'
}

/** One change of one file or service: the unit of the journal. */
export interface KnobSetting {
  readonly knob: KnobName
  readonly path: string
  readonly found: string
  readonly set: string
}
