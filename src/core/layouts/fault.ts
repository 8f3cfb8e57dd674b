import type { Side } from '../model/side.ts'

/** Why other layouts of a side or a benchmark cannot be made or measured. */
export type LayoutFault =
  | { readonly kind: 'no-build-command' }
  | { readonly kind: 'no-checkout'; readonly side: Side; readonly because: string }
  | {
      readonly kind: 'build-failed'
      readonly side: Side
      /** How the build ended, as "exited with code 2". */
      readonly ended: string
      readonly lastLine?: string
    }
  | { readonly kind: 'run-failed'; readonly side: Side; readonly clause: string }
  | { readonly kind: 'not-prepared'; readonly benchmark: string }
  | { readonly kind: 'maps-nothing'; readonly side: Side }
  | { readonly kind: 'no-known-link'; readonly side: Side }
  | { readonly kind: 'not-linked-again'; readonly output: string; readonly lastLine?: string }
  | {
      readonly kind: 'not-reordered'
      readonly linker: string
      readonly output: string
      readonly lastLine?: string
    }
  | { readonly kind: 'takes-no-order'; readonly linker: string }
  | { readonly kind: 'no-assembler' }
  | { readonly kind: 'no-text'; readonly output: string }
  | { readonly kind: 'files-gone'; readonly side: Side }
  | {
      readonly kind: 'too-little-budget'
      readonly budgetSeconds: number
      readonly layoutSeconds: number
      readonly runSeconds: number
    }
  | { readonly kind: 'hot-code-stays'; readonly side: Side; readonly linker: string }
  | { readonly kind: 'layouts-equal'; readonly side: Side; readonly linker: string }
  | { readonly kind: 'layouts-fail' }
