import { type Cursor, cursorAt } from '../cursor.ts'
import { ElfError } from '../errors.ts'
import type { DebugTables, Value } from './debug-units.ts'
import type { Encoding } from './forms.ts'

/** Addresses from `low` up to, not including, `high`. */
export interface Range {
  readonly low: number
  readonly high: number
}

interface Lists {
  readonly encoding: Encoding
  /** The address that ranges count from until a list says otherwise. */
  readonly base: number
  readonly rangeListBase: number
  readonly addressAt: (index: number) => number | undefined
}

/** A function that is split into more pieces is a fault of the file. */
const MOST_RANGES = 65_536

/** Reads a list of ranges: of `.debug_ranges` before DWARF 5 (§2.17.3 there), of `.debug_rnglists` since (DWARF 5, §2.17.3). */
export function readRanges(tables: DebugTables, value: Value, lists: Lists): readonly Range[] {
  const section = tables.section(lists.encoding.version >= 5 ? '.debug_rnglists' : '.debug_ranges')
  const at =
    lists.encoding.version >= 5 && value.form === 0x23
      ? byIndex(tables, section, value.number, lists)
      : value.number + (lists.encoding.version >= 5 ? 0 : lists.rangeListBase)
  if (at < 0 || at >= section.length) return []
  const cursor = cursorAt(section, tables.littleEndian, { at, end: section.length })
  return lists.encoding.version >= 5 ? newer(cursor, lists) : older(cursor, lists)
}

function byIndex(
  tables: DebugTables,
  section: Uint8Array,
  index: number,
  { encoding, rangeListBase }: Lists,
): number {
  const at = rangeListBase + index * encoding.offsetSize
  if (at + encoding.offsetSize > section.length) return -1
  return (
    rangeListBase +
    cursorAt(section, tables.littleEndian, { at, end: section.length }).word(encoding.offsetSize)
  )
}

function older(cursor: Cursor, { encoding, base: start }: Lists): Range[] {
  const ranges: Range[] = []
  let base = start
  const { addressSize } = encoding
  while (ranges.length < MOST_RANGES) {
    // All bits set mark an entry that gives a new base; beyond 2^53 the number is only known to be that large.
    const [low, high] = [cursor.word(addressSize), cursor.word(addressSize)]
    if (low === 0 && high === 0) return ranges
    if (low >= (addressSize === 8 ? 2 ** 63 : 0xffffffff)) base = high
    else if (high > low) ranges.push({ low: base + low, high: base + high })
  }
  return ranges
}

function newer(cursor: Cursor, { encoding, base: start, addressAt }: Lists): Range[] {
  const ranges: Range[] = []
  let base = start
  const indexed = (): number => addressAt(cursor.uleb()) ?? 0
  const address = (): number => cursor.word(encoding.addressSize)
  const add = (low: number, high: number): void => {
    if (high > low) ranges.push({ low, high })
  }
  while (ranges.length < MOST_RANGES) {
    const kind = cursor.u8()
    if (kind === 0x00) return ranges
    if (kind === 0x01) base = indexed()
    else if (kind === 0x02) add(indexed(), indexed())
    else if (kind === 0x03) {
      const low = indexed()
      add(low, low + cursor.uleb())
    } else if (kind === 0x04) {
      const low = base + cursor.uleb()
      add(low, base + cursor.uleb())
    } else if (kind === 0x05) base = address()
    else if (kind === 0x06) add(address(), address())
    else if (kind === 0x07) {
      const low = address()
      add(low, low + cursor.uleb())
    } else throw new ElfError('A list of ranges has an entry of an unknown kind: build the file again.')
  }
  return ranges
}
