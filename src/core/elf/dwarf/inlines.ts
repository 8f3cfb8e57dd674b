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
  isUnitReference,
  openUnit,
  readValues,
  type Value,
  type Values,
} from './debug-units.ts'
import { nameAt } from './forms.ts'
import type { InlinedCode, InlineTable } from './inline-table.ts'
import { type Range, readRanges } from './ranges.ts'

/** Functions nested deeper are a fault of the file. */
const DEEPEST = 256
/** So many entries of one file are walked: those of LLVM itself are 40 million. */
const MOST_ENTRIES = 20_000_000

const TAG = {
  inlined: 0x1d,
  subprogram: 0x2e,
  types: new Set([0x02, 0x04, 0x13, 0x17, 0x15, 0x0f, 0x01]),
} as const

/** Reads which functions were inlined where (DWARF 2 to 5), a unit when code of it is asked about; a file that cannot be read tells nothing. */
export function readInlines(elf: ElfImage, inflate: Inflate): InlineTable {
  let opened: { readonly file: Opened | undefined } | undefined
  const open = (): Opened | undefined => {
    opened ??= { file: openFile(elf, inflate) }
    return opened.file
  }
  return {
    get known() {
      return (open()?.units.length ?? 0) > 0
    },
    within: code => {
      const file = open()
      if (!file) return []
      const end = code.address + code.size
      return unitsWith(file, code.address, end)
        .flatMap(unit => instancesOf(file, unit))
        .filter(({ ranges }) => overlaps(ranges, code.address, end))
    },
    producerOf: code => {
      const file = open()
      const [unit] = file ? unitsWith(file, code.address, code.address + code.size) : []
      return file && unit && producerOf(file, unit)
    },
  }
}

