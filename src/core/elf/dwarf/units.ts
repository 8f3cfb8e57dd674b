import type { Cursor } from '../cursor.ts'
import { ElfError } from '../errors.ts'

/** Reads the length in front of a unit, which also tells its format: offsets of 4 or of 8 bytes (DWARF 5, §7.4). */
export function unitLength(cursor: Cursor): { readonly offsetSize: number; readonly length: number } {
  const short = cursor.u32()
  if (short === 0xffffffff) return { offsetSize: 8, length: cursor.u64() }
  if (short >= 0xfffffff0)
    throw new ElfError(
      'A unit of the debug information has a length that does not exist: build the file again.',
    )
  return { offsetSize: 4, length: short }
}
