import { type Cursor, cursorAt, unitLength } from '../cursor.ts'
import type { FileBytes } from '../elf.ts'
import { type Encoding, type NameTables, nameOfForm, numberOfForm, skipForm } from './forms.ts'

/** The debug sections that name the units of a program. */
export interface UnitSections {
  /** `.debug_info` */
  readonly info: FileBytes
  /** `.debug_abbrev` */
  readonly abbrev: Uint8Array
  readonly names: NameTables
  readonly littleEndian: boolean
}

const lineTable = 0x10
const compileFolder = 0x1b

type Attribute = readonly [name: number, form: number]

/** The first entry of a unit uses one of the first abbreviations with every compiler known. */
const abbreviationsRead = 64

/** The attributes of the abbreviation with a code; none when it is not among the first of its table. */
function attributesOf(cursor: Cursor, code: number): Attribute[] {
  for (let count = 0; count < abbreviationsRead; count++) {
    const found = cursor.uleb()
    if (found === 0) return []
    cursor.uleb()
    cursor.u8()
    const attributes: Attribute[] = []
    for (;;) {
      const [name, form] = [cursor.uleb(), cursor.uleb()]
      if (form === 0x21) cursor.sleb()
      if (name === 0 && form === 0) break
      attributes.push([name, form])
    }
    if (found === code) return attributes
  }
  return []
}

/** Reads a unit's header up to its first entry (DWARF 5, §7.5.1); the type byte of version 5 says what follows. */
export function unitHeader(
  cursor: Cursor,
  offsetSize: number,
): { encoding: Encoding; abbreviations: number; id?: number } {
  const version = cursor.u16()
  if (version < 5) {
    const abbreviations = cursor.word(offsetSize)
    return { abbreviations, encoding: { offsetSize, version, addressSize: cursor.u8() } }
  }
  const type = cursor.u8()
  const addressSize = cursor.u8()
  const abbreviations = cursor.word(offsetSize)
  const encoding = { offsetSize, version, addressSize }
  // A skeleton and what was split off it bear the same number; two others never agree in the 53 bits that are kept of it.
  if (type === 4 || type === 5) return { abbreviations, encoding, id: cursor.u64() }
  if (type === 2 || type === 6) cursor.skip(8 + offsetSize)
  return { abbreviations, encoding }
}

/** What is read of a unit's beginning: its first entry, whose names are mostly kept elsewhere. */
const beginning = 16 * 1024

/** The line program of a unit and the folder it was compiled in, from the attributes of its first entry. */
function folderOf(
  unit: Cursor,
  offsetSize: number,
  sections: UnitSections,
): { readonly program: number; readonly folder: string } {
  const { abbrev, names, littleEndian } = sections
  const { encoding, abbreviations } = unitHeader(unit, offsetSize)
  const table = cursorAt(abbrev, littleEndian, { at: abbreviations, end: abbrev.length })
  let [program, folder] = [Number.NaN, '']
  for (const [name, form] of attributesOf(table, unit.uleb())) {
    if (name === lineTable) program = numberOfForm(unit, form, encoding)
    else if (name === compileFolder) folder = nameOfForm(unit, form, { encoding, names }) ?? ''
    else skipForm(unit, form, encoding)
  }
  return { program, folder }
}

/**
 * The folder in which each unit was compiled, by the offset of its line program: before DWARF 5 the line programs
 * name folders relative to it and do not say it.
 */
export function compileFolders(sections: UnitSections): ReadonlyMap<number, string> {
  const { info, littleEndian } = sections
  const folders = new Map<number, string>()
  for (let at = 0; at < info.size; ) {
    const bytes = info.read(at, Math.min(beginning, info.size - at))
    const unit = cursorAt(bytes, littleEndian, { at: 0, end: bytes.length })
    const { offsetSize, length } = unitLength(unit)
    const next = at + unit.at + length
    const { program, folder } = folderOf(unit, offsetSize, sections)
    if (folder !== '') folders.set(program, folder)
    at = next
  }
  return folders
}
