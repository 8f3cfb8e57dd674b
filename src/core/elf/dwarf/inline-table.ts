import type { Range } from './ranges.ts'

/** A function's code inside another one's. */
export interface InlinedCode {
  /** As the linker would know it where the compiler says so, else as the source has it. */
  readonly name: string
  readonly ranges: readonly Range[]
  /** How many inlined functions it is in. */
  readonly depth: number
}

/** What compilers say of functions that they inlined (DW_TAG_inlined_subroutine). */
export interface InlineTable {
  /** Whether the file tells at all; without that nothing is known of inlined functions. */
  readonly known: boolean
  /** The inlined functions in a stretch of code, outer ones before those inside them; undefined where nobody knows. */
  within(code: { readonly address: number; readonly size: number }): readonly InlinedCode[] | undefined
  /** What compiled a stretch of code, with its options where the compiler writes them down (DW_AT_producer). */
  producerOf(code: { readonly address: number; readonly size: number }): string | undefined
}
