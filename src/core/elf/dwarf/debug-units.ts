import { type Cursor, cursorAt, unitLength } from '../cursor.ts'
import type { ElfImage, FileBytes } from '../elf.ts'
import { inMemory, readPart } from '../fields.ts'
import { debugBytes, debugSection, type Inflate } from './debug-section.ts'
import { unitHeader } from './folders.ts'
import { type Encoding, type NameTables, nameAt, skipForm } from './forms.ts'

/** The attributes that are read of an entry, by their numbers (DWARF 5, §7.5.4); the rest are moved over. */
export const ATTRIBUTE = {
  sibling: 0x01,
  name: 0x03,
  lowPc: 0x11,
  highPc: 0x12,
  compileFolder: 0x1b,
  producer: 0x25,
  abstractOrigin: 0x31,
  specification: 0x47,
  ranges: 0x55,
  linkageName: 0x6e,
  stringOffsets: 0x72,
  addressBase: 0x73,
  rangeListBase: 0x74,
  splitName: 0x76,
  olderLinkageName: 0x2007,
  /** GNU's form of split units, before DWARF 5 had its own. */
  olderSplitName: 0x2130,
  olderSplitId: 0x2131,
  olderRangesBase: 0x2132,
  olderAddressBase: 0x2133,
} as const

const WANTED: ReadonlySet<number> = new Set(Object.values(ATTRIBUTE))

/** One abbreviation: what kind of entry, whether others are inside it, and how its attributes are stored. */
export interface Abbreviation {
  readonly tag: number
  readonly children: boolean
  readonly attributes: readonly (readonly [name: number, form: number, implicit: number])[]
}

/** A unit of `.debug_info`; offsets count from the beginning of the section. */
export interface DebugUnit {
  readonly start: number
  readonly end: number
  /** Where its first entry is. */
  readonly first: number
  readonly encoding: Encoding
  readonly abbreviations: ReadonlyMap<number, Abbreviation>
  /** What a skeleton and the unit that was split off it have in common (DWARF 5; before, it is an attribute). */
  readonly id?: number
}

/** A value of an attribute that was read: a number, an index into a table, or a name. */
export interface Value {
  readonly form: number
  readonly number: number
  readonly text?: string
}

/** An entry's attributes that were read, by number. */
export type Values = ReadonlyMap<number, Value>

/** The sections that entries refer to. */
export interface DebugTables {
  readonly info: FileBytes
  readonly names: NameTables
  readonly littleEndian: boolean
  section(name: string): Uint8Array
}

/** Opens the sections of a file; each is read when it is first needed. */
export function debugTables(elf: ElfImage, inflate: Inflate): DebugTables {
  const sections = new Map<string, Uint8Array>()
  const section = (name: string): Uint8Array => {
    const known = sections.get(name)
    if (known) return known
    const bytes = debugSection(elf, name, inflate)
    sections.set(name, bytes)
    return bytes
  }
  return {
    info: debugBytes(elf, '.debug_info', inflate),
    names: {
      str: debugBytes(elf, '.debug_str', inflate),
      lineStr: inMemory(debugSection(elf, '.debug_line_str', inflate)),
    },
    littleEndian: elf.littleEndian,
    section,
  }
}

/** The units of a file in their order. */
export function debugUnits(tables: DebugTables): readonly DebugUnit[] {
  const { info, littleEndian } = tables
  const known = new Map<number, ReadonlyMap<number, Abbreviation>>()
  const units: DebugUnit[] = []
  for (let start = 0; start < info.size; ) {
    const bytes = info.read(start, Math.min(HEADER_BYTES, info.size - start))
    const cursor = cursorAt(bytes, littleEndian, { at: 0, end: bytes.length })
    const { offsetSize, length } = unitLength(cursor)
    const end = start + cursor.at + length
    const { encoding, abbreviations, id } = unitHeader(cursor, offsetSize)
    if (encoding.version >= 2 && encoding.version <= 5) {
      let table = known.get(abbreviations)
      if (!table) {
        table = readAbbreviations(tables, abbreviations)
        known.set(abbreviations, table)
      }
      units.push({
        ...{ start, end, first: start + cursor.at, encoding, abbreviations: table },
        ...(id === undefined ? {} : { id }),
      })
    }
    start = end
  }
  return units
}

const HEADER_BYTES = 64
const MOST_ABBREVIATIONS = 100_000

