import type { Side } from './side.ts'

/** How one file of the two builds differs. */
export type FileDifference =
  | { readonly kind: 'too-large'; readonly mostBytes: number }
  /** A linked program; the clause says which part of what is loaded. */
  | { readonly kind: 'program'; readonly clause: string }
  | { readonly kind: 'sizes'; readonly base: number; readonly head: number }
  | { readonly kind: 'byte'; readonly at: number }
  | { readonly kind: 'unreadable'; readonly fault: string }

/** Why the builds are not known to be the same to a benchmark. */
export type BuildDifference =
  | { readonly kind: 'file'; readonly file: string; readonly found: FileDifference }
  | { readonly kind: 'too-much'; readonly mostBytes: number }
  | { readonly kind: 'unlisted'; readonly side: Side; readonly fault: string }
  /** The first entry that differs; absent where one tree only goes on. */
  | { readonly kind: 'trees'; readonly at?: string | undefined }
  | { readonly kind: 'odd-entry'; readonly path: string }
  | { readonly kind: 'uses-nothing' }
  | { readonly kind: 'one-side-uses'; readonly file: string }
  | { readonly kind: 'installed' }

/** Whether both sides are the same to the benchmark: in which files, or why not. */
export type BuildIdentity =
  | { readonly identical: true; readonly files: number; readonly of: 'trees' | 'used' }
  | { readonly identical: false; readonly because: BuildDifference }
