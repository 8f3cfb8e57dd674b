import type { Environment } from '../../core/config/environment.ts'
import type { Matcher } from '../../core/harness/plain-values.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { PerSide } from '../../core/model/side.ts'
import type { LayoutQuestion } from '../../core/model/trials.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { Mirrors } from '../trees/mirror.ts'

/** What all layout trials of a gate share: the two sides, how they are built, and what will be run in them. */
export interface RelinkRequest {
  readonly benchmarks: readonly BenchmarkPlan[]
  /** The project's own build command. */
  readonly build: string
  readonly buildTimeoutSeconds: number
  /** The whole environment of each side's builds and runs. */
  readonly env: PerSide<Environment>
  /** The built work trees that were measured. */
  readonly trees: PerSide<string>
  /** What trees are checked out from, and the commit of each side in it. */
  readonly mirrors: Mirrors
  readonly commits: PerSide<string>
  /** Our own folder for the trials, which must not exist yet. */
  readonly folder: string
  readonly match: Matcher
}

/** What the layout trial of one benchmark needs to know. */
export interface LayoutRequest {
  readonly benchmark: BenchmarkPlan
  readonly scheduling: Scheduling
  /** Symbols whose addresses must differ from layout to layout, the hottest first; empty when none is known. */
  readonly hot: readonly string[]
  /** Head over base in the default layouts, as the gate measured it. */
  readonly ratio: number
  readonly question: LayoutQuestion
  /** Whether anything hot moved between the default layouts. */
  readonly movedHot: boolean
  /** `auto` begins with 12 layouts a side and goes to 24 when these leave it open. */
  readonly layouts: 'auto' | number
  /** For making and measuring layouts; the setup's builds are not counted. */
  readonly budgetSeconds: number
  readonly seed: number
}
