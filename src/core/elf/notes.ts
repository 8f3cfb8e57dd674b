import type { ElfSectionHeader, ElfSegment, FileBytes } from './elf.ts'
import { fieldsOf, readPart } from './fields.ts'

/** One note: who wrote it, its type, and where its content is in the bytes that were searched. */
export interface ElfNote {
  readonly owner: string
  readonly type: number
  readonly at: number
  readonly size: number
}

/** Walks the notes of a section or segment; stops at the first that does not fit (gABI, note section). */
function* notesIn(bytes: Uint8Array, littleEndian: boolean): Generator<ElfNote> {
  const { u32 } = fieldsOf(bytes, littleEndian)
  const padded = (size: number): number => Math.ceil(size / 4) * 4
  for (let at = 0; at + 12 <= bytes.length; ) {
    const [ownerSize, size, type] = [u32(at), u32(at + 4), u32(at + 8)]
    const content = at + 12 + padded(ownerSize)
    if (content + size > bytes.length) return
    const letters = bytes.subarray(at + 12, at + 12 + Math.max(0, ownerSize - 1))
    yield { owner: String.fromCharCode(...letters.subarray(0, 16)), type, at: content, size }
    at = content + padded(size)
  }
}

const noteSection = 7
const noteSegment = 4
/** Notes are small and few; a larger part is not worth a search. */
const largestSearch = 1024 * 1024
const mostSearched = 64

/** The build id as lower-case hex digits, from the note sections or, in a file without sections, the segments. */
export function readBuildId(
  file: FileBytes,
  parts: { readonly sections: readonly ElfSectionHeader[]; readonly segments: readonly ElfSegment[] },
  littleEndian: boolean,
): string | undefined {
  const ofSections = parts.sections.filter(({ type }) => type === noteSection)
  const ofSegments = parts.segments
    .filter(({ type }) => type === noteSegment)
    .map(({ offset, fileSize }) => ({ offset, size: fileSize }))
  const searched = parts.sections.length > 0 ? ofSections : ofSegments
  for (const { offset, size } of searched.slice(0, mostSearched)) {
    if (size > largestSearch) continue
    const bytes = readPart(file, { what: 'note', offset, size })
    for (const note of notesIn(bytes, littleEndian))
      if (note.owner === 'GNU' && note.type === 3)
        return Array.from(bytes.subarray(note.at, note.at + note.size), byte =>
          byte.toString(16).padStart(2, '0'),
        ).join('')
  }
  return undefined
}
