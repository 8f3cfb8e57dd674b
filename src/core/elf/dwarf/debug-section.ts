import type { ElfImage, ElfSectionHeader, FileBytes } from '../elf.ts'
import { ElfError } from '../errors.ts'
import { fieldsOf, inMemory, readPart } from '../fields.ts'
import { noBits } from '../sections.ts'

/** Unpacks zlib data whose unpacked size is known; throws when it would be larger. Core has no zlib of its own. */
export type Inflate = (packed: Uint8Array, size: number) => Uint8Array

const compressed = 0x800
const zlib = 1
/** What one debug section may unpack to; the line programs of the largest programs are half of this. */
const largestUnpacked = 256 * 1024 * 1024

function unpack(name: string, packed: Uint8Array, way: { size: number; inflate: Inflate }): Uint8Array {
  if (way.size > largestUnpacked)
    throw new ElfError(`Section ${name} unpacks to ${way.size} bytes, too many: build without -gz.`)
  let bytes: Uint8Array
  try {
    bytes = way.inflate(packed, way.size)
  } catch {
    throw new ElfError(`Section ${name} cannot be unpacked: build the file again.`)
  }
  if (bytes.length !== way.size)
    throw new ElfError(`Section ${name} unpacks to another size than it says: build the file again.`)
  return bytes
}

/** A section with a compression header (gABI, "Section Compression"). */
function unpackStandard(elf: ElfImage, section: ElfSectionHeader, inflate: Inflate): Uint8Array {
  const what = `debug section ${section.name}`
  const bytes = readPart(elf.file, { what, offset: section.offset, size: section.size })
  const header = elf.bits === 64 ? 24 : 12
  if (bytes.length < header) throw new ElfError(`The ${what} is too short: build the file again.`)
  const { u32, u64 } = fieldsOf(bytes, elf.littleEndian)
  if (u32(0) !== zlib)
    throw new ElfError(`The ${what} is not compressed with zlib, which alone is read: build with -gz=zlib.`)
  const size = elf.bits === 64 ? u64(8) : u32(4)
  return unpack(section.name, bytes.subarray(header), { size, inflate })
}

/** A section of the older GNU form: `ZLIB`, the size as eight bytes of big-endian, the data. */
function unpackOlder(elf: ElfImage, section: ElfSectionHeader, inflate: Inflate): Uint8Array {
  const what = `debug section ${section.name}`
  const bytes = readPart(elf.file, { what, offset: section.offset, size: section.size })
  if (bytes.length < 12) throw new ElfError(`The ${what} is too short: build the file again.`)
  return unpack(section.name, bytes.subarray(12), { size: fieldsOf(bytes, false).u64(4), inflate })
}

/**
 * A debug section such as `.debug_info` to be read piece by piece, for those that may be larger than memory should
 * hold; a packed one is unpacked whole. Empty when the file has none.
 */
export function debugBytes(elf: ElfImage, name: string, inflate: Inflate): FileBytes {
  const older = name.replace('.', '.z')
  const section = elf.sections.find(candidate => candidate.name === name || candidate.name === older)
  if (section === undefined || section.type === noBits) return inMemory(new Uint8Array())
  if (section.name === older) return inMemory(unpackOlder(elf, section, inflate))
  if ((section.flags & compressed) !== 0) return inMemory(unpackStandard(elf, section, inflate))
  return { size: section.size, read: (offset, length) => elf.file.read(section.offset + offset, length) }
}

/** The content of a debug section, unpacked; empty when the file has none. */
export function debugSection(elf: ElfImage, name: string, inflate: Inflate): Uint8Array {
  const bytes = debugBytes(elf, name, inflate)
  return readPart(bytes, { what: `debug section ${name}`, offset: 0, size: bytes.size })
}
