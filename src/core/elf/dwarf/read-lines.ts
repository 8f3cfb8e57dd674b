import { cursorAt } from '../cursor.ts'
import type { ElfImage } from '../elf.ts'
import { extentAt } from '../extents.ts'
import { inMemory } from '../fields.ts'
import { executable } from '../sections.ts'
import { debugBytes, debugSection, type Inflate } from './debug-section.ts'
import { compileFolders } from './folders.ts'
import { type LineContext, readLineHeader } from './line-header.ts'
import { runLineProgram } from './line-program.ts'
import { type LineTable, lineTable } from './line-table.ts'
import { gatherRows } from './rows.ts'

/** What reading lines needs in addition to the file: how to unpack sections, and the folder that paths are relative to. */
export interface LineOptions {
  readonly inflate: Inflate
  readonly root?: string
}

/** A path without `.`, `..` and empty parts, relative to the root where it is under it. */
export function tidyPath(path: string, root = ''): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  const tidy = `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`
  const folder = root.endsWith('/') ? root : `${root}/`
  return root !== '' && tidy.startsWith(folder) ? tidy.slice(folder.length) : tidy
}

/** Numbers paths in the order in which they are first seen. */
function numbered(root: string | undefined): { files: string[]; numberOf: (path: string) => number } {
  const files: string[] = []
  const numbers = new Map<string, number>()
  const numberOf = (path: string): number => {
    const known = numbers.get(path)
    if (known !== undefined) return known
    const tidy = tidyPath(path, root)
    const number = numbers.get(tidy) ?? files.push(tidy) - 1
    numbers.set(path, number).set(tidy, number)
    return number
  }
  return { files, numberOf }
}

/** Folders are read when the first program that needs them is met: none does where all is DWARF 5. */
function contextOf(elf: ElfImage, inflate: Inflate): LineContext {
  const { littleEndian } = elf
  const names = {
    str: debugBytes(elf, '.debug_str', inflate),
    lineStr: inMemory(debugSection(elf, '.debug_line_str', inflate)),
  }
  let folders: ReadonlyMap<number, string> | undefined
  const folderOf = (program: number): string => {
    folders ??= compileFolders({
      info: debugBytes(elf, '.debug_info', inflate),
      abbrev: debugSection(elf, '.debug_abbrev', inflate),
      names,
      littleEndian,
    })
    return folders.get(program) ?? ''
  }
  return { names, littleEndian, folderOf }
}

/** Whether an address is that of code in the file; what the linker dropped has 0 or a mark instead. */
function codeIn(elf: ElfImage): (address: number) => boolean {
  const code = elf.sections
    .filter(({ flags, size }) => (flags & executable) !== 0 && size > 0)
    .toSorted((a, b) => a.address - b.address)
  return address => extentAt(code, address) !== undefined
}

/**
 * Reads which source lines the code of a linked file comes from, out of its `.debug_line` (DWARF 2 to 5). A file
 * without debug information, or not linked yet, returns an empty table; damaged debug information is an ElfError.
 */
export function readLines(elf: ElfImage, options: LineOptions): LineTable {
  const { files, numberOf } = numbered(options.root)
  const checksums = new Map<number, string>()
  const sink = gatherRows(codeIn(elf))
  const bytes =
    elf.type === 'relocatable' ? new Uint8Array() : debugSection(elf, '.debug_line', options.inflate)
  if (bytes.length > 0) {
    const context = contextOf(elf, options.inflate)
    const cursor = cursorAt(bytes, elf.littleEndian, { at: 0, end: bytes.length })
    while (cursor.at < cursor.end) {
      const header = readLineHeader(cursor, context)
      if (header === undefined) continue
      const known = header.files.map(numberOf)
      header.checksums.forEach((checksum, at) => {
        if (checksum !== undefined) checksums.set(known[at]!, checksum)
      })
      const unknown = numberOf('')
      const fileOf = (file: number): number => known[file] ?? unknown
      runLineProgram(bytes, header, { littleEndian: elf.littleEndian, sink, fileOf })
    }
  }
  const functions = elf.symbols.filter(({ kind }) => kind === 'function')
  return lineTable(sink.finish(), { files, checksums }, functions)
}
