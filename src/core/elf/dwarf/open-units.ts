import { cursorAt } from '../cursor.ts'
import type { ElfImage } from '../elf.ts'
import { ElfError } from '../errors.ts'
import { fieldsOf } from '../fields.ts'
import type { Inflate } from './debug-section.ts'
import {
  ATTRIBUTE,
  type DebugTables,
  type DebugUnit,
  debugTables,
  debugUnits,
  isAddressIndex,
  isNameIndex,
  readValues,
  type Value,
  type Values,
} from './debug-units.ts'
import { nameAt } from './forms.ts'
import type { InlinedCode } from './inline-table.ts'
import { type Range, readRanges } from './ranges.ts'
import { type SplitFiles, type SplitPlace, splitTables } from './split-units.ts'

/** So many entries of one file are walked: those of LLVM itself are 40 million. */
const MOST_ENTRIES = 20_000_000

/** The entries of one file, or of one unit that was split off it. */
export interface Opened {
  readonly tables: DebugTables
  readonly inflate: Inflate
  readonly split: SplitFiles | undefined
  readonly units: readonly DebugUnit[]
  /** The bases of each unit's tables, and the code it holds; read from its first entry. */
  readonly heads: Map<DebugUnit, UnitHead>
  readonly walked: Map<DebugUnit, readonly InlinedCode[]>
  readonly names: Map<number, string>
  /** What was split off; undefined where that could not be found. */
  readonly apart: Map<DebugUnit, Place | undefined>
  /** Of the file and all that was split off it. */
  readonly left: { entries: number }
}

/** A unit with the file that its entries are in. */
interface Place {
  readonly file: Opened
  readonly unit: DebugUnit
}

/** The bases of a unit's tables, and the code that it holds. */
interface UnitHead {
  readonly low: number
  readonly split?: SplitPlace
  readonly ranges: readonly Range[]
  readonly stringOffsets: number
  readonly addressBase: number
  readonly rangeListBase: number
  /** Where the ranges of what was split off begin, before DWARF 5. */
  readonly olderRangesBase: number
}

const nothingRead = () => ({ heads: new Map(), walked: new Map(), names: new Map(), apart: new Map() })

