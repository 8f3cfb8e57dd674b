import type { Part } from '../../core/decision/schedule.ts'
import type { CpuCount } from '../../core/machine/cpu-choice.ts'
import type { HoldGap } from '../../core/machine/hold-gap.ts'
import type { Noise } from '../../core/machine/noise.ts'
import type { AroundStep } from '../../core/model/around.ts'
import type { Fingerprint, KnobReport } from '../../core/model/report.ts'
import type { RanOut } from '../../core/sandbox/limits.ts'
import type { NetworkUse } from '../../core/sandbox/network.ts'
import type { Place } from '../../core/sandbox/place.ts'
import type { Weakness } from '../../core/sandbox/weakness.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'

/** Our own tool (git, a linker, readelf): never code of the pull request. No shell stands between. */
export interface ToolCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** The whole environment; that of this process when absent. */
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly timeoutSeconds?: number
}

export interface ToolResult {
  /** Null when a signal or the time limit ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ToolPort {
  /** Runs to the end and returns whatever came out; throws only when the tool cannot be started. */
  run(command: ToolCommand): Promise<ToolResult>
  /** The absolute path of a tool on PATH, or undefined. */
  find(name: string): Promise<string | undefined>
}

/** One run of code of the pull request (a build, a benchmark, a counter tool around it). */
export interface Job {
  readonly argv: readonly string[]
  /** Our own path of the work tree that it belongs to, or the sandbox's spare one: it says what the job sees and may write to. */
  readonly tree: string
  /** Where it begins, by the name that jobs have for it; the work tree when absent. */
  readonly cwd?: string
  /** The whole environment of the child, an allow-list; the sandbox fills in the place's home and the path of the work tree. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  /** Output beyond this many bytes a stream is read and dropped. */
  readonly outputCap?: number
  /** Told of standard output as it comes. */
  readonly onOutput?: (chunk: Buffer) => void
  /** How the kernel is to run it; as anything else when absent. */
  readonly scheduling?: Scheduling | undefined
  /** Whether its threads are counted while it runs, which a job that is timed does not want. */
  readonly countsThreads?: boolean
  /** The path of GNU time, where the outcome is to tell the peak of resident memory. */
  readonly memoryBy?: string | undefined
  /** Whether it is a build, which may have the machine's network where a benchmark may not. */
  readonly builds?: boolean
  /** Whether its words are the gate's own: a path of the user's work tree in them means that one, and never the side's tree in its place. */
  readonly literal?: boolean
}

/** How one job ended; text is hostile and capped. */
export interface JobOutcome {
  /** Seconds between start and end by the monotonic clock. */
  readonly seconds: number
  /** CPU time of the job and all its children, user and system; absent where the machine keeps no account of it. */
  readonly cpuSeconds?: number
  /** The most threads that one of its looks found, where they were counted and there was more than one in some process. */
  readonly threads?: number
  /** Most resident bytes that one process of the job had at once (`ru_maxrss` of wait4(2)): its own, or that of a child it waited for; never their sum. */
  readonly peakBytes?: number
  readonly code: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  readonly stdout: string
  readonly stderr: string
  /** Whether standard output was longer than the cap; what errors say is cut without a word. */
  readonly truncated: boolean
  /** The limit that it reached while it ran, as far as the kernel says so. */
  readonly ranOut?: RanOut
  /** The command around a benchmark that failed, whose outcome this is. */
  readonly failedStep?: AroundStep
}

/** The user's repository: its configuration may hold a token, its objects do not. */
export interface RepositoryPlaces {
  /** Its work tree, in whose place the jobs find theirs. */
  readonly workTree?: string
  /** Folders that are there to be read, at the path that jobs are to find them at. */
  readonly readable: readonly { readonly from: string; readonly at: string }[]
}

/** What is asked of the place where code of the pull request runs. */
export interface SandboxWish {
  readonly level: 'auto' | 'required' | 'off'
  /** Which jobs have the machine's network; builds when absent. */
  readonly network?: NetworkUse
  readonly repository?: RepositoryPlaces
  /** Further folders of the machine for builds to start from; changes to them are thrown away. */
  readonly share?: readonly string[]
}

