import type { PerSide } from '../model/side.ts'
import type { ReadSource } from './source-change.ts'

/** The sources that the two builds were made from. */
export interface BuiltSources {
  /** Text of a file by the name that debug lines give it. */
  readonly read: PerSide<ReadSource>
  /** Source files that differ between the built trees although the diff does not name them: generated ones, and those of submodules. */
  readonly generated: readonly string[]
  /** Whether all source files of both trees were compared. */
  readonly complete: boolean
}
