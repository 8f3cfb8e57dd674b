import type { NetworkUse } from '../sandbox/network.ts'
import type { SourceError } from '../text/compiler-error.ts'
import type { AnnotatedCode } from './annotated-code.ts'
import type { Counters } from './counters.ts'
import type { Cause, Displacer, Flame, HotFunction, Suspect, Touched } from './explanation.ts'
import type { Metric } from './metric.ts'
import type { Policies } from './policies.ts'
import type { PerSide, Side } from './side.ts'
import type { Trials } from './trials.ts'

/** What is reported of one benchmark. Only `faster` and `unchanged` (and `new`, `removed`) let a gate pass. */
export type Decision =
  | 'slower'
  | 'faster'
  | 'unchanged'
  | 'undecided'
  /** Not slower as built, but slower over random layouts: a luckier layout hides more work. */
  | 'masked'
  | 'unmeasured'
  | 'new'
  | 'removed'

/** What is reported of the whole run. */
export type Verdict = 'pass' | 'fail' | 'undecided' | 'error'

/** Something that could not be done, and what was done instead; not an error. Each is a whole sentence, and they are read one after the other. */
export interface Limitation {
  readonly what: string
  readonly instead: string
  /** Whether a reviewer has to read it above the table, because a pass rests on what was left out. */
  readonly above?: true
}

/** The measured values of one benchmark on one side, in its unit, in the order they were taken. */
export interface Series {
  readonly median: number
  readonly samples: readonly number[]
  /** The step in which the values move, in their unit; absent where they are counts or were measured by the gate. */
  readonly step?: number
  /** The step of the last printed digit, where it is finer than that: the clock behind the values is a coarse one. */
  readonly digit?: number
}

/** The median of the paired ratios head/base with its interval; 1 is no change, 1.7 is 70 % more. */
export interface Change {
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** The confidence of the interval, for example 0.99; it holds at every look. */
  readonly confidence: number
}

/** What the CPU time of the timed runs shows, user and system, of the run and all its children. */
export interface CpuTimeReport {
  /** Median seconds of a run. */
  readonly base: number
  readonly head: number
  /** CPU time over wall time: how many CPUs a run kept busy on average. */
  readonly busyCpus: PerSide<number>
  readonly change?: Change
  /** The answer for this row alone; it decides nothing. */
  readonly shows: 'slower' | 'faster' | 'unchanged' | 'undecided'
}

/** Base against a second copy of itself. */
export interface Control {
  readonly ratio: number
  /** The interval; absent while there were too few rounds for one. */
  readonly low?: number
  readonly high?: number
  readonly fit: boolean
  /** The control's values, in the order they were taken; with the samples of both sides they repeat the decision. */
  readonly samples?: readonly number[]
}

/** Which measurement decides: in the layouts that the linker chose, over random ones, or the worse of both. */
export type GateOn = 'as-built' | 'layouts' | 'both'

/** The same benchmark measured the other way: as it was built, or in a fresh random layout for every run. */
export interface OtherMeasurement {
  readonly how: 'as-built' | 'over-layouts'
  readonly gateOn: GateOn
  readonly decision: Extract<Decision, 'slower' | 'faster' | 'unchanged' | 'undecided' | 'unmeasured'>
  readonly reason?: string
  readonly change?: Change
  readonly base?: Series
  readonly head?: Series
  readonly control?: Control
  readonly rounds: number
  readonly lostRounds?: number
  readonly linker?: string
}

/** Where a benchmark came from, by the history of the default branch. */
export interface Trend {
  /** Levels of the last commits over that of the newest, oldest first; 1.1 was a tenth slower (or more) than now. */
  readonly levels: readonly number[]
  /** The default branch against the last release, compared directly. */
  readonly since?: { readonly called: string; readonly ratio: number }
  /** Where the whole history is shown. */
  readonly link?: string
}

/** A gain that a commit of the default branch owed to where its code was placed, and that a later commit loses. */
export interface LostLuck {
  readonly commit: string
  readonly title: string
  /** What that commit gained, as a ratio. */
  readonly ratio: number
  /** The level now over that before the gain. */
  readonly net: number
  /** Whether it is shown that nothing but luck was lost, so that the check does not count it. */
  readonly excused: boolean
}

/** A line that one side prints in every run, and the other side in none. */
export interface OtherOutput {
  readonly base?: string
  readonly head?: string
}