function readAbbreviations({ section, littleEndian }: DebugTables, at: number): Map<number, Abbreviation> {
  const bytes = section('.debug_abbrev')
  const cursor = cursorAt(bytes, littleEndian, { at, end: bytes.length })
  const table = new Map<number, Abbreviation>()
  for (let code = cursor.uleb(); code !== 0 && table.size < MOST_ABBREVIATIONS; code = cursor.uleb()) {
    const tag = cursor.uleb()
    const children = cursor.u8() === 1
    const attributes: [number, number, number][] = []
    for (;;) {
      const [name, form] = [cursor.uleb(), cursor.uleb()]
      if (name === 0 && form === 0) break
      attributes.push([name, form, form === IMPLICIT_CONST ? cursor.sleb() : 0])
    }
    table.set(code, { tag, children, attributes })
  }
  return table
}

const IMPLICIT_CONST = 0x21

/** A cursor over one unit's entries whose positions are those of the section. */
export interface UnitCursor {
  readonly cursor: Cursor
  /** What is added to the cursor's position. */
  readonly base: number
}

/** Opens the entries of a unit. */
export function openUnit({ info, littleEndian }: DebugTables, unit: DebugUnit): UnitCursor {
  const bytes = readPart(info, {
    what: 'unit of debug information',
    offset: unit.start,
    size: unit.end - unit.start,
  })
  return {
    cursor: cursorAt(bytes, littleEndian, { at: unit.first - unit.start, end: bytes.length }),
    base: unit.start,
  }
}

/** Reads the wanted attributes of an entry and moves over the others. */
export function readValues(
  cursor: Cursor,
  { attributes }: Abbreviation,
  context: { readonly tables: DebugTables; readonly unit: DebugUnit },
): Values {
  const values = new Map<number, Value>()
  for (const [name, form, implicit] of attributes) {
    if (WANTED.has(name)) values.set(name, readValue(cursor, { form, implicit }, context))
    else skipForm(cursor, form, context.unit.encoding)
  }
  return values
}

/** Forms that are a plain number of fixed size: data, references and flags. */
const SIZES: ReadonlyMap<number, number> = new Map([
  ...[0x0b, 0x11, 0x0c].map(form => [form, 1] as const),
  ...[0x05, 0x12].map(form => [form, 2] as const),
  ...[0x06, 0x13].map(form => [form, 4] as const),
  ...[0x07, 0x14].map(form => [form, 8] as const),
  ...[0x25, 0x29].map(form => [form, 1] as const),
  ...[0x26, 0x2a].map(form => [form, 2] as const),
  ...[0x28, 0x2c].map(form => [form, 4] as const),
])
const LEBS: ReadonlySet<number> = new Set([0x0f, 0x15, 0x1a, 0x1b, 0x22, 0x23, 0x1f01, 0x1f02])
const OFFSETS: ReadonlySet<number> = new Set([0x0e, 0x17, 0x1f])

function readValue(
  cursor: Cursor,
  { form, implicit }: { readonly form: number; readonly implicit: number },
  { tables, unit }: { readonly tables: DebugTables; readonly unit: DebugUnit },
): Value {
  const { encoding } = unit
  const size = SIZES.get(form)
  if (size !== undefined) return { form, number: cursor.word(size) }
  if (LEBS.has(form)) return { form, number: cursor.uleb() }
  if (form === 0x0d) return { form, number: cursor.sleb() }
  if (form === 0x01) return { form, number: cursor.word(encoding.addressSize) }
  if (form === 0x10)
    return { form, number: cursor.word(encoding.version <= 2 ? encoding.addressSize : encoding.offsetSize) }
  if (form === 0x08) return { form, number: 0, text: cursor.text() }
  if (OFFSETS.has(form)) {
    const number = cursor.word(encoding.offsetSize)
    if (form === 0x17) return { form, number }
    return { form, number, text: nameAt(form === 0x0e ? tables.names.str : tables.names.lineStr, number) }
  }
  if (form === 0x27 || form === 0x2b) {
    const [low, high] = [cursor.u16(), cursor.u8()]
    return { form, number: tables.littleEndian ? high * 0x10000 + low : low * 0x100 + high }
  }
  if (form === IMPLICIT_CONST) return { form, number: implicit }
  skipForm(cursor, form, encoding)
  return { form, number: 0 }
}

/** Whether a form is an index into the table of names (strx and its fixed sizes; GNU's own for split files). */
export const isNameIndex = (form: number): boolean =>
  form === 0x1a || form === 0x1f02 || (form >= 0x25 && form <= 0x28)
/** Whether a form is an index into the table of addresses (addrx and its fixed sizes; GNU's own). */
export const isAddressIndex = (form: number): boolean =>
  form === 0x1b || form === 0x1f01 || (form >= 0x29 && form <= 0x2c)
/** Whether a form is a reference that counts from the beginning of its unit. */
export const isUnitReference = (form: number): boolean => form >= 0x11 && form <= 0x15
