import { type Cursor, cursorAt, unitLength } from '../cursor.ts'
import { ElfError } from '../errors.ts'
import { type Encoding, type NameTables, nameOfForm, numberOfForm, skipForm } from './forms.ts'

/** The header of one line program (DWARF 5, §6.2.4): how to run it, and which files it speaks of. */
export interface LineHeader {
  readonly encoding: Encoding
  readonly minimumInstruction: number
  readonly operationsPerInstruction: number
  readonly lineBase: number
  readonly lineRange: number
  readonly opcodeBase: number
  /** How many LEB128 operands each standard opcode takes, from opcode 1 on. */
  readonly operands: readonly number[]
  /** Paths by the index that the program uses; relative ones are relative to the compile folder. */
  readonly files: readonly string[]
  /** The MD5 of each file's text, parallel to `files`, where the compiler wrote it down (DWARF 5, DW_LNCT_MD5). */
  readonly checksums: readonly (string | undefined)[]
  /** Where the program's opcodes begin and end in `.debug_line`. */
  readonly program: { readonly at: number; readonly end: number }
}

/** What the reader of headers needs in addition to the cursor. */
export interface LineContext {
  readonly names: NameTables
  readonly littleEndian: boolean
  /** The folder that a unit was compiled in, by the offset of its line program; empty when that is not known. */
  readonly folderOf: (program: number) => string
}

/** Puts a path behind a folder unless it is absolute. */
function joinPath(folder: string, path: string): string {
  if (path.startsWith('/') || folder === '') return path
  return path === '' ? folder : `${folder}/${path}`
}

/** Before version 5: folders, then files with folder, time and size; folder 0 and file 0 are the unit's own. */
function olderFiles(cursor: Cursor, folder: string): string[] {
  const folders = [folder]
  for (let name = cursor.text(); name !== ''; name = cursor.text()) folders.push(joinPath(folder, name))
  const files = ['']
  for (let name = cursor.text(); name !== ''; name = cursor.text()) {
    files.push(joinPath(folders[cursor.uleb()] ?? '', name))
    cursor.uleb()
    cursor.uleb()
  }
  return files
}

/** No unit is made of more files. */
const mostEntries = 1_000_000

interface Entry {
  path: string
  folder: number
  checksum?: string
}

/** A list of version 5: which forms its entries have, then the entries (DWARF 5, §6.2.4.1). */
function entryList(cursor: Cursor, context: { encoding: Encoding; names: NameTables }): Entry[] {
  const formats = Array.from({ length: cursor.u8() }, () => [cursor.uleb(), cursor.uleb()] as const)
  const count = cursor.uleb()
  if (count > Math.min(mostEntries, cursor.end - cursor.at) || (count > 0 && formats.length === 0))
    throw new ElfError('A line program names more files than it can have: build the file again.')
  return Array.from({ length: count }, () => {
    const entry: Entry = { path: '', folder: 0 }
    for (const [content, form] of formats) {
      if (content === 1) entry.path = nameOfForm(cursor, form, context) ?? ''
      else if (content === 2) entry.folder = numberOfForm(cursor, form, context.encoding)
      else if (content === 5 && form === 0x1e) entry.checksum = hexadecimal(cursor, 16)
      else skipForm(cursor, form, context.encoding)
    }
    return entry
  })
}

function hexadecimal(cursor: Cursor, count: number): string {
  return Array.from({ length: count }, () => cursor.u8().toString(16).padStart(2, '0')).join('')
}

type Files = Pick<LineHeader, 'files' | 'checksums'>

function newerFiles(cursor: Cursor, context: { encoding: Encoding; names: NameTables }): Files {
  const folders = entryList(cursor, context).map(({ path }) => path)
  const absolute = folders.map(path => joinPath(folders[0] ?? '', path))
  const entries = entryList(cursor, context)
  return {
    files: entries.map(({ path, folder }) => joinPath(absolute[folder] ?? '', path)),
    checksums: entries.map(({ checksum }) => checksum),
  }
}

function checked(header: LineHeader): LineHeader {
  if (header.lineRange === 0 || header.opcodeBase === 0)
    throw new ElfError('A line program has no range of lines: build the file again.')
  return header
}

/** Reads the header at the cursor; undefined (and moved over) for a version that is not 2 to 5. */
export function readLineHeader(cursor: Cursor, context: LineContext): LineHeader | undefined {
  const start = cursor.at
  const { offsetSize, length } = unitLength(cursor)
  const [begin, end] = [cursor.at, cursor.at + length]
  cursor.skip(length)
  const unit = cursorAt(cursor.bytes, context.littleEndian, { at: begin, end })
  const version = unit.u16()
  if (version < 2 || version > 5) return undefined
  const addressSize = version >= 5 ? unit.u8() : 8
  if (version >= 5) unit.u8()
  const headerLength = unit.word(offsetSize)
  const at = unit.at + headerLength
  const encoding = { offsetSize, addressSize, version }
  const minimumInstruction = unit.u8()
  const operationsPerInstruction = version >= 4 ? Math.max(1, unit.u8()) : 1
  unit.u8()
  const lineBase = (unit.u8() << 24) >> 24
  const [lineRange, opcodeBase] = [unit.u8(), unit.u8()]
  const operands = Array.from({ length: Math.max(0, opcodeBase - 1) }, () => unit.u8())
  const files =
    version >= 5
      ? newerFiles(unit, { encoding, names: context.names })
      : { files: olderFiles(unit, context.folderOf(start)), checksums: [] }
  return checked({
    encoding,
    minimumInstruction,
    operationsPerInstruction,
    lineBase,
    lineRange,
    opcodeBase,
    operands,
    ...files,
    program: { at: Math.min(at, end), end },
  })
}
