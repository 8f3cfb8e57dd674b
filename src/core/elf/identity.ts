import type { ElfLayout, ElfSectionHeader, ElfSegment } from './elf.ts'
import { type EqualTexts, equalTexts, firstDifference } from './first-difference.ts'
import { allocated, noBits } from './sections.ts'

/** Whether two programs run the same; if not, the first thing in which they differ, as part of a sentence. */
export type BuildSameness = { readonly same: true } | { readonly same: false; readonly difference: string }

/** What may differ: the paths of the two work trees, which are of equal length. */
export interface IdentityOptions {
  readonly paths?: readonly [a: string, b: string]
}

/** Notes that name the build, and say nothing of what runs: the linker's and Go's. */
const buildNames = new Set(['.note.gnu.build-id', '.note.go.buildid', '.gnu_debuglink'])

const hex = (address: number): string => `0x${address.toString(16)}`

function loadedSections(elf: ElfLayout): ElfSectionHeader[] {
  return elf.sections.filter(({ flags, name }) => (flags & allocated) !== 0 && !buildNames.has(name))
}

function segmentDifference(a: readonly ElfSegment[], b: readonly ElfSegment[]): string | undefined {
  if (a.length !== b.length) return `one has ${a.length} segments, the other ${b.length}`
  const index = a.findIndex((segment, at) => {
    const other = b[at]!
    const keys = ['type', 'flags', 'address', 'memorySize'] as const
    return keys.some(key => segment[key] !== other[key])
  })
  return index < 0 ? undefined : `segment ${index} (at ${hex(a[index]!.address)}) is laid out differently`
}

function sectionDifference(a: ElfSectionHeader, b: ElfSectionHeader): string | undefined {
  if (a.name !== b.name) return `one has section ${a.name} where the other has ${b.name}`
  if (a.address !== b.address) return `section ${a.name} is at ${hex(a.address)} and at ${hex(b.address)}`
  if (a.size !== b.size) return `section ${a.name} has ${a.size} and ${b.size} bytes`
  if (a.type !== b.type || a.flags !== b.flags) return `section ${a.name} is of another kind`
  return undefined
}

function contentDifference(
  a: { elf: ElfLayout; section: ElfSectionHeader },
  b: { elf: ElfLayout; section: ElfSectionHeader },
  texts: EqualTexts,
): string | undefined {
  if (a.section.type === noBits) return undefined
  const { size, name, address } = a.section
  const at = firstDifference(
    { file: a.elf.file, offset: a.section.offset },
    { file: b.elf.file, offset: b.section.offset },
    { size, texts },
  )
  return at === undefined ? undefined : `section ${name} differs at ${hex(address + at)}`
}

function headDifference(a: ElfLayout, b: ElfLayout): string | undefined {
  const keys = ['bits', 'littleEndian', 'machine', 'type'] as const
  if (keys.some(key => a[key] !== b[key])) return 'they are of different kinds'
  if (a.entry !== b.entry) return `one starts at ${hex(a.entry)}, the other at ${hex(b.entry)}`
  return segmentDifference(a.segments, b.segments)
}

function difference(a: ElfLayout, b: ElfLayout, texts: EqualTexts): string | undefined {
  const head = headDifference(a, b)
  if (head !== undefined) return head
  const [ofA, ofB] = [loadedSections(a), loadedSections(b)]
  // Without a section table (a file stripped bare) nothing says what is loaded, and nothing can be shown.
  if (ofA.length === 0 && ofB.length === 0) return 'neither says which parts are loaded'
  if (ofA.length !== ofB.length) return `one loads ${ofA.length} sections, the other ${ofB.length}`
  for (const [index, section] of ofA.entries()) {
    const other = ofB[index]!
    const found =
      sectionDifference(section, other) ??
      contentDifference({ elf: a, section }, { elf: b, section: other }, texts)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Whether two linked programs are the same machine code and data at the same addresses: everything that is loaded,
 * apart from the notes that name the build. Symbols and debug information are not looked at. A file that is not
 * linked is never the same, because its relocations are not compared.
 */
export function sameProgram(a: ElfLayout, b: ElfLayout, options: IdentityOptions = {}): BuildSameness {
  if (a.type === 'relocatable' || b.type === 'relocatable')
    return { same: false, difference: 'they are not linked' }
  const found = difference(a, b, equalTexts(...(options.paths ?? ['', ''])))
  return found === undefined ? { same: true } : { same: false, difference: found }
}
