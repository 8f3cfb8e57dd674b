import type { Environment } from '../../core/config/environment.ts'
import type { InvocationOptions } from '../../core/config/schema.ts'
import type { Settings } from '../../core/config/settings.ts'
import type { Fingerprint, Limitation, Report } from '../../core/model/report.ts'
import type { PerSide } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import type { History } from '../history/history.ts'
import type { GatePlan } from '../prepare/plan.ts'
import type { Checkout } from '../trees/checkout.ts'

/** What a command hands to the gate in addition to the settings: which repository and which commits. */
export interface GateRequest {
  readonly invocation: InvocationOptions
  readonly repository: string
  /** Names of the base, best first. */
  readonly base: readonly string[]
  readonly head: string
  readonly origin: Pick<Report, 'pull' | 'run' | 'key'>
  readonly version: string
  /** The caller's environment, of which builds and benchmarks get an allow-listed part. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Base builds may be taken from and kept in the cache; the cache itself decides who may keep. */
  readonly usesCache: boolean
  /** Whether the head is a likely base of later runs, so that its build is worth keeping: a push to a branch. */
  readonly keepsNextBase: boolean
  /** Whether a history keeps what comes out, which then asks for the cause of a speed-up as well. */
  readonly keepsHistory?: boolean
  /** Keeps a secret that was found on the way out of the log and of all that is published. */
  readonly mask?: (secret: string) => void
  /** Keeps what is known so far, so that a killed run leaves it behind. */
  readonly keep: (partial: Report) => Promise<void>
  /** Told the verdict when measuring has ended and the looking for causes begins; the report that comes at the end takes its place. */
  readonly decided?: (report: Report, settings: Settings) => Promise<void>
  /** Nothing is compared: the base is the same commit and needs no tree of its own. */
  readonly onlyHead?: true
  /** The programs were built elsewhere, from sources that may have changed since: what their debug information names is not theirs. */
  readonly builtElsewhere?: true
  /** Files of the repository that say how the gate is called, from its top: the workflow. */
  readonly gateFiles?: readonly string[]
}

/** What every step after the checkout may look at. */
export interface GateContext {
  readonly request: GateRequest
  readonly started: { readonly at: string; readonly seconds: number }
  readonly history: History
  readonly plan: GatePlan
  readonly checkout: Checkout
  readonly env: PerSide<Environment>
  readonly machine: Fingerprint
  readonly seed: number
  readonly ports: Ports
  /** What was found before the first build that weakens the run. */
  readonly limitations: readonly Limitation[]
}