/** Opens the debug information of a linked file; undefined for one that cannot be read. */
export function openFile(elf: ElfImage, how: Pick<Opened, 'inflate' | 'split'>): Opened | undefined {
  if (elf.type === 'relocatable') return undefined
  try {
    const tables = debugTables(elf, how.inflate)
    return { ...how, tables, units: debugUnits(tables), ...nothingRead(), left: { entries: MOST_ENTRIES } }
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

/** Where a unit's entries are: in the file itself, or in what was split off. */
export function entriesOf(file: Opened, unit: DebugUnit): Place | undefined {
  const head = headOf(file, unit)
  if (!head.split) return { file, unit }
  if (!file.apart.has(unit)) file.apart.set(unit, openApart(file, head, head.split))
  return file.apart.get(unit)
}

function openApart(program: Opened, skeleton: UnitHead, place: SplitPlace): Place | undefined {
  const { split, inflate, left } = program
  try {
    const tables = split && splitTables(place, split, { program: program.tables, inflate })
    if (!tables) return undefined
    const file = {
      ...{ tables, inflate, left },
      split: undefined,
      units: debugUnits(tables),
      ...nothingRead(),
    }
    for (const unit of file.units) file.heads.set(unit, headApart(unit, skeleton))
    const idOf = (unit: DebugUnit): number | undefined =>
      unit.id ?? entryAt(file, unit, unit.first)?.get(ATTRIBUTE.olderSplitId)?.number
    // The file may be left from another build.
    const unit = file.units.find(each => idOf(each) === place.id)
    return unit && { file, unit }
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

/** Of what was split off, tables begin behind their headers (DWARF 5, §7.26 to §7.28); before DWARF 5 they have none, and the skeleton says the rest. */
function headApart({ encoding }: DebugUnit, { low, addressBase, olderRangesBase }: UnitHead): UnitHead {
  const wide = encoding.offsetSize === 8
  const isOlder = encoding.version < 5
  return {
    ...{ low, addressBase, olderRangesBase: 0, ranges: [] },
    stringOffsets: isOlder ? 0 : wide ? 16 : 8,
    rangeListBase: isOlder ? olderRangesBase : wide ? 20 : 12,
  }
}

/** Whether any of the ranges reaches into a stretch of code. */
export const overlaps = (ranges: readonly Range[], low: number, high: number): boolean =>
  ranges.some(range => range.low < high && range.high > low)

/** The units that hold code of a stretch. */
export function unitsWith(file: Opened, low: number, high: number): DebugUnit[] {
  return file.units.filter(unit => {
    const { ranges } = headOf(file, unit)
    return overlaps(ranges, low, high)
  })
}

const NO_HEAD: UnitHead = {
  ...{ low: 0, ranges: [], stringOffsets: 0, addressBase: 0, rangeListBase: 0 },
  olderRangesBase: 0,
}

/** Reads what a unit says of itself, once. */
export function headOf(file: Opened, unit: DebugUnit): UnitHead {
  const known = file.heads.get(unit)
  if (known) return known
  let head = NO_HEAD
  try {
    const values = entryAt(file, unit, unit.first)
    const number = (attribute: number): number => values?.get(attribute)?.number ?? 0
    const bases = {
      stringOffsets: number(ATTRIBUTE.stringOffsets),
      addressBase: number(ATTRIBUTE.addressBase) || number(ATTRIBUTE.olderAddressBase),
      rangeListBase: number(ATTRIBUTE.rangeListBase),
      olderRangesBase: number(ATTRIBUTE.olderRangesBase),
    }
    const unplaced = { ...NO_HEAD, ...bases }
    const low = values ? (addressOf(file, { unit, head: unplaced }, values.get(ATTRIBUTE.lowPc)) ?? 0) : 0
    const placed = { ...unplaced, low }
    file.heads.set(unit, placed)
    const split = values && splitPlace(file, unit, values)
    const ranges = values ? rangesOf(file, { unit, head: placed }, values) : []
    head = { ...placed, ranges, ...(split && { split }) }
  } catch (error) {
    if (!(error instanceof ElfError)) throw error
  }
  file.heads.set(unit, head)
  return head
}

function splitPlace(file: Opened, unit: DebugUnit, values: Values): SplitPlace | undefined {
  const name = values.get(ATTRIBUTE.splitName) ?? values.get(ATTRIBUTE.olderSplitName)
  const id = unit.id ?? values.get(ATTRIBUTE.olderSplitId)?.number
  if (!name || id === undefined) return undefined
  return {
    name: textOf(file, unit, name),
    folder: textOf(file, unit, values.get(ATTRIBUTE.compileFolder)),
    id,
  }
}

/** The attributes of the entry at an offset of the section. */
export function entryAt({ tables }: Opened, unit: DebugUnit, offset: number): Values | undefined {
  const bytes = tables.info.read(offset, Math.min(LONGEST_ENTRY, unit.end - offset))
  const cursor = cursorAt(bytes, tables.littleEndian, { at: 0, end: bytes.length })
  const abbreviation = unit.abbreviations.get(cursor.uleb())
  return abbreviation && readValues(cursor, abbreviation, { tables, unit })
}

const LONGEST_ENTRY = 16 * 1024

/** A unit with what it says of itself, by which its values are read. */
interface At {
  readonly unit: DebugUnit
  readonly head: UnitHead
}

function addressOf({ tables }: Opened, { unit, head }: At, value: Value | undefined): number | undefined {
  if (!value) return undefined
  if (!isAddressIndex(value.form)) return value.form === 0x01 ? value.number : undefined
  const table = tables.section('.debug_addr')
  const at = head.addressBase + value.number * unit.encoding.addressSize
  if (at + unit.encoding.addressSize > table.length) return undefined
  return cursorAt(table, tables.littleEndian, { at, end: table.length }).word(unit.encoding.addressSize)
}

/** The code that an entry holds. */
export function rangesOf(file: Opened, at: At, values: Values): readonly Range[] {
  const { unit, head } = at
  const listed = values.get(ATTRIBUTE.ranges)
  if (listed) {
    const { encoding } = unit
    return readRanges(file.tables, listed, {
      ...{ encoding, base: head.low, rangeListBase: head.rangeListBase },
      addressAt: index => addressOf(file, at, { form: 0x1b, number: index }),
    })
  }
  const low = addressOf(file, at, values.get(ATTRIBUTE.lowPc))
  const high = values.get(ATTRIBUTE.highPc)
  if (low === undefined || !high) return []
  const end =
    high.form === 0x01 || isAddressIndex(high.form) ? (addressOf(file, at, high) ?? low) : low + high.number
  return end > low ? [{ low, high: end }] : []
}

/** An attribute that is a name, in the entry or in a table; empty for none. */
export function textOf(file: Opened, unit: DebugUnit, value: Value | undefined): string {
  if (!value) return ''
  if (!isNameIndex(value.form)) return value.text ?? ''
  const table = file.tables.section('.debug_str_offsets')
  const { offsetSize } = unit.encoding
  const at = headOf(file, unit).stringOffsets + value.number * offsetSize
  if (at + offsetSize > table.length) return ''
  const { u32, u64 } = fieldsOf(table, file.tables.littleEndian)
  return nameAt(file.tables.names.str, offsetSize === 8 ? u64(at) : u32(at))
}