function producerOf(file: Opened, unit: DebugUnit): string | undefined {
  try {
    const text = textOf(file, unit, entryAt(file, unit, unit.first)?.get(ATTRIBUTE.producer))
    return text === '' ? undefined : text
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

interface Opened {
  readonly tables: DebugTables
  readonly units: readonly DebugUnit[]
  /** The bases of each unit's tables, and the code it holds; read from its first entry. */
  readonly heads: Map<DebugUnit, UnitHead>
  readonly walked: Map<DebugUnit, readonly InlinedCode[]>
  readonly names: Map<number, string>
  entriesLeft: number
}

interface UnitHead {
  readonly low: number
  readonly ranges: readonly Range[]
  readonly stringOffsets: number
  readonly addressBase: number
  readonly rangeListBase: number
}

function openFile(elf: ElfImage, inflate: Inflate): Opened | undefined {
  if (elf.type === 'relocatable') return undefined
  try {
    const tables = debugTables(elf, inflate)
    const maps = { heads: new Map(), walked: new Map(), names: new Map() }
    return { tables, units: debugUnits(tables), ...maps, entriesLeft: MOST_ENTRIES }
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

const overlaps = (ranges: readonly Range[], low: number, high: number): boolean =>
  ranges.some(range => range.low < high && range.high > low)

function unitsWith(file: Opened, low: number, high: number): DebugUnit[] {
  return file.units.filter(unit => {
    const { ranges } = headOf(file, unit)
    return overlaps(ranges, low, high)
  })
}

const NO_HEAD: UnitHead = { low: 0, ranges: [], stringOffsets: 0, addressBase: 0, rangeListBase: 0 }

function headOf(file: Opened, unit: DebugUnit): UnitHead {
  const known = file.heads.get(unit)
  if (known) return known
  let head = NO_HEAD
  try {
    const values = entryAt(file, unit, unit.first)
    const number = (attribute: number): number => values?.get(attribute)?.number ?? 0
    const bases = {
      stringOffsets: number(ATTRIBUTE.stringOffsets),
      addressBase: number(ATTRIBUTE.addressBase),
      rangeListBase: number(ATTRIBUTE.rangeListBase),
    }
    const unplaced = { ...NO_HEAD, ...bases }
    const low = values ? (addressOf(file, { unit, head: unplaced }, values.get(ATTRIBUTE.lowPc)) ?? 0) : 0
    const placed = { ...unplaced, low }
    head = { ...placed, ranges: values ? rangesOf(file, { unit, head: placed }, values) : [] }
  } catch (error) {
    if (!(error instanceof ElfError)) throw error
  }
  file.heads.set(unit, head)
  return head
}

/** The attributes of the entry at an offset of the section. */
function entryAt({ tables }: Opened, unit: DebugUnit, offset: number): Values | undefined {
  const bytes = tables.info.read(offset, Math.min(LONGEST_ENTRY, unit.end - offset))
  const cursor = cursorAt(bytes, tables.littleEndian, { at: 0, end: bytes.length })
  const abbreviation = unit.abbreviations.get(cursor.uleb())
  return abbreviation && readValues(cursor, abbreviation, { tables, unit })
}

const LONGEST_ENTRY = 16 * 1024

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

function rangesOf(file: Opened, at: At, values: Values): readonly Range[] {
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

function instancesOf(file: Opened, unit: DebugUnit): readonly InlinedCode[] {
  const known = file.walked.get(unit)
  if (known) return known
  const found: InlinedCode[] = []
  try {
    walk(file, unit, found)
  } catch (error) {
    // What was read in front of the damage stands.
    if (!(error instanceof ElfError)) throw error
  }
  file.walked.set(unit, found)
  return found
}

/** Walks a unit's entries in their order, which is that of a tree; types have no code in them and are jumped over. */
function walk(file: Opened, unit: DebugUnit, found: InlinedCode[]): void {
  const { cursor, base } = openUnit(file.tables, unit)
  const at = { unit, head: headOf(file, unit) }
  const context = { tables: file.tables, unit }
  /** For each level: how many inlined functions are around it. */
  const depths: number[] = [0]
  while (cursor.at < cursor.end && file.entriesLeft-- > 0) {
    const code = cursor.uleb()
    if (code === 0) {
      depths.pop()
      if (depths.length === 0) return
      continue
    }
    const abbreviation = unit.abbreviations.get(code)
    if (!abbreviation)
      throw new ElfError('An entry of the debug information has no abbreviation: build the file again.')
    const values = readValues(cursor, abbreviation, context)
    const depth = depths.at(-1)!
    const isInlined = abbreviation.tag === TAG.inlined
    if (isInlined) {
      const ranges = rangesOf(file, at, values)
      const name = ranges.length > 0 ? nameOf(file, unit, values) : ''
      if (name !== '') found.push({ name, ranges, depth })
    }
    if (!abbreviation.children) continue
    const sibling = values.get(ATTRIBUTE.sibling)
    if (sibling && TAG.types.has(abbreviation.tag)) {
      const next = unit.start + sibling.number - base
      if (next > cursor.at && next <= cursor.end) {
        cursor.at = next
        continue
      }
    }
    if (depths.length > DEEPEST)
      throw new ElfError('Entries of the debug information are nested too deep: build the file again.')
    depths.push(isInlined ? depth + 1 : depth)
  }
}

/** Follows an entry's origin and specification to the one that has a name; of several names the linker's. */
function nameOf(file: Opened, unit: DebugUnit, values: Values): string {
  let name = ''
  let [current, home]: [Values | undefined, DebugUnit] = [values, unit]
  for (let step = 0; step < 8 && current; step++) {
    const linked =
      textOf(file, home, current.get(ATTRIBUTE.linkageName)) ||
      textOf(file, home, current.get(ATTRIBUTE.olderLinkageName))
    if (linked !== '') return linked
    if (name === '') name = textOf(file, home, current.get(ATTRIBUTE.name))
    const next: Value | undefined =
      current.get(ATTRIBUTE.abstractOrigin) ?? current.get(ATTRIBUTE.specification)
    if (!next) break
    const offset: number = isUnitReference(next.form) ? home.start + next.number : next.number
    const known = step === 0 ? file.names.get(offset) : undefined
    if (known !== undefined) return known
    const there: DebugUnit | undefined = isUnitReference(next.form) ? home : unitAt(file.units, offset)
    const entry: Values | undefined = there && entryAt(file, there, offset)
    if (!there || !entry) break
    if (step === 0) {
      const found = nameOf(file, there, entry)
      file.names.set(offset, found)
      return found === '' ? name : found
    }
    ;[current, home] = [entry, there]
  }
  return name
}

function unitAt(units: readonly DebugUnit[], offset: number): DebugUnit | undefined {
  let [low, high] = [0, units.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (units[middle]!.end <= offset) low = middle + 1
    else high = middle
  }
  const unit = units[low]
  return unit && unit.start <= offset ? unit : undefined
}

function textOf(file: Opened, unit: DebugUnit, value: Value | undefined): string {
  if (!value) return ''
  if (!isNameIndex(value.form)) return value.text ?? ''
  const table = file.tables.section('.debug_str_offsets')
  const { offsetSize } = unit.encoding
  const at = headOf(file, unit).stringOffsets + value.number * offsetSize
  if (at + offsetSize > table.length) return ''
  const { u32, u64 } = fieldsOf(table, file.tables.littleEndian)
  return nameAt(file.tables.names.str, offsetSize === 8 ? u64(at) : u32(at))
}
