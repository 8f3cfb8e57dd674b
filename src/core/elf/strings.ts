const utf8 = new TextDecoder('utf-8')

/** Yields the name at an offset of a string table; empty when the offset is outside of it. */
export type StringTable = (offset: number) => string

/**
 * Reads a string table. One decoding of the whole table serves all names while every byte is one character (a
 * slice of a long string shares its memory); a table with other characters is decoded name by name.
 */
export function stringTable(bytes: Uint8Array): StringTable {
  const text = utf8.decode(bytes)
  const end = (offset: number, found: number): number => (found < 0 ? bytes.length : Math.max(found, offset))
  if (text.length === bytes.length)
    return offset => text.slice(offset, end(offset, text.indexOf('\0', offset)))
  return offset => utf8.decode(bytes.subarray(offset, end(offset, bytes.indexOf(0, offset))))
}
