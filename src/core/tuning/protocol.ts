import type { KnobReport, Limitation } from '../model/report.ts'
import type { Scheduling } from './scheduling.ts'

/** What the host process says on its standard output, one JSON object a line. */
export type HostEvent =
  | { readonly event: 'waiting'; readonly holder: string; readonly seconds: number }
  | (Scheduling & {
      readonly event: 'ready'
      readonly protocol: number
      readonly knobs: readonly KnobReport[]
      readonly limitations: readonly Limitation[]
      /** What happened before tuning that somebody should read: settings recovered after a crash. */
      readonly notes: readonly string[]
    })
  | {
      readonly event: 'released'
      readonly knobs: readonly KnobReport[]
      /** A sentence for each setting that does not have its found value again. */
      readonly leftovers: readonly string[]
    }
  | {
      readonly event: 'recovered'
      readonly outcome: 'nothing' | 'restored' | 'held' | 'blocked'
      /** What was restored, left, or in the way, a sentence each. */
      readonly notes: readonly string[]
    }
  | { readonly event: 'refused'; readonly reason: 'input' | 'busy'; readonly faults: readonly string[] }

/** Raised when the lines change their meaning: an installed host process may be older than the action that talks to it. */
export const HOST_PROTOCOL = 2
