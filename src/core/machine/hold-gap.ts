import type { Limitation } from '../model/report.ts'

/** What a held machine lacks of what was asked for; its sentences are made in the report. */
export type HoldGap =
  /** In the words of the host process, which may be of another version. */
  | { readonly kind: 'told'; readonly limitation: Limitation }
  /** The host process did not tune. */
  | { readonly kind: 'untuned'; readonly why: string }
  /** No lock keeps other gates from measuring at the same time. */
  | { readonly kind: 'unlocked'; readonly code: string }
  | { readonly kind: 'other-protocol'; readonly spoken: number; readonly ours: number }
  | { readonly kind: 'fewer-cpus'; readonly asked: number; readonly had: number }
