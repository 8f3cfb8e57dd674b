import type { PerSide } from '../model/side.ts'
import type { ReadSource } from './source-change.ts'

/** A file that a source takes in as it is. */
export interface Embedded {
  readonly file: string
  readonly by: string
}

/** The sources that the two builds were made from. */
export interface BuiltSources {
  /** Text of a file by the name that debug lines give it. */
  readonly read: PerSide<ReadSource>
  /** Source files that differ between the built trees although the diff does not name them: generated ones, and those of submodules. */
  readonly generated: readonly string[]
  /** Files of the diff that are no sources and that a built source takes in: `include_bytes!`, `#embed`, `.incbin`, `#include`. */
  readonly embedded?: readonly Embedded[]
  /** Whether all source files of both trees were compared. */
  readonly complete: boolean
}
