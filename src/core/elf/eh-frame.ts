import { type Cursor, cursorAt, unitLength } from './cursor.ts'
import type { ElfImage, ElfSymbol } from './elf.ts'
import { extentAt } from './extents.ts'
import { executable, noBits } from './sections.ts'

/** How a common entry's descriptions write their pointers (LSB, "DWARF Exception Header Encoding"). */
const absolute = 0x00

interface Frame {
  readonly elf: ElfImage
  /** The address of the section that the cursor reads. */
  readonly address: number
}

/** The value of a pointer: its low four bits give the size, the next three what it is relative to. */
function pointer(cursor: Cursor, encoding: number, frame: Frame): number | undefined {
  const here = frame.address + cursor.at
  const signed = (value: number, bits: number): number =>
    value >= 2 ** (bits - 1) ? value - 2 ** bits : value
  const word = frame.elf.bits === 64 ? 8 : 4
  const readers: Readonly<Record<number, () => number>> = {
    0: () => cursor.word(word),
    1: () => cursor.uleb(),
    2: () => cursor.u16(),
    3: () => cursor.u32(),
    4: () => cursor.u64(),
    9: () => cursor.sleb(),
    10: () => signed(cursor.u16(), 16),
    11: () => signed(cursor.u32(), 32),
    12: () => signed(cursor.u64(), 64),
  }
  const value = readers[encoding & 15]?.()
  if (value === undefined) return undefined
  const relativeTo = encoding & 0x70
  return relativeTo === 0x10 ? here + value : relativeTo === 0 ? value : undefined
}

/** The pointer encoding out of a common entry's augmentation: the letter R tells it, P and L come before it. */
function encodingOf(cursor: Cursor, frame: Frame): number {
  const version = cursor.u8()
  const augmentation = cursor.text()
  if (!augmentation.startsWith('z')) return absolute
  if (version >= 4) cursor.skip(2)
  cursor.uleb()
  cursor.sleb()
  if (version === 1) cursor.u8()
  else cursor.uleb()
  cursor.uleb()
  for (const letter of augmentation.slice(1)) {
    if (letter === 'R') return cursor.u8()
    if (letter === 'P') pointer(cursor, cursor.u8(), frame)
    else if (letter === 'L') cursor.u8()
    else if (letter !== 'S' && letter !== 'B') return absolute
  }
  return absolute
}

/** Reads one section's frame descriptions: beginning and size of each piece of code. */
function frames(elf: ElfImage, section: { address: number; size: number }): { at: number; size: number }[] {
  const bytes = elf.bytesAt(section.address, section.size)
  const frame = { elf, address: section.address }
  const encodings = new Map<number, number>()
  const found: { at: number; size: number }[] = []
  const cursor = cursorAt(bytes, elf.littleEndian, { at: 0, end: bytes.length })
  while (cursor.at + 4 <= bytes.length) {
    const start = cursor.at
    const { length } = unitLength(cursor)
    if (length === 0) continue
    const end = cursor.at + length
    const entry = cursorAt(bytes, elf.littleEndian, { at: cursor.at, end })
    cursor.skip(length)
    const id = entry.u32()
    if (id === 0) encodings.set(start, encodingOf(entry, frame))
    else {
      const encoding = encodings.get(entry.at - 4 - id)
      const at = encoding === undefined ? undefined : pointer(entry, encoding, frame)
      const size = encoding === undefined ? undefined : pointer(entry, encoding & 15, frame)
      if (at !== undefined && size !== undefined && size > 0) found.push({ at, size })
    }
  }
  return found
}

/** The name of code that has none: its address. */
const nameByAddress = (address: number): string => `0x${address.toString(16)}`

/**
 * Bounds of functions out of `.eh_frame`, which survives stripping because exceptions need it; each is named by its
 * address. Split functions (`.cold`) are pieces of their own, as are the stubs of the procedure linkage table.
 */
export function functionsFromEhFrame(elf: ElfImage): ElfSymbol[] {
  const code = elf.sections
    .map(({ address, size, flags }, index) => ({ address, size, flags, index }))
    .filter(({ flags, size }) => (flags & executable) !== 0 && size > 0)
    .sort((a, b) => a.address - b.address)
  const section = elf.sections.find(({ name, type }) => name === '.eh_frame' && type !== noBits)
  const pieces = section ? frames(elf, section) : []
  pieces.sort((a, b) => a.at - b.at || b.size - a.size)
  return pieces.flatMap(({ at: address, size }, index): ElfSymbol[] => {
    const holder = extentAt(code, address)
    if (holder === undefined || pieces[index - 1]?.at === address) return []
    const room = holder.address + holder.size - address
    return [
      {
        name: nameByAddress(address),
        kind: 'function',
        address,
        size: Math.min(size, room),
        section: holder.index,
        local: true,
      },
    ]
  })
}
