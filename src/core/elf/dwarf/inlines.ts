import type { ElfImage } from '../elf.ts'
import { ElfError } from '../errors.ts'
import type { Inflate } from './debug-section.ts'
import {
  ATTRIBUTE,
  type DebugUnit,
  isUnitReference,
  openUnit,
  readValues,
  type Value,
  type Values,
} from './debug-units.ts'
import type { InlinedCode, InlineTable } from './inline-table.ts'
import {
  entriesOf,
  entryAt,
  headOf,
  type Opened,
  openFile,
  overlaps,
  rangesOf,
  textOf,
  unitsWith,
} from './open-units.ts'
import type { SplitFiles } from './split-units.ts'

/** Functions nested deeper are a fault of the file. */
const DEEPEST = 256
const TAG = {
  inlined: 0x1d,
  subprogram: 0x2e,
  types: new Set([0x02, 0x04, 0x13, 0x17, 0x15, 0x0f, 0x01]),
} as const

/**
 * Reads which functions were inlined where (DWARF 2 to 5), a unit when code of it is asked about; a file that cannot be read tells
 * nothing, and neither does a unit whose entries were split off into a file that is not there.
 */
export function readInlines(elf: ElfImage, inflate: Inflate, split?: SplitFiles): InlineTable {
  let opened: { readonly file: Opened | undefined } | undefined
  const open = (): Opened | undefined => {
    opened ??= { file: openFile(elf, { inflate, split }) }
    return opened.file
  }
  return {
    get known() {
      return (open()?.units.length ?? 0) > 0
    },
    within: code => {
      const file = open()
      if (!file) return undefined
      const end = code.address + code.size
      const places = unitsWith(file, code.address, end).map(unit => entriesOf(file, unit))
      if (places.includes(undefined)) return undefined
      return places
        .flatMap(place => instancesOf(place!.file, place!.unit))
        .filter(({ ranges }) => overlaps(ranges, code.address, end))
    },
    producerOf: code => {
      const file = open()
      const [unit] = file ? unitsWith(file, code.address, code.address + code.size) : []
      const place = file && unit && entriesOf(file, unit)
      return place && producerOf(place.file, place.unit)
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
  while (cursor.at < cursor.end && file.left.entries-- > 0) {
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