/** Everything the report says of one benchmark. */
export interface BenchmarkReport {
  readonly name: string
  readonly unit: string
  readonly threshold: number
  readonly floor?: number
  readonly better: 'lower' | 'higher'
  readonly metric: Metric
  readonly decision: Decision
  /** One sentence why, where the decision alone does not say it (undecided, unmeasured, new, removed). */
  readonly reason?: string
  readonly base?: Series
  readonly head?: Series
  readonly change?: Change
  readonly control?: Control
  readonly cpuTime?: CpuTimeReport
  /** Only with `layouts: rounds`. */
  readonly other?: OtherMeasurement
  /** A line of each side that it prints in every run and the other side never, times aside; absent where both print the same. */
  readonly prints?: OtherOutput
  /** Where a run gave no value, and how (`crash`, `timeout`, `silent`…); only with `unmeasured`. */
  readonly fault?: {
    readonly side: Side | 'both'
    readonly kind: string
    /** The last lines that the run printed. */
    readonly lastLines?: readonly string[]
  }
  /** Who answers for this slowdown, why, and up to which ratio; only with `slower`. */
  readonly accepted?: {
    readonly by: string
    readonly reason: string
    readonly bound: number
    /** The day of the acceptance, `YYYY-MM-DD`. */
    readonly on?: string
  }
  /** Only with `slower`: an earlier gain by a lucky layout that this slowdown lost again. */
  readonly luck?: LostLuck
  /** Only for a row that changed, where a history is kept. */
  readonly trend?: Trend
  /** The command that repeats this row alone in a clone. */
  readonly repeat?: string
  /** Not run, because its `paths` did not change. */
  readonly untouched?: true
  readonly rounds: number
  /** Rounds that were left out because a run of them failed; each counts against every answer. */
  readonly lostRounds?: number
  /** The smallest slowdown (ratio, for example 1.031) that this run could have shown; absent without rounds. */
  readonly detectable?: number
  readonly counters?: Counters
  readonly cause?: Cause
  readonly hot?: readonly HotFunction[]
  /** Absent where nobody knows who called whom. */
  readonly flame?: Flame
  /** The hot functions whose cost differs most, line by line. */
  readonly annotated?: readonly AnnotatedCode[]
  readonly suspects?: readonly Suspect[]
  readonly displacers?: readonly Displacer[]
  readonly touched?: readonly Touched[]
  readonly trials?: Trials
}

/** One system setting: what was found, what was set, and whether the found value is back. */
export interface KnobReport {
  readonly name: string
  readonly found?: string
  readonly set?: string
  readonly restored?: boolean
  /** False when it was set and did not stay so until the end of measuring. */
  readonly lasted?: boolean
  /** Why it was not set, or did not last, when that is so. */
  readonly why?: string
}

export interface HostReport {
  readonly knobs: readonly KnobReport[]
  /** For example `uid+cgroup+pidns+mountns`, `userns+pidns+mountns`, `none`. */
  readonly isolation: string
  /** Which jobs had the machine's network; the others had a loopback of their own. */
  readonly network?: NetworkUse
  /** What the quiet check found before measuring, a sentence each. */
  readonly noise?: readonly string[]
  /** CPUs that the benchmark was pinned to. */
  readonly cpus?: string
}

/** What this machine is, as far as it can change a figure: model, kernel, compilers, cache geometry. */
export type Fingerprint = Readonly<Record<string, string>>

/** The whole report, as `report.json` holds it. */
export interface Report {
  readonly schema: 1
  readonly verdict: Verdict
  /** One sentence a reviewer can act on. */
  readonly sentence: string
  readonly tool: { readonly name: 'perf-verdict'; readonly version: string }
  readonly base: { readonly sha: string; readonly title?: string }
  readonly head: { readonly sha: string; readonly title?: string }
  readonly pull?: { readonly number: number; readonly repository: string }
  readonly run?: { readonly url?: string; readonly number?: number; readonly attempt?: number }
  /** Name of the gate that measured, in its comment and check. */
  readonly key?: string
  readonly shard?: { readonly index: number; readonly of: number }
  readonly seed: number
  /** The error rate asked for, over the whole table: 0.01 is one wrong claim in a hundred tables. */
  readonly alpha: number
  readonly startedAt: string
  readonly seconds: number
  readonly limitations: readonly Limitation[]
  readonly notes: readonly string[]
  /** What a reviewer must know in addition to the sentence, whatever the verdict is: that the change edits the gate's configuration, for instance. */
  readonly remarks?: readonly string[]
  /** Faults that made the run an error: a failed build, a base that cannot be found. */
  readonly errors: readonly {
    readonly what: string
    readonly detail?: string
    /** The side whose build failed, where that is the fault. */
    readonly side?: Side
    /** Where a compiler found its first error, below the tree that was built. */
    readonly at?: SourceError
  }[]
  /** What each kind of finding did to the check, by the name of its option; the defaults when absent. */
  readonly policies?: Policies
  readonly machine: Fingerprint
  readonly host: HostReport
  readonly benchmarks: readonly BenchmarkReport[]
  /** Told when measuring had ended and the gate still looked for causes; the report at the end takes its place. */
  readonly unfinished?: true
}
