import type { ElfSegment } from '../elf/elf.ts'

const PT_LOAD = 1
const PF_X = 1

/** The link-time address of a byte of the file, or undefined when no loaded segment holds it; code wins where page padding overlaps. */
export function addressOfOffset(segments: readonly ElfSegment[], offset: number): number | undefined {
  const holds = ({ type, offset: start, fileSize }: ElfSegment): boolean =>
    type === PT_LOAD && offset >= start && offset < start + fileSize
  const holding = segments.filter(holds)
  const segment = holding.find(({ flags }) => (flags & PF_X) !== 0) ?? holding[0]
  return segment && segment.address + (offset - segment.offset)
}
