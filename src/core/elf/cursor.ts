import { ElfError } from './errors.ts'

/** A place in debug information that moves on as it is read; reading past the end is an ElfError. */
export interface Cursor {
  at: number
  readonly end: number
  readonly bytes: Uint8Array
  u8(): number
  u16(): number
  u32(): number
  u64(): number
  /** An unsigned number of the given bytes (1, 2, 4 or 8). */
  word(size: number): number
  /** An unsigned LEB128 number (DWARF 5, §7.6); digits beyond 2^53 are lost. */
  uleb(): number
  sleb(): number
  /** The bytes up to the next zero, as text. */
  text(): string
  skip(count: number): void
}

const utf8 = new TextDecoder('utf-8')

/** Reads from `at` up to `end`; a part of a section is read through a cursor whose end is that part's end. */
export function cursorAt(
  bytes: Uint8Array,
  littleEndian: boolean,
  range: { readonly at: number; readonly end: number },
): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = Math.min(range.end, bytes.length)
  const take = (count: number): number => {
    const from = cursor.at
    if (!(count >= 0 && from >= 0 && from + count <= end))
      throw new ElfError('The debug information ends in the middle of an entry: build the file again.')
    cursor.at = from + count
    return from
  }
  const leb = (signed: boolean): number => {
    let [value, scale, byte] = [0, 1, 0]
    do {
      byte = view.getUint8(take(1))
      value += (byte & 0x7f) * scale
      scale *= 128
    } while (byte >= 0x80)
    return signed && (byte & 0x40) !== 0 ? value - scale : value
  }
  const words: Readonly<Record<number, () => number>> = {
    1: () => cursor.u8(),
    2: () => cursor.u16(),
    4: () => cursor.u32(),
    8: () => cursor.u64(),
  }
  const cursor: Cursor = {
    at: range.at,
    end,
    bytes,
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2), littleEndian),
    u32: () => view.getUint32(take(4), littleEndian),
    u64: () => {
      const [first, second] = [view.getUint32(take(4), littleEndian), view.getUint32(take(4), littleEndian)]
      return littleEndian ? second * 0x1_0000_0000 + first : first * 0x1_0000_0000 + second
    },
    word: size => {
      const read = words[size]
      if (read === undefined)
        throw new ElfError(`The debug information holds a number of ${size} bytes: build the file again.`)
      return read()
    },
    uleb: () => leb(false),
    sleb: () => leb(true),
    text: () => {
      const stop = bytes.indexOf(0, cursor.at)
      if (stop < 0 || stop >= end)
        throw new ElfError('The debug information holds a name without an end: build the file again.')
      const from = take(stop + 1 - cursor.at)
      return utf8.decode(bytes.subarray(from, stop))
    },
    skip: count => {
      take(count)
    },
  }
  return cursor
}

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