/** What an adopted tree is, in addition to a folder. */
export interface PlaceWish {
  /** Whose code runs in it, for a user of its own; by the folder's name when absent. */
  readonly as?: Part
  /** A tree whose home it begins with a copy of: what a build installed there belongs to what it built. */
  readonly like?: string
  /** Further folders of the gate that its jobs see, at their real paths. */
  readonly shows?: readonly { readonly path: string; readonly writable: boolean }[]
}

/** The place where code of the pull request runs. */
export interface SandboxPort {
  /** The level reached, for the report: `none`, `userns+pidns+mountns`, `uid+cgroup+pidns+mountns`… */
  readonly isolation: string
  /** Which jobs have the machine's network. */
  readonly network: NetworkUse
  /** An empty tree for jobs that belong to no side. */
  readonly spare: string
  /** Folders of the machine that every job may read, system and toolchains: what is in them the report may quote. */
  readonly quotable: readonly string[]
  /** What weakens the place; grows while jobs run. */
  readonly weaknesses: readonly Weakness[]
  /** Where the jobs of a tree run, and what they call their folders. */
  placeOf(tree: string): Place
  /** Makes a tree, with a new home and scratch folder next to it, which belong to the jobs, so that they may write there. */
  adopt(tree: string, wish?: PlaceWish): Promise<void>
  /**
   * Takes down what was built in a tree, before code of another side runs; or, when it is taken down, the files that a run used. From then on
   * a job that would run or read something else ends in a RunFault.
   */
  seal(tree: string, files?: readonly string[]): Promise<void>
  /** Runs one job, and ends every process that it left behind. */
  run(job: Job): Promise<JobOutcome>
  /** Ends whatever is left and removes what was made for the jobs. */
  end(): Promise<void>
}

/** A held machine: what was set, and how to restore it. */
export interface Hold {
  readonly knobs: readonly KnobReport[]
  readonly gaps: readonly HoldGap[]
  /** How the kernel can be asked to run the benchmark until the release. */
  readonly scheduling: Scheduling
  /** Puts the found values back and returns the knobs with `restored` filled in. */
  release(): Promise<readonly KnobReport[]>
}

export interface MachinePort {
  fingerprint(): Promise<Fingerprint>
  /** Waits for other jobs, then tunes; throws an InputError when `required` knobs cannot be set. */
  hold(tune: 'auto' | 'off' | 'required' | readonly string[], cpus?: CpuCount): Promise<Hold>
  /** What disturbs the machine right now, a sentence each; where a benchmark that is given so many CPUs would run. */
  noise(cpus?: CpuCount): Promise<readonly Noise[]>
}

export interface CachePort {
  /** Restores into the paths and says whether the exact key was found; never throws. */
  restore(paths: readonly string[], key: string): Promise<boolean>
  /** Saves; false with a warning when it was refused. */
  save(paths: readonly string[], key: string): Promise<boolean>
}

export interface LogPort {
  line(text: string): void
  warn(text: string): void
  group<T>(title: string, work: () => Promise<T>): Promise<T>
  /** What is being done, and the longest that it may take, for when it takes long. */
  doing?(what: string, limitSeconds?: number): void
  /** How far it has come, for a line that is rewritten in place; absent where nothing is, and a line now and then has to do. */
  status?(text: string): void
  /** Details for who looks for a fault. */
  debug?(text: string): void
  /** A line that a job of the pull request printed. */
  quote?(text: string): void
}

export interface ClockPort {
  /** Monotonic seconds. */
  now(): number
  /** Wall-clock time as ISO 8601. */
  date(): string
}

/** Everything outside, as narrow ports passed as one argument; tests pass a hand-written one. */
export interface Ports {
  readonly tools: ToolPort
  readonly sandbox: SandboxPort
  readonly machine: MachinePort
  readonly cache: CachePort
  readonly log: LogPort
  readonly clock: ClockPort
  /** Our own working folder, removed at the end. */
  readonly folder: string
}

/** The ports before code of the pull request has a place to run in; the plan says how far it must be parted. */
export interface Outside extends Omit<Ports, 'sandbox'> {
  isolate(wish: SandboxWish): Promise<SandboxPort>
}
