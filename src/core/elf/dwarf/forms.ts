import type { Cursor } from '../cursor.ts'
import type { FileBytes } from '../elf.ts'
import { ElfError } from '../errors.ts'

/** How the values of one unit are laid out. */
export interface Encoding {
  /** 4 or 8: the size of offsets in the 32-bit and 64-bit DWARF formats. */
  readonly offsetSize: number
  readonly addressSize: number
  readonly version: number
}

/** Bytes that a form takes when that does not depend on the unit (DWARF 5, §7.5.6). */
const fixed: ReadonlyMap<number, number> = new Map([
  [0x05, 2],
  [0x06, 4],
  [0x07, 8],
  [0x0b, 1],
  [0x0c, 1],
  [0x11, 1],
  [0x12, 2],
  [0x13, 4],
  [0x14, 8],
  [0x19, 0],
  [0x1c, 4],
  [0x1e, 16],
  [0x20, 8],
  [0x21, 0],
  [0x24, 8],
  [0x25, 1],
  [0x26, 2],
  [0x27, 3],
  [0x28, 4],
  [0x29, 1],
  [0x2a, 2],
  [0x2b, 3],
  [0x2c, 4],
])

/** Forms of the size of an offset: strp, sec_offset, line_strp, strp_sup, and GNU's references to another file. */
const offsets = new Set([0x0e, 0x17, 0x1d, 0x1f, 0x1f20, 0x1f21])
/** Forms that are one LEB128 number: sdata, udata, ref_udata, strx, addrx, loclistx, rnglistx, GNU's own. */
const numbers = new Set([0x0d, 0x0f, 0x15, 0x1a, 0x1b, 0x22, 0x23, 0x1f01, 0x1f02])
/** Blocks: the size of the length in front, 0 for LEB128. */
const blocks: ReadonlyMap<number, number> = new Map([
  [0x03, 2],
  [0x04, 4],
  [0x0a, 1],
  [0x09, 0],
  [0x18, 0],
])

/** How many bytes are left of a value after its own length, if it has one, was read. */
function restOfForm(cursor: Cursor, form: number, encoding: Encoding): number {
  const block = blocks.get(form)
  if (block !== undefined) return block === 0 ? cursor.uleb() : cursor.word(block)
  if (offsets.has(form)) return encoding.offsetSize
  if (form === 0x01) return encoding.addressSize
  if (form === 0x10) return encoding.version <= 2 ? encoding.addressSize : encoding.offsetSize
  const size = fixed.get(form)
  if (size === undefined)
    throw new ElfError(`The debug information uses form ${form}, which is not known: build with -gdwarf-5.`)
  return size
}

/** Moves over one value of a form. */
export function skipForm(cursor: Cursor, form: number, encoding: Encoding): void {
  if (numbers.has(form)) cursor.uleb()
  else if (form === 0x08) cursor.text()
  else cursor.skip(restOfForm(cursor, form, encoding))
}

/** The tables of names that forms refer to; `.debug_str` may be larger than memory should hold. */
export interface NameTables {
  /** `.debug_str` */
  readonly str: FileBytes
  /** `.debug_line_str` */
  readonly lineStr: FileBytes
}

const utf8 = new TextDecoder('utf-8')

/** Paths are not longer than this on Linux (PATH_MAX). */
const longestName = 4096

/** The name at an offset of a table; empty outside of it. */
export function nameAt(table: FileBytes, offset: number): string {
  if (offset >= table.size) return ''
  const bytes = table.read(offset, Math.min(longestName, table.size - offset))
  const end = bytes.indexOf(0)
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** Reads a value that is a name; undefined (and moved over) for names by index, which need tables not read here. */
export function nameOfForm(
  cursor: Cursor,
  form: number,
  context: { readonly encoding: Encoding; readonly names: NameTables },
): string | undefined {
  const { encoding, names } = context
  if (form === 0x08) return cursor.text()
  if (form === 0x0e) return nameAt(names.str, cursor.word(encoding.offsetSize))
  if (form === 0x1f) return nameAt(names.lineStr, cursor.word(encoding.offsetSize))
  skipForm(cursor, form, encoding)
  return undefined
}

/** Reads a value that is a number; 0 (and moved over) for any other form. */
export function numberOfForm(cursor: Cursor, form: number, encoding: Encoding): number {
  if (form === 0x0b) return cursor.u8()
  if (form === 0x05) return cursor.u16()
  if (form === 0x06) return cursor.u32()
  if (form === 0x07) return cursor.u64()
  if (form === 0x0f) return cursor.uleb()
  if (form === 0x17) return cursor.word(encoding.offsetSize)
  skipForm(cursor, form, encoding)
  return 0
}
