import type { ElfImage, FileBytes } from '../elf.ts'
import { fieldsOf, inMemory, readPart } from '../fields.ts'
import { debugBytes, debugSection, type Inflate } from './debug-section.ts'
import type { DebugTables } from './debug-units.ts'

/** Where the debug information is that a compiler splits off (`-gsplit-dwarf`): a file for each unit, or one package for all of them. */
export interface SplitFiles {
  /** The file of one unit, by the name and the compile folder that the program gives it. */
  unit(name: string, folder: string): ElfImage | undefined
  /** The package next to the program (`dwp`). */
  package(): ElfImage | undefined
}

/** What a program says of a unit that was split off (DWARF 5, §3.1.2). */
export interface SplitPlace {
  readonly name: string
  readonly folder: string
  readonly id: number
}

/** The sections of the unit that was split off, the package first; undefined where neither file is there. */
export function splitTables(
  place: SplitPlace,
  files: SplitFiles,
  how: { readonly program: DebugTables; readonly inflate: Inflate },
): DebugTables | undefined {
  const packed = files.package()
  const parts = packed && partsOf(packed, place.id, how.inflate)
  if (packed && parts) return tablesOf(packed, how, parts)
  const own = files.unit(place.name, place.folder)
  return own && tablesOf(own, how)
}

/** Addresses, and ranges before DWARF 5, stay with the program, whose linker knows them. */
const PROGRAMS: ReadonlySet<string> = new Set(['.debug_addr', '.debug_ranges'])

function tablesOf(
  elf: ElfImage,
  { program, inflate }: { readonly program: DebugTables; readonly inflate: Inflate },
  parts?: Parts,
): DebugTables {
  const known = new Map<string, Uint8Array>()
  const section = (name: string): Uint8Array => {
    if (PROGRAMS.has(name)) return program.section(name)
    const bytes = known.get(name) ?? contentOf(elf, name, { inflate, parts })
    known.set(name, bytes)
    return bytes
  }
  return {
    info: inMemory(section('.debug_info')),
    names: { str: debugBytes(elf, '.debug_str.dwo', inflate), lineStr: inMemory(new Uint8Array()) },
    littleEndian: elf.littleEndian,
    section,
  }
}

function contentOf(
  elf: ElfImage,
  name: string,
  { inflate, parts }: { readonly inflate: Inflate; readonly parts: Parts | undefined },
): Uint8Array {
  if (!parts) return debugSection(elf, `${name}.dwo`, inflate)
  const part = parts.get(name)
  return part
    ? readPart(debugBytes(elf, `${name}.dwo`, inflate), { what: `part of ${name}.dwo`, ...part })
    : new Uint8Array()
}

/** Which part of each section of a package one unit has. */
type Parts = ReadonlyMap<string, { readonly offset: number; readonly size: number }>

/** The numbers of sections in a package's index (DWARF 5, §7.3.5.3); the last is its place for GNU's older form, too. */
const SECTIONS: ReadonlyMap<number, string> = new Map([
  [1, '.debug_info'],
  [3, '.debug_abbrev'],
  [6, '.debug_str_offsets'],
])
const RANGE_LISTS = 8
const MOST_UNITS = 10_000_000

/** Looks a unit up in a package's index: a hash table of numbers, rows of offsets and rows of sizes (DWARF 5, §7.3.5). */
function partsOf(elf: ElfImage, id: number, inflate: Inflate): Parts | undefined {
  const index = debugBytes(elf, '.debug_cu_index', inflate)
  if (index.size < HEADER_BYTES) return undefined
  const header = fieldsOf(index.read(0, HEADER_BYTES), elf.littleEndian)
  const version = header.u16(0)
  const [columns, units, slots] = [header.u32(4), header.u32(8), header.u32(12)]
  if ((version !== 5 && header.u32(0) !== 2) || columns > 16 || units > MOST_UNITS || slots > 2 * MOST_UNITS)
    return undefined
  const row = rowOf(index, { id, slots, littleEndian: elf.littleEndian })
  if (row === undefined || row === 0 || row > units) return undefined
  const names = HEADER_BYTES + slots * 12
  const rowAt = (at: number): readonly number[] => {
    const bytes = readPart(index, { what: 'index of a package', offset: at, size: columns * 4 })
    const { u32 } = fieldsOf(bytes, elf.littleEndian)
    return Array.from({ length: columns }, (_, column) => u32(column * 4))
  }
  const [kinds, offsets, sizes] = [0, row, row + units].map(each => rowAt(names + each * columns * 4))
  return new Map(
    kinds!.flatMap((kind, column) => {
      const name = version === 5 && kind === RANGE_LISTS ? '.debug_rnglists' : SECTIONS.get(kind)
      return name ? [[name, { offset: offsets![column]!, size: sizes![column]! }] as const] : []
    }),
  )
}

const HEADER_BYTES = 16

function rowOf(
  index: FileBytes,
  {
    id,
    slots,
    littleEndian,
  }: { readonly id: number; readonly slots: number; readonly littleEndian: boolean },
): number | undefined {
  const { u32, u64 } = fieldsOf(
    readPart(index, { what: 'index of a package', offset: HEADER_BYTES, size: slots * 12 }),
    littleEndian,
  )
  for (let slot = 0; slot < slots; slot++)
    if (u64(slot * 8) === id && u32(slots * 8 + slot * 4) !== 0) return u32(slots * 8 + slot * 4)
  return undefined
}
