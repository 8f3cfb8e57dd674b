import { ElfError } from './errors.ts'

const utf8 = new TextDecoder('utf-8')

/** Returns the name at an offset of a string table; empty when the offset is outside of it. */
export type StringTable = (offset: number) => string

/** Longer names than this are rare, and a table may spend only so many bytes on all of them. */
const longName = 4096
const mostLongBytes = 64 * 1024 * 1024

/** Counts what long names cost: a table without ends would make every name as long as the table. */
function longNameBudget(): (length: number) => void {
  let spent = 0
  return length => {
    if (length > longName) spent += length
    if (spent > mostLongBytes)
      throw new ElfError('The names of a string table overlap without end: build the file again.')
  }
}

/**
 * Reads a string table. One decoding of the whole table serves all names while every byte is one character (a
 * slice of a long string shares its memory); a table with other characters is decoded name by name.
 */
export function stringTable(bytes: Uint8Array): StringTable {
  const text = utf8.decode(bytes)
  const plain = text.length === bytes.length
  const spend = longNameBudget()
  return offset => {
    const found = plain ? text.indexOf('\0', offset) : bytes.indexOf(0, offset)
    const end = found < 0 ? bytes.length : found
    spend(end - offset)
    return plain ? text.slice(offset, end) : utf8.decode(bytes.subarray(offset, end))
  }
}
